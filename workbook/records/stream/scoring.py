"""From files to one table of scores, whatever the files hold."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from workbook.records.stream.checkins import SAVED_AT, checkins_in, people_of
from workbook.records.stream.parts import Reject
from workbook.records.stream.sources import STDIN, SourceError, opened
from workbook.records.stream.wide import WideTable
from workbook.records.stream.writing import shielded
from workbook.records.tables import assess_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from workbook.instrument.model import Instrument
    from workbook.records.checkin import Checkin
    from workbook.records.stream.checkins import Found
    from workbook.records.stream.parts import Part
    from workbook.records.stream.sources import Opened
    from workbook.records.stream.writing import TableWriter

PLACE = ("file", "row")
TOGETHER = 1000  # check-ins that are scored at once
GIVEN = ".given"  # behind a column that passes through and has the name of a result


@dataclass
class Scoring:
    """Scores files into one table.

    ``told`` is called with each number of bytes that came, ``note`` with what somebody should
    know, and ``refuse`` with everything that is not used. ``scored`` and ``refused`` count people.
    """

    instrument: Instrument
    told: Callable[[int], object] = lambda _bytes: None
    note: Callable[[str], object] = lambda _text: None
    refuse: Callable[[Sequence[Reject]], object] = lambda _rejects: None
    scored: int = 0
    refused: int = 0
    _beside: dict[str, str] = field(default_factory=dict)
    _stdin: Opened | None = None
    _waiting: list[tuple[str, Checkin]] = field(default_factory=list)

    def run(self, files: Sequence[str], out: TableWriter) -> None:
        """Score all files, in their order."""
        # all headers come first, because the table's own header does
        usable = [name for name in files if self._look(name)]
        for name in usable:
            self._read(name, out)
        self._flush(out)

    @contextmanager
    def _open(self, name: str, told: Callable[[int], object]) -> Iterator[Opened]:
        if name != STDIN:
            with opened(name, told) as source:
                yield source
        else:  # it comes only once
            if self._stdin is None:
                with opened(name, self.told) as source:
                    self._stdin = source
            yield self._stdin

    def _look(self, name: str) -> bool:
        """Return whether a file can be used, and note which of its columns pass through."""
        try:
            with self._open(name, lambda _bytes: None) as source:
                kind = source.kind(self.instrument)
                if kind == "foreign":
                    return self._refuse_file(name, self._say("foreign"))
                if kind == "checkins":
                    return self._let_pass(name, [SAVED_AT])
                return self._look_at_table(name, WideTable(self.instrument, source))
        except SourceError as error:
            return self._refuse_file(name, self.instrument.words(f"error.checkin.{error.code}"))
        except OSError as error:
            return self._refuse_file(name, self._say("unreadable", why=error.strerror))

    def _look_at_table(self, name: str, table: WideTable) -> bool:
        if twice := table.twice:
            return self._refuse_file(name, self._say("twice"), column=twice)
        for column, item in table.near():
            self.note(self._say("near", file=name, column=column, item=item))
        if unnamed := table.source.names.count(""):
            self.note(self.instrument.words.count("many.unnamed", unnamed, file=name))
        return self._let_pass(name, list(table.beside.values()))

    def _let_pass(self, name: str, columns: Sequence[str]) -> bool:
        for column in columns:
            shown = column
            while shown in self._results or shown in PLACE:
                shown += GIVEN
            if shown != column and column not in self._beside:
                self.note(self._say("given", file=name, column=column, shown=shown))
            self._beside[column] = shown
        return True

    def _refuse_file(self, name: str, reason: str, column: str = "") -> bool:
        self._refuse([Reject(name, reason, None, column)], 1)
        return False

    def _read(self, name: str, out: TableWriter) -> None:
        try:
            with self._open(name, self.told) as source:
                if source.kind(self.instrument) == "checkins":
                    self._keep(name, checkins_in(self.instrument, source))
                else:
                    self._flush(out)
                    for part in WideTable(self.instrument, source).parts():
                        self._take(part, out)
        except SourceError as error:  # it was another file a moment ago
            self._refuse_file(name, self.instrument.words(f"error.checkin.{error.code}"))
        if len(self._waiting) >= TOGETHER:
            self._flush(out)

    def _keep(self, name: str, found: Found) -> None:
        """Keep check-ins until there are enough of them, as a table of one person costs much."""
        for text in found.notes:
            self.note(text)
        self._refuse(found.rejects, found.refused)
        self._waiting += [(name, checkin) for checkin in found.checkins]

    def _flush(self, out: TableWriter) -> None:
        if self._waiting:
            self._take(people_of(self.instrument, self._waiting), out)
            self._waiting = []

    def _refuse(self, rejects: Sequence[Reject], people: int) -> None:
        if rejects:
            self.refuse(rejects)
        self.refused += people

    def _take(self, part: Part, out: TableWriter) -> None:
        self._refuse(part.rejects, part.refused)
        self.scored += len(part.answers)
        if not len(part.answers):
            return
        columns: dict[str, pa.Array] = dict(zip(PLACE, (part.files, part.rows), strict=True))
        for column, shown in self._beside.items():
            found = part.beside.get(column)
            nobody = pa.nulls(len(part.answers), pa.string())
            columns[shown] = nobody if found is None else shielded(found)
        frame = assess_table(self.instrument, part.answers)
        columns |= {str(name): _column(frame[name]) for name in frame.columns}
        out.write(pa.table(columns))

    @cached_property
    def _results(self) -> frozenset[str]:
        """The names of the columns of results."""
        return frozenset(assess_table(self.instrument, pd.DataFrame()).columns)

    def _say(self, code: str, **values: object) -> str:
        return self.instrument.words(f"many.{code}", **values)


def _column(column: pd.Series) -> pa.Array:
    """Return a column of results; NaN and None become blank."""
    kind = pa.string() if column.dtype == object else None
    return pa.array(column.to_numpy(), type=kind, from_pandas=True)


def rejects_table(rejects: Sequence[Reject]) -> pa.Table:
    """Return what was not used as a table."""
    rows: dict[str, list[object]] = {
        name: [getattr(reject, name) for reject in rejects]
        for name in ("file", "row", "column", "reason")
    }
    kinds = {"row": pa.int64()}
    return pa.table({n: pa.array(r, kinds.get(n, pa.string())) for n, r in rows.items()})
