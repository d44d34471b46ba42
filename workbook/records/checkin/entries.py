"""What a single row says: an answer, or that there is a result."""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from workbook.instrument.answers import check_answer
from workbook.instrument.kinds import kind_of
from workbook.text.errors import AnswerError, CheckinError

if TYPE_CHECKING:
    from workbook.instrument.items import Item
    from workbook.instrument.kinds import Scalar
    from workbook.instrument.model import Instrument
    from workbook.records.checkin.rows import Row


class Entry(NamedTuple):
    """What a row says: an answer; of a result the cell, and of a question that is gone the row."""

    number: int
    key: tuple[str, str]  # kind, id
    said: Scalar | None
    gone: Row | None = None

    @property
    def is_answer(self) -> bool:
        """Whether it is one, and no result."""
        return self.key[0] == "answer"


@lru_cache(maxsize=4096)
def key_of(kind: str, name: str) -> tuple[str, str]:
    """Return the key of a row: one for all rows that have it, since there may be millions."""
    return kind, name


def entry_of(instrument: Instrument, row: Row, key: tuple[str, str], *, older: bool) -> Entry:
    """Return what a row of an ``older`` version or of this one says. Raises CheckinError."""
    kind, name = key
    if kind != "answer":
        return Entry(row.number, key, intern(row.cell("value")))
    if older and name not in instrument.by_id and row.is_even:
        return Entry(row.number, key, row.cell("value"), row)
    return Entry(row.number, key, answer_in(instrument, row))


def answer_in(instrument: Instrument, row: Row, now: str = "") -> Scalar | None:
    """Return the answer in a row, to the question that it names or to the one it is ``now``."""
    key, cell = now or row.cell("id"), row.cell("value")
    item = instrument.by_id.get(key)
    if not row.is_even and (item is None or _is_shifted(item, row)):
        raise row.uneven()
    if item is None:
        raise CheckinError("unknown-id", row=row.number, column="id", id=key)
    try:
        return check_answer(instrument, key, kind_of(item).parse(item, cell))
    except AnswerError as error:
        said: dict[str, object] = {"id": row.cell("id"), "found": cell, "allowed": error.allowed}
        if kind_of(item).worded:
            raise CheckinError("worded", row=row.number, column="value", **said) from None
        raise CheckinError("value", row=row.number, column="value", **said) from None


def _is_shifted(item: Item, row: Row) -> bool:
    """Return whether a cell too many or too few has moved the others under a wrong heading."""
    question, value, label = (row.cell(c) for c in ("question", "value", "label"))
    return (
        row.cell("chapter") != item.chapter
        or question in ("", item.chapter)
        or value in ("", question)
        or kind_of(item).labelled not in (None, bool(label))
    )
