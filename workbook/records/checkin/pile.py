"""All rows of a file, each put to the check-in it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook.records.checkin.batch import Batch
from workbook.records.checkin.heads import check_row, kind_in
from workbook.records.checkin.rows import HEAD, rows_of
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
    to its end.
    """

    instrument: Instrument
    strays: list[CheckinError] = field(default_factory=list)
    stopped: CheckinError | None = None
    _batches: dict[tuple[str, ...], Batch] = field(default_factory=dict)
    _known: dict[tuple[str, ...], Batch] = field(default_factory=dict)
    _last: Batch | None = None
    _between: list[CheckinError] = field(default_factory=list)

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
        if not self._batches and not self.strays:
            raise CheckinError("empty")
        self._tell_lone_ones()

    def _put(self, row: Row) -> None:
        try:
            batch = self._batch(row)
        except CheckinError as error:
            self.strays.append(error)
            self._between.append(error)
            return
        batch.put(row)
        if self._between:
            if batch is self._last:  # within a check-in: one of its answers may be lost with it
                batch.faults += self._between
            self._between.clear()
        self._last = batch

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
        check_row(row, ("kind",))
        return self._known[raw]

    def _tell_lone_ones(self) -> None:
        """Refuse rows whose head was changed, and the check-in of that time that now lacks them.

        Whole check-ins of one time, such as those of two versions, both have results.
        """
        by_time: dict[str, list[Batch]] = {}
        for head, batch in self._batches.items():
            by_time.setdefault(head[0], []).append(batch)
        for batches in by_time.values():
            whole = [b for b in batches if b.ended]
            for batch in (b for b in batches if whole and not b.ended):
                batch.fault = batch.fault or _unlike(batch.first, whole[0].first)
                for other in whole:
                    other.faults.append(batch.fault)


def _unlike(row: Row, other: Row) -> CheckinError:
    column = next(c for c in HEAD if row.cell(c) != other.cell(c))
    return CheckinError("unlike", row=row.number, column=column)


def pile_up(instrument: Instrument, content: Content, most: int | None = None) -> Pile:
    """Return the rows of a file of at most ``most`` bytes by check-in. Raises CheckinError."""
    pile = Pile(instrument)
    pile.put(rows_of(content, most))
    return pile
