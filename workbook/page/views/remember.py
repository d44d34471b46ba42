"""Answers kept in the browser's own storage, only while the person asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
from traitlets import Bool, Dict, Int, Unicode

from workbook.page.past import Given
from workbook.page.scripts import script
from workbook.page.telling import Phase, guarded
from workbook.page.views.files import take_checkin
from workbook.page.views.parts import plain
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from workbook.instrument.answers import Answers
    from workbook.page.past import Past
    from workbook.page.state import State
    from workbook.page.views.keeping import Keeping
    from workbook.text.words import Words


class Remember(anywidget.AnyWidget):
    """A box, off at first; while it is ``on``, the page stores the check-in when the hand rests.

    Messages to the page: ``{"type": "keep", "text", "number"}``. From it: ``{"type": "kept",
    "number"}`` once that is stored, and ``{"type": "restore", "zone"}`` with what was stored when
    the page opened as a buffer. What cannot be read, or comes from another window, stays where it
    is, and ``unread`` says so, until the person forgets it or remembers anew.
    """

    _esm = script("remember.js")
    words = Dict(help="the fixed words, by code").tag(sync=True)
    key = Unicode(help="what the answers are stored under").tag(sync=True)
    on = Bool(help="whether to remember").tag(sync=True)
    tried = Bool(help="whether what was stored has been looked at").tag(sync=True)
    unread = Bool(help="whether something else is stored than these answers").tag(sync=True)
    forgets = Int(help="how often the person has asked to forget everything").tag(sync=True)
    said = Unicode(help="what came of it last").tag(sync=True)
    back = Unicode(help="what came of the answers that were stored when the page opened")
    returned = Bool(help="whether those answers are back")

    def __init__(self, state: State, past: Past, words: Words, keeping: Keeping) -> None:
        fixed = words.group("remember")
        super().__init__(words=fixed, key=keeping.snapshots.key, layout=plain())
        self._state, self._past, self._words, self._keeping = state, past, words, keeping
        self._number = 0
        self._text = self._stored = ""
        self._handed: Answers | None = None
        self._news = ""
        self.observe(guarded(state, lambda _: self._switch()), "on")
        self.observe(guarded(state, lambda _: self._forget()), "forgets")
        self.on_msg(guarded(state, self._act))
        state.tell(Phase.REST, self._hand_over)

    def _act(self, _widget: Any, message: Any, buffers: list[memoryview]) -> None:
        kind = message.get("type")
        if kind == "kept" and message.get("number") == self._number:
            self._stored = self._text
            self._keeping.remembered(self._handed)
            self.said, self._news = self._news or self.said, ""
        elif kind == "restore" and buffers:
            self._restore(bytes(buffers[0]), message.get("zone"))

    def forget(self) -> None:
        """Clear the answers, and remember no more; the page has cleared its storage by then."""
        self.on = self.unread = False
        self._state.reset()

    def _forget(self) -> None:
        self.forget()
        self.said = self._words("remember.forgotten")

    def _switch(self) -> None:
        if self.on:
            self.unread = False
            self._news = self._words("remember.done")
            self._hand_over()
        else:
            self._handed = None
            self._keeping.remembered(None)

    def _hand_over(self) -> None:
        """Give the page the text to store; nothing while the hand moves, or if not asked to."""
        rested = self._state.rested
        if not self.on or rested is None or rested.answers == self._handed:
            return
        self._number += 1
        self._handed = rested.answers
        self._text = self._keeping.snapshots.of(rested.answers).text if rested.answers else ""
        self.send({"type": "keep", "text": self._text, "number": self._number})

    def _restore(self, content: bytes, zone: object) -> None:
        """Take the answers that were stored; what cannot be read changes nothing."""
        words = self._words
        if self.on:
            self._take_up(content.decode(errors="replace"))
            return
        try:
            if self._state.answers:
                self.unread, self.back = True, words("remember.late")
                return
            given = Given("", content)
            self.back = ""
            if content:
                self.back = take_checkin(self._state, self._past, given, "remember.back", zone)
        except CheckinError as error:
            self.unread, self.back = True, words("remember.unread", error=error.sentence(words))
        else:
            self._stored = self._text = content.decode(errors="replace")
            self._handed = self._state.answers  # stored already
            self.on, self._news = True, ""
            self._keeping.remembered(self._state.answers)
            self.returned = bool(content)
        finally:
            self.said, self.tried = self.back, True

    def _take_up(self, text: str) -> None:
        """Go on where the page was opened again while the kernel lived, if the store is ours."""
        if text == self._text:
            self._stored = text
            self._keeping.remembered(self._handed)
        elif text == self._stored:
            self._handed = None
            self._hand_over()
        else:
            self.on, self.unread, self.said = False, True, self._words("remember.taken")
