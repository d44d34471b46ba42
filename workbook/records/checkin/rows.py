"""The rows of a check-in file, in whatever dress a spreadsheet has saved it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workbook.records.checkin.cells import SHIELD, unshield
from workbook.records.checkin.header import COLUMNS, Header, header_in
from workbook.records.checkin.lines import lines_of
from workbook.records.checkin.parting import records_of
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.records.checkin.lines import Content

MOST_BYTES = 4 * 1024 * 1024


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it, and its cells, shields taken off.

    Spreadsheets leave out empty cells at the end, and a note may stand beyond the last.
    """

    number: int
    raw: Sequence[str]
    header: Header
    ends: bool
    delimiter: str

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
    for number, cells, ends, delimiter in records_of(lines):
        found = header_in(number, cells, header)
        if found:
            header = found
        elif header:
            row = Row(number, cells, header, ends, delimiter)
            if any(row.cell(c) for c in COLUMNS):
                yield row
    if header is None:
        raise CheckinError("foreign")
