"""Tables with a row a person and a column an item, batch after batch."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pc

from workbook.records.stream.cells import Reader, are_lost
from workbook.records.stream.parts import Part, Reject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from workbook.instrument.model import Instrument
    from workbook.records.stream.sources import Opened

    Bools: TypeAlias = NDArray[np.bool_]
    Ints: TypeAlias = NDArray[np.int64]

BLOCK = 2 << 20  # bytes that are read at once; a row must fit in
NEAR = 0.8  # from which likeness a column may be meant to be an item
CODES = pa.dictionary(pa.int32(), pa.string())


@dataclass
class WideTable:
    """A table whose header was read. Its columns by their place: items, and those beside."""

    instrument: Instrument
    source: Opened
    _uneven: list[pc.InvalidRow] = field(default_factory=list)

    @cached_property
    def items(self) -> dict[int, str]:
        """The columns that are items."""
        names = enumerate(self.source.names)
        return {at: name for at, name in names if name in self.instrument.by_id}

    @cached_property
    def beside(self) -> dict[int, str]:
        """The columns that pass through: all others that have a name."""
        names = enumerate(self.source.names)
        return {at: name for at, name in names if name and at not in self.items}

    @property
    def twice(self) -> str | None:
        """A name that stands above two columns, or None."""
        named = [name for name in self.source.names if name]
        return next((name for name in named if named.count(name) > 1), None)

    def near(self) -> Iterator[tuple[str, str]]:
        """Yield each column that is no item but nearly has the name of one, with that name."""
        given = set(self.items.values())
        free = {key.casefold(): key for key in self.instrument.by_id if key not in given}
        for name in self.beside.values():
            for small in difflib.get_close_matches(name.casefold(), free, 1, NEAR):
                yield name, free[small]

    def parts(self) -> Iterator[Part]:
        """Yield the table in parts. What cannot be read to its end yields the reason last."""
        readers = {at: Reader(self.instrument, key) for at, key in self.items.items()}
        row = self.source.row + 1
        stopped: list[Reject] = []
        try:
            for batch in self._batches():
                rows = self._numbers(row, batch.num_rows)
                row = int(rows.max(initial=row - 1)) + 1
                yield self._part(batch, rows, readers)
        except pa.ArrowInvalid:  # a cell that does not end
            reason = self._say("rest", reason=self._reason("broken"))
            stopped = [Reject(self.source.name, reason, row)]
        if rejects := [*self._take_uneven(), *stopped]:
            yield self._rest(rejects)

    def _batches(self) -> Iterator[pa.RecordBatch]:
        if not self.source.stream.peek(1):
            return iter(())
        names = [str(at) for at in range(len(self.source.names))]
        kinds = {str(at): CODES for at in self.items} | {str(at): pa.string() for at in self.beside}
        return iter(
            pc.open_csv(
                pa.PythonFile(self.source.stream, "r"),
                # one thread: only so are rows numbered
                pc.ReadOptions(use_threads=False, block_size=BLOCK, column_names=names),
                pc.ParseOptions(
                    delimiter=self.source.delimiter,
                    newlines_in_values=True,
                    ignore_empty_lines=False,  # they count as rows
                    invalid_row_handler=self._skip,
                ),
                pc.ConvertOptions(
                    column_types=kinds, include_columns=list(kinds), strings_can_be_null=False
                ),
            )
        )

    def _skip(self, row: pc.InvalidRow) -> str:
        self._uneven.append(row)
        return "skip"

    def _numbers(self, first: int, count: int) -> Ints:
        """Return the numbers of a batch's rows, of which some before and between were skipped."""
        skipped = [self.source.row + row.number for row in self._uneven]
        rows = np.arange(first, first + count + len(skipped))
        return rows[~np.isin(rows, skipped)][:count]

    def _part(self, batch: pa.RecordBatch, rows: Ints, readers: Mapping[int, Reader]) -> Part:
        found: dict[str, pd.Categorical] = {}
        wrong = np.zeros(len(rows), bool)
        empty = np.ones(len(rows), bool)
        rejects = self._take_uneven(rows.max(initial=0))
        refused = len(rejects)
        for at, key in self.items.items():
            found[key], here = readers[at].read(batch.column(str(at)))
            empty &= (found[key].codes < 0) & ~here
            wrong |= here
            reason = self._say("value", allowed=readers[at].allowed) if here.any() else ""
            rejects += [Reject(self.source.name, reason, row, key) for row in rows[here].tolist()]
        beside: dict[str, pa.Array] = {}
        for at, name in self.beside.items():
            beside[name] = batch.column(str(at))
            here = are_lost(beside[name])
            wrong |= here
            reason = self._reason("encoding")
            rejects += [Reject(self.source.name, reason, row, name) for row in rows[here].tolist()]
        empty &= _have_nothing(beside, empty)
        use = ~(wrong | empty)
        kept = pa.array(use)
        return Part(
            pa.repeat(self.source.name, int(use.sum())),
            pa.array(rows[use]),
            pd.DataFrame(found, copy=False).loc[use],
            {name: column.filter(kept) for name, column in beside.items()},
            sorted(rejects, key=lambda reject: reject.row or 0),
            refused + int(wrong.sum()),
        )

    def _take_uneven(self, last: int | None = None) -> list[Reject]:
        """Return what is to be said of skipped rows up to ``last``, and forget them."""
        taken = [r for r in self._uneven if last is None or self.source.row + r.number <= last]
        self._uneven = self._uneven[len(taken) :]
        blank = f'{self.source.delimiter}" \t\r\n'  # a row of nothing is nobody's
        return [self._tell_uneven(row) for row in taken if row.text.strip(blank)]

    def _tell_uneven(self, row: pc.InvalidRow) -> Reject:
        if row.text.count('"') % 2:  # all that follows was taken for one cell
            reason = self._say("rest", reason=self._reason("broken"))
        else:
            reason = self._say("cells", found=row.actual_columns, wanted=row.expected_columns)
        return Reject(self.source.name, reason, self.source.row + row.number)

    def _rest(self, rejects: list[Reject]) -> Part:
        nobody = pa.array([], pa.int64())
        beside = {name: pa.array([], pa.string()) for name in self.beside.values()}
        answers = pd.DataFrame(index=range(0))
        return Part(pa.array([], pa.string()), nobody, answers, beside, rejects, len(rejects))

    def _say(self, code: str, **values: object) -> str:
        return self.instrument.words(f"many.{code}", **values)

    def _reason(self, code: str) -> str:
        return self.instrument.words(f"error.checkin.{code}")


def _have_nothing(columns: Mapping[str, pa.Array], rows: Bools) -> Bools:
    """Return which of some rows have nothing in any column."""
    found = rows.copy()
    for column in columns.values() if rows.any() else ():
        found &= ~np.array([bool(text.strip()) for text in column.to_pylist()])
    return found
