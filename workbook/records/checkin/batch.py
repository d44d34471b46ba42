"""The rows of one check-in, put together; the same for a file of one and a file of many."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook.instrument.answers import Answers, check_answers
from workbook.instrument.kinds import kind_of
from workbook.records.checkin.blocks import blocks_of
from workbook.records.checkin.entries import Entry, answer_in, entry_of, key_of
from workbook.records.checkin.heads import check_head, kind_in, plain_version, time_in
from workbook.records.checkin.writing import ENDS, MARK, NO_RESULTS, end_of
from workbook.scoring.assessment import assess
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from datetime import datetime

    from workbook.instrument.kinds import Scalar
    from workbook.instrument.model import Instrument
    from workbook.records.checkin.blocks import Block
    from workbook.records.checkin.rows import Row


@dataclass(frozen=True)
class Checkin:
    """Answers as they were saved. ``dropped`` are ids of an older version that are gone.

    ``taken_over`` are pairs: a question of an older version, and the one that took its answer over.
    ``cut``: the end of the file is missing, and answers may be missing with it. ``version`` is that
    of the questionnaire that they were given to.
    """

    answers: Answers
    saved_at: datetime
    dropped: tuple[str, ...] = ()
    cut: bool = False
    taken_over: tuple[tuple[str, str], ...] = ()
    version: str = ""


@dataclass(eq=False)
class Batch:
    """The rows of a file that have one time, instrument, version and fingerprint.

    ``fault`` is what is wrong with those, ``faults`` with other cells; ``numbers`` are its rows,
    and ``ended`` says whether results are among them. ``above`` is what the row before its first
    belongs to, ``below`` what that behind its last does.
    """

    instrument: Instrument
    first: Row
    older: bool = False
    fault: CheckinError | None = None
    faults: list[CheckinError] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    ended: bool = False
    above: Batch | None = field(default=None, repr=False)
    below: Batch | None = field(default=None, repr=False)
    entries: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        try:
            self.older = check_head(self.instrument, self.first)
        except CheckinError as error:
            self.fault = error

    @property
    def beside(self) -> list[Batch]:
        """Where it is a single row: the check-in that it may have been of. None has only one."""
        if len(self.numbers) > 1 or NO_RESULTS in (e.key for e in self.entries):
            return []
        one = self.above if self.ended or self.above is self.below else self.below
        return [one] if one else []

    def put(self, row: Row) -> None:
        """Take a row; a fault in it is kept, so that all of them can be named."""
        self.numbers.append(row.number)
        try:
            key = key_of(kind_in(row), row.cell("id"))
            self.ended |= key[0] != "answer"
            if self.fault:
                return
            self.entries.append(Entry(row.number, key, None))
            self.entries[-1] = entry_of(self.instrument, row, key, older=self.older)
        except CheckinError as error:
            self.faults.append(error)

    def checkins(self, *, days_first: bool | None = None) -> list[Checkin]:
        """Return what it holds: more than one where some were saved in the same second.

        One that is there twice is returned twice. Raises CheckinError for the first fault.
        ``days_first`` is what the file tells of its times.
        """
        if self.fault:
            raise self.fault
        when = time_in(self.first, days_first=days_first)
        if self.faults:
            raise self.faults[0]
        blocks = blocks_of(self.entries, lambda block: self._is_as_written(block, when))
        return [self._checkin(block, when) for block in blocks]

    def _is_as_written(self, block: Block, when: datetime) -> bool:
        """Return whether a block has answers, in the order of the questions, and its end."""
        ids = [e.key[1] for e in block if e.is_answer and not e.gone]
        in_order = ids == [key for key in self.instrument.by_id if key in ids]
        return bool(ids) and in_order and not self._checkin(block, when).cut

    def _checkin(self, block: Block, when: datetime) -> Checkin:
        """Make a check-in of rows in which no key stands twice."""
        found = {e.key[1]: e.said for e in block if e.is_answer and not e.gone}
        gone = {e.key[1]: e.gone for e in block if e.gone}
        results = {e.key for e in block if not e.is_answer}
        taken_over = _take_over(self.instrument, gone, found)
        dropped = tuple(key for key in gone if key not in dict(taken_over))
        answers = check_answers(self.instrument, found)
        version = self.first.cell("version")
        if self.older:
            cut, plain = not results, plain_version(version)  # which it had is not known
        else:
            marked = version.startswith(MARK)
            cut = _is_cut(self.instrument, answers, results, marked=marked)
            plain = self.instrument.version
        return Checkin(answers, when, dropped, cut, taken_over, plain)


def _take_over(
    instrument: Instrument, gone: dict[str, Row], found: dict[str, Scalar | None]
) -> tuple[tuple[str, str], ...]:
    """Hand answers of retired questions to those that take them over; return who went where.

    Where both have an answer, that of the new question stands, and of signs the graver one.
    """
    taken = [(old.id, old.now) for old in instrument.retired if old.now and old.id in gone]
    for key, now in taken:
        old, new = answer_in(instrument, gone[key], now), found.get(now)
        if old is not None:
            merge = kind_of(instrument.by_id[now]).merge
            found[now] = old if new is None else merge(new, old)
    return tuple(taken)


def _is_cut(
    instrument: Instrument, answers: Answers, results: set[tuple[str, str]], *, marked: bool
) -> bool:
    """Return whether the row with which a file ends is missing.

    Files whose version has no mark are from before there was a row that only ends a file.
    """
    if results & ENDS:
        return False
    end = end_of(assess(instrument, answers))
    return end not in results and (marked or end != NO_RESULTS)
