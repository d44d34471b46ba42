"""Answers as a file: handed to the browser when asked for, read back when given. No server file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import anywidget
from traitlets import Bool, Dict, Int, Unicode

from workbook.page.scripts import script
from workbook.page.telling import guarded
from workbook.page.views.parts import PLAIN
from workbook.records.checkin import MOST_BYTES, read_checkin, tell_changes
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from workbook.page.state import State
    from workbook.page.views.keeping import Keeping
    from workbook.text.words import Words


def take_checkin(state: State, content: bytes, code: str, words: Words, zone: object) -> str:
    """Take the answers of a check-in; return the sentence ``code`` with how many and from when.

    ``zone`` is what the page calls its time zone. Raises CheckinError for a check-in that cannot be
    read, and then changes nothing.
    """
    checkin = read_checkin(state.instrument, content)
    day, hour = _say_when(checkin.saved_at, zone, words)
    sentences = [words.count(code, len(checkin.answers), date=day, time=hour)]
    sentences += tell_changes(state.instrument, checkin, words)
    if checkin.cut:
        sentences.append(words("load.cut"))
    state.replace(
        checkin.answers, checkin.saved_at.date()
    )  # last: what fails before has changed nothing
    return " ".join(sentences)


def _say_when(when: datetime, zone: object, words: Words) -> tuple[str, str]:
    """Return day and hour where the reader is; by UTC, and saying so, if that is not known.

    A time without a zone, or at the ends of the calendar, is said as it was written.
    """
    utc = False
    if when.tzinfo:
        try:
            here = ZoneInfo(str(zone))
        except (ValueError, OSError, ZoneInfoNotFoundError):
            here, utc = None, True
        try:
            when = when.astimezone(here or UTC)
        except OverflowError:
            utc = False
    hour = words.time(when.time())
    return words.date(when.date()), words("load.utc", time=hour) if utc else hour


class Files(anywidget.AnyWidget):
    """Buttons to save the answers and to load saved ones.

    Messages from the page: ``{"type": "save"}`` and ``{"type": "load", "zone"}`` with the file as
    a buffer; to the page: ``{"type": "file", "name", "text"}``. The page refuses files over
    ``most`` bytes.
    """

    _esm = script("files.js")
    words = Dict(help="the fixed words, by code").tag(sync=True)
    said = Unicode(help="what came of the last file").tag(sync=True)
    first = Bool(help="whether it stands on the start page, where there is only to load").tag(
        sync=True
    )
    taken = Int(help="how many files were taken")

    def __init__(
        self, state: State, words: Words, keeping: Keeping, *, first: bool = False
    ) -> None:
        fixed = words.group("files") | {"most": str(MOST_BYTES)}
        if first:
            fixed["load"] = words("intro.file")
        super().__init__(words=fixed, first=first, layout=PLAIN)
        self._state, self._words, self._keeping = state, words, keeping
        self.on_msg(guarded(state, self._act))

    def _act(self, _widget: Any, message: Any, buffers: list[memoryview]) -> None:
        if message.get("type") == "save":
            self.save()
        elif message.get("type") == "load" and buffers:
            self.load(bytes(buffers[0]), message.get("zone"))

    def _say(self, sentence: str) -> None:
        """Show a sentence, also where it is the same as before."""
        self.said = sentence
        self.send({"type": "said"})

    def save(self) -> None:
        """Hand the present answers to the browser as a file with a neutral name."""
        file = self._keeping.snapshots.new(self._state.answers)
        self.send({"type": "file", "name": file.name, "text": file.text})
        self._keeping.saved()
        self._say(self._words("save.done", name=file.name))

    def load(self, content: bytes, zone: object = None) -> None:
        """Take the answers of a file; one that cannot be read changes nothing but the message."""
        try:
            said = take_checkin(self._state, content, "load.done", self._words, zone)
        except CheckinError as error:
            said = error.sentence(self._words)
        else:
            self._keeping.loaded()
            self.taken += 1
        self._say(said)
