"""Diaries as people and spreadsheets leave them: the same rows in another dress."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from workbook import Instrument, write_checkin

Table = list[list[str]]
COLUMNS = (
    *("saved_at", "instrument", "version", "fingerprint", "kind", "id", "chapter", "question"),
    *("value", "label", "weight"),
)


def table_of(text: str) -> Table:
    """Return the rows of a file as `write_checkin` makes it, header first."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def laid(instrument: Instrument, checkins: Sequence[tuple[str, dict[str, object]]]) -> Table:
    """Return check-ins under each other, header first; each is when it was saved, and answers."""
    tables = [table_of(write_checkin(instrument, answers, when)) for when, answers in checkins]
    return [list(COLUMNS), *(row for table in tables for row in table[1:])]


@dataclass(frozen=True)
class Dress:
    """How a file is saved."""

    delimiter: str = ","
    end: str = "\r\n"
    encoding: str = "utf-8-sig"
    order: tuple[int, ...] = tuple(range(11))
    notes: int = 0  # columns of a person's own, in front
    ended: bool = True
    quoted: bool = False

    def save(self, table: Table) -> bytes:
        """Return the file; a last line without its end, unless that is all there is of it."""
        out = io.StringIO()
        writer = csv.writer(
            out,
            delimiter=self.delimiter,
            lineterminator=self.end,
            # or else line ends of the other kind stand there bare
            quoting=csv.QUOTE_ALL if self.quoted or self.end != "\r\n" else csv.QUOTE_MINIMAL,
        )
        for number, row in enumerate(table):
            own = [f"note, {n}\n'{number}'" for n in range(self.notes)]
            # of a person's own, so that no row ends with cells that a cut may have taken
            writer.writerow([*own, *(row[at] for at in self.order), "#"])
        text = out.getvalue()
        return (text if self.ended else text.removesuffix(self.end)).encode(self.encoding)


@st.composite
def dresses(draw: st.DrawFn) -> Dress:
    return Dress(
        delimiter=draw(st.sampled_from(",;\t")),
        end=draw(st.sampled_from(["\r\n", "\n", "\r"])),
        encoding=draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])),
        order=tuple(draw(st.permutations(range(11)))),
        notes=draw(st.integers(0, 2)),
        ended=draw(st.booleans()),
        quoted=draw(st.booleans()),
    )
