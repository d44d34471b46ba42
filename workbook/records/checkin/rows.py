"""The rows of a check-in file, in whatever dress a spreadsheet has saved it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.records.checkin.cells import unshield
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
HEAD = COLUMNS[:4]  # the same in every row
BOM = "\ufeff"
DELIMITERS = ",;\t"
MOST_BYTES = 4 * 1024 * 1024
# What Excel puts on top to say what stands between cells. It does not show it as a row.
SEP = re.compile(r'"?sep=(\W)"?[,;\t]*(\r\n|\r|\n)', re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it, and its cells by column.

    ``found`` cells stood there, where the header has ``wanted``: spreadsheets leave out empty ones
    at the end, and a note may stand beyond the last.
    """

    number: int
    cells: Mapping[str, str]
    found: int
    wanted: int

    def uneven(self) -> CheckinError:
        """Return what to say where its cells do not stand under the header."""
        return CheckinError("cells", row=self.number, found=self.found, wanted=self.wanted)


def rows_of(content: str | bytes | bytearray | memoryview) -> list[Row]:
    """Return the rows below the header, shields taken off. Raises CheckinError.

    Columns may stand in any order, and others beside them; rows without anything are left out.
    """
    text = _decode(content)
    delimiter = None
    if sep := SEP.match(text):
        delimiter, text = sep[1], text[sep.end() :]
    rows: list[Row] = []
    places: dict[str, int] = {}
    wanted = 0
    for number, cells in _records(text, delimiter):
        if not any(c.strip() for c in cells):
            continue
        if not places:
            places, wanted = _places(number, cells), len(cells)
            continue
        row = _row(number, cells, places, wanted)
        if any(row.cells.values()):  # else it holds no more than a note
            rows.append(row)
    if not places:
        raise CheckinError("foreign" if text else "empty")
    if not rows:
        raise CheckinError("empty")
    last = rows[-1]
    if last.found < last.wanted and not text.endswith(("\n", "\r")):
        raise last.uneven()  # cut off within the row: what is left of its last cell may be wrong
    return rows


def _decode(content: str | bytes | bytearray | memoryview) -> str:
    """Return the text of a file without its byte order mark."""
    if len(content) > MOST_BYTES:
        raise CheckinError("too-large", most=MOST_BYTES // 1024**2)
    if not isinstance(content, str):
        raw = bytes(content)
        wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        try:
            content = raw.decode("utf-16" if wide else "utf-8-sig")
        except UnicodeDecodeError:
            raise CheckinError("encoding") from None
    if "\0" in content:
        raise CheckinError("encoding")
    return content.removeprefix(BOM)


def _records(text: str, delimiter: str | None) -> list[tuple[int, list[str]]]:
    lines = (line for line in text.splitlines() if line.strip(f'{DELIMITERS}" '))
    header = next(lines, "")
    delimiter = delimiter or max(DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[tuple[int, list[str]]] = []
    before = csv.field_size_limit(MOST_BYTES)
    try:
        records.extend(enumerate(reader, start=1))
    except csv.Error:
        raise CheckinError("broken", row=len(records) + 1) from None
    finally:
        csv.field_size_limit(before)
    return records


def _places(number: int, cells: Sequence[str]) -> dict[str, int]:
    """Return where each column stands. A person's own columns, named or not, are left alone."""
    names = [c.strip().casefold() for c in cells]
    missing = [c for c in COLUMNS if c not in names]
    if len(missing) > len(COLUMNS) // 2:
        raise CheckinError("foreign")
    if missing:
        raise CheckinError("missing-column", row=number, column=missing[0])
    twice = [c for c in COLUMNS if names.count(c) > 1]
    if twice:
        raise CheckinError("double-column", row=number, column=twice[0])
    return {c: names.index(c) for c in COLUMNS}


def _row(number: int, cells: Sequence[str], places: Mapping[str, int], wanted: int) -> Row:
    found = {c: cells[at] if at < len(cells) else "" for c, at in places.items()}
    kept = {
        c: unshield(cell) if c == "value" else unshield(cell.strip()) for c, cell in found.items()
    }
    row = Row(number, kept, len(cells), wanted)
    if any(at >= len(cells) for c, at in places.items() if c not in ("label", "weight")):
        raise row.uneven()
    return row
