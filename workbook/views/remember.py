"""Answers kept in the browser's own storage, only while the person asks for it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import anywidget
from traitlets import Bool, Dict, Unicode

from workbook.checkin import write_checkin
from workbook.errors import CheckinError
from workbook.state import State, guarded
from workbook.views.files import take_checkin
from workbook.views.frame import script

if TYPE_CHECKING:
    from workbook.answers import Answers
    from workbook.assessment import Assessment
    from workbook.views.keeping import Keeping
    from workbook.words import Words


def storage_key(instrument_id: str) -> str:
    """Return the name that answers are stored under: one an instrument, and it tells nothing."""
    return f"notes.{hashlib.sha256(instrument_id.encode()).hexdigest()[:8]}"


class Remember(anywidget.AnyWidget):
    """A box, off at first; while it is ``on``, the page stores the check-in when the hand rests.

    Messages to the page: ``{"type": "keep", "text", "number"}``. From it: ``{"type": "kept",
    "number"}`` once that is stored, ``{"type": "restore"}`` with what was stored when the page
    opened as a buffer, and ``{"type": "forget"}``. What cannot be read stays where it is, and
    ``unread`` says so, until the person forgets it or remembers anew.
    """

    _esm = script("own_id.js", "download.js", "remember.js")
    words = Dict(help="the fixed words, by code").tag(sync=True)
    key = Unicode(help="what the answers are stored under").tag(sync=True)
    on = Bool(help="whether to remember").tag(sync=True)
    tried = Bool(help="whether what was stored has been looked at").tag(sync=True)
    unread = Bool(help="whether something is stored that cannot be read").tag(sync=True)
    said = Unicode(help="what came of it last").tag(sync=True)
    back = Unicode(help="what came of the answers that were stored when the page opened")
    returned = Bool(help="whether those answers are back")

    def __init__(self, state: State, words: Words, keeping: Keeping) -> None:
        fixed = words.group("remember")
        super().__init__(words=fixed, key=storage_key(state.instrument.id))
        self._state, self._words, self._keeping = state, words, keeping
        self._number = 0
        self._handed: Answers | None = None
        self._news = ""
        self.observe(guarded(state, lambda _: self._switch()), "on")
        self.on_msg(guarded(state, self._act))
        state.watch_rested(self._hand_over)

    def _act(self, _widget: Any, message: Any, buffers: list[memoryview]) -> None:
        kind = message.get("type")
        if kind == "kept" and message.get("number") == self._number:
            self._keeping.remembered(self._handed)
            self.said, self._news = self._news or self.said, ""
        elif kind == "restore" and buffers:
            self._restore(bytes(buffers[0]))
        elif kind == "forget":
            self.forget()
            self.said = self._words("remember.forgotten")

    def forget(self) -> None:
        """Clear the answers, and remember no more; the page has cleared its storage by then."""
        self.on = self.unread = False
        self._state.reset()

    def _switch(self) -> None:
        self._handed = None
        self._keeping.remembered(None)
        if self.on:
            self.unread = False
            self._news = self._words("remember.done")
            self._hand_over(self._state.rested)

    def _hand_over(self, rested: Assessment | None) -> None:
        """Give the page the text to store; nothing while the hand moves, or if not asked to."""
        if not self.on or rested is None:
            return
        self._number += 1
        self._handed = rested.answers
        text = write_checkin(self._state.instrument, rested.answers) if rested.answers else ""
        self.send({"type": "keep", "text": text, "number": self._number})

    def _restore(self, content: bytes) -> None:
        """Take the answers that were stored; what cannot be read changes nothing."""
        words = self._words
        try:
            if self._state.answers:
                self.unread, self.back = True, words("remember.late")
                return
            self.back = (
                take_checkin(self._state, content, "remember.back", words) if content else ""
            )
        except CheckinError as error:
            self.unread, self.back = True, words("remember.unread", error=error.sentence(words))
        else:
            self.on, self._news = True, ""
            self._keeping.remembered(self._state.answers)
            self.returned = bool(content)
        finally:
            self.said, self.tried = self.back, True
