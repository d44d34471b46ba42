"""All rows of a file, each put to the check-in it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook.records.checkin.batch import Batch
from workbook.records.checkin.header import HEAD
from workbook.records.checkin.heads import check_row, kind_in
from workbook.records.checkin.rows import rows_of
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.instrument.model import Instrument
    from workbook.records.checkin.lines import Content
    from workbook.records.checkin.rows import Row


@dataclass
class Pile:
    """What a file holds: rows by check-in, in the order in which those begin.

    ``strays`` are faults of rows that belong to none. ``stopped`` is why the file could not be read
    to its end. A check-in that may lack an answer, because a row near it is damaged, gets that
    row's fault as its own.
    """

    instrument: Instrument
    strays: list[CheckinError] = field(default_factory=list)
    stopped: CheckinError | None = None
    _batches: dict[tuple[str, ...], Batch] = field(default_factory=dict)
    _known: dict[tuple[str, ...], Batch] = field(default_factory=dict)
    _last: Batch | None = None
    _between: list[tuple[CheckinError, bool]] = field(default_factory=list)

    @property
    def batches(self) -> list[Batch]:
        """The check-ins, each with its rows."""
        return list(self._batches.values())

    def put(self, rows: Iterable[Row]) -> None:
        """Take all rows of a file. Raises CheckinError where nothing of it can be used."""
        try:
            for row in rows:
                self._put(row)
        except CheckinError as error:
            if error.row is None or not self._batches:
                raise
            self.stopped = error
            for batch in self.batches:
                if not batch.ended:  # some of its answers may stand below
                    batch.faults.append(error)
        if not self._batches and not self.strays:
            raise CheckinError("empty")
        self._tell_strays(None)
        self._tell_odd_ones()

    def _put(self, row: Row) -> None:
        try:
            batch = self._batch(row)
        except CheckinError as error:
            self.strays.append(error)
            self._between.append((error, any(c in self.instrument.by_id for c in row.raw)))
            return
        if self._between:
            self._tell_strays(batch)
        if batch is not self._last:
            if not batch.numbers:
                batch.above = self._last
            if self._last:
                self._last.below = batch
            self._last = batch
        batch.put(row)

    def _batch(self, row: Row) -> Batch:
        """Return what a row belongs to; refuse one that does not say."""
        if row.is_short:
            raise row.uneven()
        raw = row.header.head(row.raw)
        if raw not in self._known:
            check_row(row)
            head = tuple(row.cell(c) for c in HEAD)
            if head not in self._batches:
                batch = Batch(self.instrument, row)
                if batch.fault:
                    kind_in(row)  # cells that have moved under other headings are no head
                self._batches[head] = batch
            self._known[raw] = self._batches[head]
        return self._known[raw]

    def _tell_strays(self, batch: Batch | None) -> None:
        """Tell those who may lack a row that stood between the last one's and ``batch``'s."""
        last = self._last
        near = [b for b in (last, batch) if b]
        torn = [b for b in near if (not b.ended if b is last else not b.numbers)]
        for error, is_answer in self._between:
            within = near[:1] if last is batch else []
            # between two check-ins a note is nobody's
            for one in within or (is_answer and (torn or near)) or ():
                one.faults.append(error)
        self._between.clear()

    def _tell_odd_ones(self) -> None:
        """Refuse rows of whose head one cell was changed, and the check-in that now lacks them.

        Whole check-ins have results, also where two are of one time, in two versions.
        """
        by_time: dict[str, list[Batch]] = {}
        for head, batch in self._batches.items():
            if batch.ended:
                by_time.setdefault(head[0], []).append(batch)
        for head, batch in self._batches.items():
            near = [] if batch.ended else by_time.get(head[0], [])
            for other in (*near, *batch.beside):
                column = _unlike(batch.first, other.first)
                if column:
                    error = CheckinError("unlike", row=batch.first.number, column=column)
                    batch.fault = batch.fault or error
                    other.faults.append(batch.fault)
        for batch in self._batches.values():
            batch.above = batch.below = None  # or they would hold each other in memory


def _unlike(row: Row, other: Row) -> str | None:
    """Return the column in which alone two heads are not the same."""
    unlike = [c for c in HEAD if row.cell(c) != other.cell(c)]
    return unlike[0] if len(unlike) == 1 else None


def pile_up(instrument: Instrument, content: Content, most: int | None = None) -> Pile:
    """Return the rows of a file of at most ``most`` bytes by check-in. Raises CheckinError."""
    pile = Pile(instrument)
    pile.put(rows_of(content, most))
    return pile
