"""From lines to records: cells, and what parts them. Files may lie under each other."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

from workbook.records.checkin.header import COLUMNS, names_in
from workbook.records.checkin.lines import BOM, DELIMITERS
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.records.checkin.lines import Lines

JOINT = f'{BOM}"'  # where one file was laid under another; no cell begins so


class Record(NamedTuple):
    """The cells of one row, and whether a line end stands behind them."""

    number: int
    cells: list[str]
    ends: bool
    delimiter: str


def records_of(lines: Lines) -> Iterator[Record]:
    """Yield the records of a file. Raises CheckinError."""
    source = _Source(lines.all)
    delimiter: str | None = lines.delimiter
    number = 0
    try:
        while delimiter:
            for cells in csv.reader(source.until(delimiter), delimiter=delimiter, strict=True):
                number += 1
                source.begins = True
                yield Record(number, cells, source.line.endswith(("\n", "\r")), delimiter)
            delimiter = source.other
    except csv.Error:
        raise CheckinError("broken", row=number + 1) from None


class _Source:
    """Lines for a reader. ``line`` is where it has come to; ``begins``: a record begins there."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.line = ""
        self.begins = True
        self.other: str | None = None

    def until(self, delimiter: str) -> Iterator[str]:
        """Yield lines, until a header is parted by something else: ``other``."""
        if self.other:  # the last reader ended at a header, which is the first line of this one
            self.begins, self.other = False, None
            yield self.line
        for line in self._lines:
            self.line = line[1:] if self.begins and line.startswith(JOINT) else line
            if self.begins:
                self.other = _parted(self.line, delimiter)
            if self.other:
                return
            self.begins = False
            yield self.line


def _parted(line: str, delimiter: str) -> str | None:
    """Return what parts the cells of a header, where it is not ``delimiter``."""
    if COLUMNS[0] not in line.casefold():  # nearly always
        return None
    for other in DELIMITERS.replace(delimiter, ""):
        if all(c in names_in(next(csv.reader([line], delimiter=other))) for c in COLUMNS):
            return other
    return None
