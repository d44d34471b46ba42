"""Answers as a file: handed to the browser when asked for, read back when given. No server file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import anywidget
from traitlets import Bool, Dict, Int, Unicode

from workbook.page.past import Given, zone_of
from workbook.page.scripts import script
from workbook.page.telling import Phase, guarded
from workbook.page.views.parts import plain
from workbook.records.checkin import MOST_BYTES, tell_changes
from workbook.records.diary import read_diary
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from workbook.page.past import Past
    from workbook.page.state import State
    from workbook.page.views.keeping import Keeping
    from workbook.text.words import Words


def take_checkin(state: State, past: Past, given: Given, code: str, zone: object) -> str:
    """Take the answers of a file; return the sentence ``code`` with how many and from when.

    Of several check-ins, the newest has the answers, and all are kept as earlier ones. ``zone`` is
    what the page calls its time zone. Raises CheckinError for a file that cannot be read, and then
    changes nothing.
    """
    words = state.instrument.words
    if len(given.content) > MOST_BYTES:
        raise CheckinError("too-large", most=MOST_BYTES // 1024**2)
    checkins = read_diary(state.instrument, given.content)
    checkin = checkins[-1]
    day, hour = _say_when(checkin.saved_at, zone, words)
    sentences = [words.count(code, len(checkin.answers), date=day, time=hour)]
    if len(checkins) > 1:
        sentences.append(words("load.newest", count=len(checkins)))
    sentences += tell_changes(state.instrument, checkin, words)
    if checkin.cut:
        sentences.append(words("load.cut"))
    state.replace(checkin.answers, checkin.saved_at.date())
    if len(checkins) > 1 and "scores" not in state.assessment.withheld:
        sentences.append(words("load.earlier"))
    past.went_on(checkins, given, zone)  # last: what fails before has changed nothing
    return " ".join(sentences)


def _say_when(when: datetime, zone: object, words: Words) -> tuple[str, str]:
    """Return day and hour where the reader is; by UTC, and saying so, if that is not known.

    A time without a zone, or at the ends of the calendar, is said as it was written.
    """
    utc = False
    if when.tzinfo:
        here = zone_of(zone)
        utc = here is None
        try:
            when = when.astimezone(here or UTC)
        except OverflowError:
            utc = False
    hour = words.time(when.time())
    return words.date(when.date()), words("load.utc", time=hour) if utc else hour


class Files(anywidget.AnyWidget):
    """Buttons to save the answers and to load saved ones.

    Messages from the page: ``{"type": "save"}``, ``{"type": "into"}`` (save into the earlier file),
    and ``{"type": "load", "zone", "name"}`` with the file as a buffer; to the page: ``{"type":
    "file", "name", "text"}``, or the content as a buffer. The page refuses files over ``most``
    bytes.
    """

    _esm = script("files.js")
    words = Dict(help="the fixed words, by code").tag(sync=True)
    said = Unicode(help="what came of the last file").tag(sync=True)
    first = Bool(help="whether it stands on the start page, where there is only to load").tag(
        sync=True
    )
    into = Unicode(help="the file that can be gone on with, if there is one").tag(sync=True)
    taken = Int(help="how many files were taken")

    def __init__(
        self, state: State, past: Past, words: Words, keeping: Keeping, *, first: bool = False
    ) -> None:
        fixed = words.group("files") | {
            "most": str(MOST_BYTES),
            "into": words.group("earlier")["into"],
        }
        if first:
            fixed["load"] = words("intro.file")
        super().__init__(words=fixed, first=first, layout=plain())
        self._state, self._past, self._words, self._keeping = state, past, words, keeping
        self.on_msg(guarded(state, self._act))
        past.observe(guarded(state, lambda _: self._show()), "turn")
        state.tell(Phase.REST, self._show)

    def _act(self, _widget: Any, message: Any, buffers: list[memoryview]) -> None:
        if message.get("type") == "save":
            self.save()
        elif message.get("type") == "into":
            self.save_into()
        elif message.get("type") == "load" and buffers:
            given = Given(str(message.get("name") or ""), bytes(buffers[0]))
            self.load(given, message.get("zone"))

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

    def save_into(self) -> None:
        """Hand back the earlier file with the present answers under what is in it."""
        if not self.into:
            return
        today = self._keeping.snapshots.new(self._state.answers).text
        try:
            content = self._past.with_today(today)
        except CheckinError as error:
            said = error.sentence(self._words)
            self._say(self._words("past.refused", name=self.into, error=said))
            return
        self.send({"type": "file", "name": self.into}, [content])
        self._keeping.saved()
        self._say(self._words("earlier.done", name=self.into))

    def _show(self) -> None:
        file = self._past.file
        self.into = file.name if file and self._state.answers else ""

    def load(self, given: Given, zone: object = None) -> None:
        """Take the answers of a file; one that cannot be read changes nothing but the message."""
        try:
            said = take_checkin(self._state, self._past, given, "load.done", zone)
        except CheckinError as error:
            said = error.sentence(self._words)
        else:
            self._keeping.loaded()
            self.taken += 1
        self._say(said)
