"""Tables written batch after batch: first beside their place, and put there when they are whole."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from workbook.records.checkin.cells import FORMULA, SHIELD
from workbook.records.checkin.lines import BOM

if TYPE_CHECKING:
    from collections.abc import Iterator

STDOUT = "-"
# A number may begin with + or -, and a spreadsheet runs nothing of it.
RUNS = f"^[{re.escape(''.join(FORMULA))}]"
IS_NUMBER = r"^[+-]?[0-9]+([.,][0-9]+)?$"
OPTIONS = pyarrow.csv.WriteOptions(eol="\r\n")


class TableWriter:
    """Writes parts of one table; the first one's columns are those of all."""

    def __init__(self, sink: IO[bytes], *, mark: bool) -> None:
        self._sink, self._mark = sink, mark
        self._csv: pyarrow.csv.CSVWriter | None = None

    def write(self, table: pa.Table) -> None:
        """Write a part."""
        if self._csv is None:
            if self._mark:
                self._sink.write(BOM.encode())
            self._csv = pyarrow.csv.CSVWriter(self._sink, table.schema, write_options=OPTIONS)
        self._csv.write_table(table)

    def close(self) -> None:
        """Write what is left."""
        if self._csv is not None:
            self._csv.close()
        self._sink.flush()


@contextmanager
def writer_to(place: str) -> Iterator[TableWriter]:
    """Give a writer to a file, or to standard output.

    The file appears when it is whole. If anything goes wrong on the way, or nothing was written,
    what was in its place stays as it was.
    """
    target = Path(place).resolve()  # what a link leads to, not the link
    if place == STDOUT:
        with _at_once(sys.stdout.buffer) as writer:
            yield writer
        return
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
        with target.open("wb") as sink, _at_once(sink) as writer:
            yield writer
        return
    # only who runs it can read the file, as it is about people
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as sink:
            writer = TableWriter(sink, mark=True)
            yield writer
            writer.close()
            written = sink.tell() > 0
        if written:
            Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _at_once(sink: IO[bytes]) -> Iterator[TableWriter]:
    """Give a writer to what another program reads on the way."""
    writer = TableWriter(sink, mark=False)
    yield writer
    writer.close()


def shielded(texts: pa.Array) -> pa.Array:
    """Return texts so that no spreadsheet runs one as a formula; numbers stay numbers."""
    risky = pc.match_substring_regex(texts, RUNS)
    if not pc.any(risky).as_py():
        return texts
    risky = pc.and_not(risky, pc.match_substring_regex(texts, IS_NUMBER))
    return pc.if_else(risky, pc.binary_join_element_wise(SHIELD, texts, ""), texts)
