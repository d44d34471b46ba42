"""The text of a file, line by line: in which encoding, and what stands between its cells."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Content: TypeAlias = str | bytes | bytearray | memoryview

BOM = "\ufeff"
DELIMITERS = ",;\t"
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
MOST_LINES = 100  # down to the end of the header
# What Excel puts on top to say what stands between cells. It does not show it as a row.
SEP = re.compile(r'"?sep=(\W)"?[,;\t]*(\r\n|\r|\n)', re.IGNORECASE)


@dataclass(frozen=True)
class Lines:
    """A file that is read line by line, so that a large one is never in memory twice.

    ``first`` is all down to the end of the header; ``all`` begins with that, too.
    """

    encoding: str
    delimiter: str
    first: str
    all: Iterator[str]


def lines_of(content: Content, most: int | None = None) -> Lines:
    """Return the lines of a file of at most ``most`` bytes. Raises CheckinError.

    A byte that the encoding does not have is found where it stands, when its line is asked for.
    """
    if most and len(content) > most:
        raise CheckinError("too-large", most=most // 1024**2)
    raw, errors = _raw(content)
    mark = next((m for m in MARKS if raw.startswith(m)), b"")
    encoding = MARKS.get(mark, "utf-8")
    stream = io.BytesIO(raw)
    stream.seek(len(mark))
    lines = _checked(io.TextIOWrapper(stream, encoding, errors, newline=""))
    above: list[str] = []
    sep = None
    for line in lines:
        if not above and not sep and (sep := SEP.match(line)):
            continue
        above.append(line)
        if _is_whole("".join(above)) or len(above) == MOST_LINES:
            break
    first = "".join(above)
    delimiter = sep[1] if sep else max(DELIMITERS, key=first.count)
    return Lines(encoding, delimiter, first, chain(above, lines))


def _is_whole(text: str) -> bool:
    """Return whether it has a row with something in it, to the end: a cell may have line ends."""
    return bool(text.strip(f'{DELIMITERS}" \r\n')) and text.count('"') % 2 == 0


def _raw(content: Content) -> tuple[bytes, str]:
    """Return the bytes of a file and what to do with those that are no text."""
    if isinstance(content, str):  # half a surrogate pair is refused where it stands
        return content.encode("utf-8", "surrogatepass"), "surrogatepass"
    return bytes(content), "strict"


def _checked(lines: Iterable[str]) -> Iterator[str]:
    try:
        for line in lines:
            if "\0" in line:
                raise CheckinError("encoding")
            yield line
    except UnicodeDecodeError:
        raise CheckinError("encoding") from None
