"""Files to read, or standard input: what stands in their first row, and the rest as a stream."""

from __future__ import annotations

import codecs
import csv
import io
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, TypeAlias

from workbook.records.checkin.header import COLUMNS
from workbook.records.checkin.lines import DELIMITERS, MARKS, SEP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbook.instrument.model import Instrument

STDIN = "-"
LOST = "\U0010fffe"  # is no character, so no text has it
MARKED = "workbook-lost"
Kind: TypeAlias = Literal["checkins", "table", "foreign"]


class SourceError(ValueError):
    """A file cannot be read; ``code`` says why, as in the locale file under ``error.checkin``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Opened:
    """A file up to its header: ``names`` stand in row ``row``, and ``stream`` goes on below it.

    ``above`` are the bytes that were read so far.
    """

    name: str
    names: tuple[str, ...]
    row: int
    delimiter: str
    above: bytes
    stream: io.BufferedReader

    def kind(self, instrument: Instrument) -> Kind:
        """Return what the header is that of."""
        small = {name.casefold() for name in self.names}
        if 2 * sum(column in small for column in COLUMNS) >= len(COLUMNS):
            return "checkins"
        return "table" if set(self.names) & set(instrument.by_id) else "foreign"

    def content(self) -> bytes:
        """Return all of the file. A check-in is small, and a diary fits in memory."""
        # what was no text is none again, so that it is found where it stands
        return (self.above + self.stream.read()).replace(LOST.encode(), b"\xff")


@contextmanager
def opened(name: str, told: Callable[[int], object] = lambda _bytes: None) -> Iterator[Opened]:
    """Open a file and read its header; ``told`` is called with each number of bytes that came.

    Raises SourceError where there is no header to be read, OSError where there is no file.
    """
    if name == STDIN:
        yield _begun(name, sys.stdin.buffer, told)
    else:
        with Path(name).open("rb") as raw:
            yield _begun(name, raw, told)


class Counted(io.RawIOBase):
    """A stream that tells how much was read of it."""

    def __init__(self, raw: IO[bytes], told: Callable[[int], object]) -> None:
        self._raw, self._told = raw, told

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, place: memoryview) -> int:  # type: ignore[override]
        """Read some bytes into ``place``; return how many."""
        found = self._raw.read(len(place))
        place[: len(found)] = found
        self._told(len(found))
        return len(found)


class Decoded(io.RawIOBase):
    """A stream as UTF-8, with LOST in place of each byte that its encoding does not have."""

    def __init__(self, raw: IO[bytes], encoding: str) -> None:
        self._raw, self._left = raw, b""
        self._decoder = codecs.getincrementaldecoder(encoding)(MARKED)

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, place: memoryview) -> int:  # type: ignore[override]
        """Read some bytes into ``place``; return how many."""
        data = b" "
        while data and not self._left:
            data = self._raw.read(len(place))
            self._left = self._decoder.decode(data, final=not data).encode()
        found, self._left = self._left[: len(place)], self._left[len(place) :]
        place[: len(found)] = found
        return len(found)


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return LOST, error.end


codecs.register_error(MARKED, _mark)


def _plain(stream: io.BufferedReader) -> io.BufferedReader:
    """Return a stream as UTF-8 without its mark."""
    start = stream.peek(4)
    mark = next((m for m in MARKS if start.startswith(m)), b"")
    stream.read(len(mark))
    return io.BufferedReader(Decoded(stream, MARKS.get(mark, "utf-8")))


def _begun(name: str, raw: IO[bytes], told: Callable[[int], object]) -> Opened:
    stream = _plain(io.BufferedReader(Counted(raw, told)))
    above: list[bytes] = []

    def lines() -> Iterator[str]:
        while line := stream.readline():
            above.append(line)
            yield line.decode()

    try:
        row, first = _first(found := lines())
        delimiter = _delimiter(above, first)
        record = next(csv.reader(chain([first], found), delimiter=delimiter, strict=True), [])
    except csv.Error:
        raise SourceError("broken") from None
    if not record:
        raise SourceError("empty")
    if any(LOST in cell or "\0" in cell for cell in record):
        raise SourceError("encoding")
    names = tuple(cell.strip() for cell in record)
    return Opened(name, names, row, delimiter, b"".join(above), stream)


def _first(lines: Iterator[str]) -> tuple[int, str]:
    """Return the number of the first row that has anything in it, and its first line."""
    number = 0
    for line in lines:
        if number == 0 and SEP.fullmatch(line):
            continue  # a spreadsheet does not show it as a row
        number += 1
        if line.strip(f'{DELIMITERS}" \r\n'):
            return number, line
    return number, ""


def _delimiter(above: list[bytes], first: str) -> str:
    said = SEP.fullmatch(above[0].decode()) if above else None
    return said[1] if said else max(DELIMITERS, key=first.count)
