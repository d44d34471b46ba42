"""Earlier check-ins, loaded beside the answers on the page: what they are, and from which file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from traitlets import HasTraits, Int

from workbook.page.telling import Phase
from workbook.records.checkin import Checkin
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.page.state import State
    from workbook.records.diary import Sifted
    from workbook.reflection.history import History
    from workbook.text.words import Words

MOST_FAULTS = 5  # of one file that are told; the others are counted


@dataclass(frozen=True)
class Given:
    """A file as it was given. What has no name is no file that a person keeps."""

    name: str
    content: bytes = field(repr=False)


class Past(HasTraits):
    """Earlier check-ins. Nothing is worked out, or imported, before a file is there.

    ``turn`` grows with every change. ``file`` is the one to go on with: of those that hold
    check-ins and nothing else the one with the most, of two alike the later one. ``last`` is the
    check-in that the answers came from. All of it goes once the answers are cleared.
    """

    turn = Int(help="how often it has changed")

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state
        self._zone: tzinfo | None = None
        self.checkins: tuple[Checkin, ...] = ()
        self.file: Given | None = None
        self.last: Checkin | None = None
        self._most = 0
        self._history: History | None = None
        state.tell(Phase.CLEAR, self._let_go)

    def _let_go(self) -> None:
        """Forget with the answers. Where others take their place, those have no plan yet."""
        self.last = None
        if not self._state.answers:
            self.clear()

    def clear(self) -> None:
        """Forget all of it."""
        self.checkins, self.file, self.last, self._most, self._history = (), None, None, 0, None
        self.turn += 1

    def went_on(self, checkins: Sequence[Checkin], given: Given, zone: object) -> None:
        """Note that the answers on the page were taken from a file; its last check-in is theirs."""
        self._zone = zone_of(zone)
        self.last = checkins[-1]
        self._add(checkins, given)
        self.turn += 1

    def take(self, files: Sequence[Given], zone: object, words: Words) -> list[str]:
        """Take what can be used of files; return in sentences what came of each.

        Nothing is worked out of it before ``turn`` grows.
        """
        from workbook.records.diary import sift_diary  # noqa: PLC0415  # only who has files needs it

        self._zone = zone_of(zone)
        told: list[str] = []
        for given in files:
            try:
                sifted = sift_diary(self._state.instrument, given.content)
            except CheckinError as error:
                told.append(words("past.refused", name=given.name, error=error.sentence(words)))
                continue
            # what has rows that are no part of a diary is no file to go on with
            whole = None if sifted.left_out else given
            doubles = len(sifted.doubles) + self._add(sifted.checkins, whole)
            told += _told(given.name, sifted, doubles, words)
        return told

    def _add(self, checkins: Sequence[Checkin], given: Given | None) -> int:
        """Add check-ins to those there are; return how many were there already."""
        from workbook.records.diary import unique  # noqa: PLC0415  # as above

        if not checkins:
            return 0
        self.checkins, doubles = unique((*self.checkins, *checkins))
        if given and len(checkins) >= self._most:
            self.file, self._most = given, len(checkins)
        self._history = None
        return len(doubles)

    def present(self) -> tuple[Checkin, ...]:
        """Return the answers on the page as a check-in of now; none where the newest has them."""
        answers = self._state.answers
        if not answers or any(answers == c.answers for c in self.checkins[-1:]):
            return ()
        now = datetime.now(UTC).replace(microsecond=0).astimezone(self._zone or UTC)
        return (Checkin(answers, now, version=self._state.instrument.version),)

    def history(self) -> History | None:
        """Return the check-ins over time, with the answers on the page as the newest point."""
        if not self.checkins:
            return None
        from workbook.reflection.history import history_of  # noqa: PLC0415  # as above

        instrument = self._state.instrument
        if self._history is None:
            self._history = history_of(instrument, [self._here(c) for c in self.checkins])
        return self._history.and_then(*self.present())

    def with_today(self, today: str) -> bytes:
        """Return the file to go on with, and under what is in it the check-in ``today``.

        Raises CheckinError where that cannot be done.
        """
        from workbook.records.diary import add_to_diary  # noqa: PLC0415  # as above

        content = self.file.content if self.file else b""
        return add_to_diary(self._state.instrument, content, today)

    def _here(self, checkin: Checkin) -> Checkin:
        """Return a check-in by the reader's clock; a time without a zone stays as it is."""
        when = checkin.saved_at
        if not when.tzinfo:
            return checkin
        try:
            return replace(checkin, saved_at=when.astimezone(self._zone or UTC))
        except OverflowError:  # at the ends of the calendar
            return checkin


def zone_of(name: object) -> tzinfo | None:
    """Return the time zone of this name; None for one that is not known."""
    try:
        return ZoneInfo(str(name))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return None


def _told(name: str, sifted: Sifted, doubles: int, words: Words) -> Iterator[str]:
    """Yield what came of a file: what is used, what was there already, and what is not used."""
    days = [words.date(c.saved_at.date()) for c in sifted.checkins]
    if len(days) == 1:
        yield words("past.only", name=name, day=days[0])
    elif days:
        yield words.count("past.used", len(days), name=name, first=days[0], last=days[-1])
    if doubles:
        yield words.count("past.doubles", doubles, name=name)
    if any(c.cut for c in sifted.checkins):
        yield words("past.cut", name=name)
    faults = [fault for left in sifted.left_out for fault in left.faults]
    for fault in faults[:MOST_FAULTS]:
        code = "past.left-out" if fault.row else "past.left"
        yield words(code, name=name, row=fault.row, reason=fault.reason)
    if len(faults) > MOST_FAULTS:
        yield words.count("past.more", len(faults) - MOST_FAULTS, name=name)
