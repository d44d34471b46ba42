"""The first row: which column stands where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from workbook.records.checkin.lines import BOM
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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


def header_in(number: int, cells: Sequence[str], above: Header | None) -> Header | None:
    """Return where each column stands; None for a row that is no header.

    A person's own columns, named or not, are left alone. Where files were laid under each other
    there is a header again, maybe in another order and with a mark in front.
    """
    if above and not _may_be_header(cells, above):
        return None
    names = names_in(cells)
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


def names_in(cells: Sequence[str]) -> list[str]:
    """Return the names that a header has, however they are written."""
    return [c.strip().removeprefix(BOM).strip('" ').casefold() for c in cells]


def _may_be_header(cells: Sequence[str], above: Header) -> bool:
    """Return whether a row does not begin with a time, as all but headers do."""
    at = above.places["saved_at"]
    return at >= len(cells) or not cells[at][:1].isdigit()


def _is_other(missing: Sequence[str]) -> bool:
    """Return whether so many columns are missing that it is the header of something else."""
    return len(missing) > len(COLUMNS) // 2
