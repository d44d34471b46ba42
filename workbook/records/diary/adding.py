"""Today's check-in under the earlier ones, in the file that a person keeps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook.records.checkin import read_checkin
from workbook.records.checkin.header import COLUMNS
from workbook.records.checkin.lines import lines_of
from workbook.records.checkin.rows import rows_of
from workbook.records.checkin.writing import checkin_rows, to_csv
from workbook.records.diary.reading import read_diary, unique
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.instrument.model import Instrument
    from workbook.records.checkin import Checkin
    from workbook.records.checkin.header import Header
    from workbook.records.checkin.rows import Row

ENDS = ("\r\n", "\n", "\r")
COMMA = re.compile(r"-?\d+,\d+")


def add_to_diary(instrument: Instrument, earlier: bytes, today: str) -> bytes:
    """Return the earlier file, byte for byte, with today's check-in under it.

    ``earlier`` is what :func:`workbook.read_diary` reads, ``today`` the text of
    :func:`workbook.write_checkin`. The rows below are in the earlier file's own dress: its
    encoding, what stands between its cells, the order of its columns. Where today's check-in
    stands there already, the file stays as it is.

    Raises CheckinError where the earlier file is no sound diary; nothing is made then.
    """
    now = read_checkin(instrument, today)
    wanted, doubles = unique([*read_diary(instrument, earlier), now])
    if doubles:
        return earlier
    lines = lines_of(earlier)
    last = next((e for e in ENDS if earlier.endswith(e.encode(lines.encoding))), "")
    end = last or next((e for e in ENDS if lines.first.endswith(e)), ENDS[0])
    row, comma = _last_row(earlier)
    rows = checkin_rows(instrument, now.answers, now.saved_at)
    added = to_csv((_placed(cells, row.header, comma=comma) for cells in rows), row.delimiter, end)
    whole = earlier + (added if last else end + added).encode(lines.encoding)
    if _read(instrument, whole) != wanted:
        error = CheckinError("not-added")
        error.words = instrument.words
        raise error
    return whole


def _last_row(earlier: bytes) -> tuple[Row, bool]:
    """Return the last row of a diary, and whether its results have decimal commas."""
    comma = False
    for row in rows_of(earlier):
        comma = comma or (row.cell("kind") != "answer" and bool(COMMA.fullmatch(row.cell("value"))))
    return row, comma


def _placed(cells: Iterable[object], header: Header, *, comma: bool) -> list[object]:
    """Return a row, each cell where the earlier file has its column."""
    placed: list[object] = [""] * header.wanted
    for column, cell in zip(COLUMNS, cells, strict=True):
        turned = str(cell).replace(".", ",") if comma and isinstance(cell, float) else cell
        placed[header.places[column]] = turned
    return placed


def _read(instrument: Instrument, whole: bytes) -> tuple[Checkin, ...]:
    """Return what is read of the new file; nothing where it cannot be read."""
    try:
        return read_diary(instrument, whole)
    except CheckinError:
        return ()
