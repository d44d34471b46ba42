"""The rows of a check-in file, in whatever dress a spreadsheet has saved it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from workbook.records.checkin.cells import SHIELD, unshield
from workbook.records.checkin.lines import BOM, lines_of
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from workbook.records.checkin.lines import Content, Lines

COLUMNS = (
    "saved_at",
    "instrument",
    "version",
    "fingerprint",
    "kind",
    "id",
    "chapter",
    "question",
    "value",
    "label",
    "weight",
)
HEAD = COLUMNS[:4]  # the same in every row of a check-in
LAST = ("label", "weight")  # spreadsheets leave out empty cells at the end of a row
JOINT = f'{BOM}"'  # where one file was laid under another; no cell begins so
MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class Header:
    """Where each column stands, and how many cells there are with a person's own."""

    places: Mapping[str, int]
    wanted: int

    @cached_property
    def needed(self) -> int:
        """How many cells a row must have at least."""
        return 1 + max(at for column, at in self.places.items() if column not in LAST)

    @cached_property
    def head(self) -> Callable[[Sequence[str]], tuple[str, ...]]:
        """Takes the cells of a row that say whose it is."""
        return itemgetter(*[self.places[c] for c in HEAD])


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it, and its cells, shields taken off.

    Spreadsheets leave out empty cells at the end, and a note may stand beyond the last.
    """

    number: int
    raw: Sequence[str]
    header: Header
    ends: bool

    def cell(self, column: str) -> str:
        """Return what stands in a column."""
        at = self.header.places[column]
        cell = self.raw[at] if at < len(self.raw) else ""
        if column != "value":
            cell = cell.strip()
        return unshield(cell) if cell[:1] == SHIELD else cell

    @property
    def is_even(self) -> bool:
        """Whether there is a cell under each heading, and no other."""
        return len(self.raw) == self.header.wanted

    @property
    def is_short(self) -> bool:
        """Whether a cell is missing that must be there, or the file was cut off within the row.

        What is left of its last cell may be wrong then.
        """
        found, header = len(self.raw), self.header
        return found < header.needed or (not self.ends and found < header.wanted)

    def uneven(self) -> CheckinError:
        """Return what to say where its cells do not stand under the header."""
        found, wanted = len(self.raw), self.header.wanted
        return CheckinError("cells", row=self.number, found=found, wanted=wanted)


def rows_of(content: Content, most: int | None = None) -> Iterator[Row]:
    """Yield the rows below the header, or below each. Raises CheckinError.

    Columns may stand in any order, and others beside them; rows without anything are left out, and
    so are those that hold no more than a person's own notes.
    """
    lines = lines_of(content, most)
    if not lines.first:
        raise CheckinError("empty")
    header = None
    for number, cells, ends in _records(lines):
        found = _header(number, cells, header)
        if found:
            header = found
        elif header:
            row = Row(number, cells, header, ends)
            if any(row.cell(c) for c in COLUMNS):
                yield row
    if header is None:
        raise CheckinError("foreign")


def _records(lines: Lines) -> Iterator[tuple[int, list[str], bool]]:
    """Yield the number of each record, its cells, and whether a line end stands behind them."""
    last, begins = "", True

    def source() -> Iterator[str]:
        nonlocal last, begins
        for line in lines.all:
            last = line[1:] if begins and line.startswith(JOINT) else line
            begins = False
            yield last

    number = 0
    try:
        for cells in csv.reader(source(), delimiter=lines.delimiter, strict=True):
            number, begins = number + 1, True
            yield number, cells, last.endswith(("\n", "\r"))
    except csv.Error:
        raise CheckinError("broken", row=number + 1) from None


def _header(number: int, cells: Sequence[str], above: Header | None) -> Header | None:
    """Return where each column stands; None for a row that is no header.

    A person's own columns, named or not, are left alone. Where files were laid under each other
    there is a header again, maybe in another order and with a mark in front.
    """
    if above and not _may_be_header(cells, above):
        return None
    names = [c.strip().removeprefix(BOM).strip('" ').casefold() for c in cells]
    missing = [c for c in COLUMNS if c not in names]
    if not any(names) or (above and _is_other(missing)):
        return None
    if _is_other(missing):
        raise CheckinError("foreign")
    if missing:
        raise CheckinError("missing-column", row=number, column=missing[0])
    twice = [c for c in COLUMNS if names.count(c) > 1]
    if twice:
        raise CheckinError("double-column", row=number, column=twice[0])
    return Header({c: names.index(c) for c in COLUMNS}, len(cells))


def _may_be_header(cells: Sequence[str], above: Header) -> bool:
    """Return whether a row does not begin with a time, as all but headers do."""
    at = above.places["saved_at"]
    return at >= len(cells) or not cells[at][:1].isdigit()


def _is_other(missing: Sequence[str]) -> bool:
    """Return whether so many columns are missing that it is the header of something else."""
    return len(missing) > len(COLUMNS) // 2
