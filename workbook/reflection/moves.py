"""What moved from one check-in to the next, item by item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from workbook.instrument.content import is_own, own_field
from workbook.instrument.items import WORSE_SIGNS
from workbook.instrument.kinds import is_scored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.instrument.answers import Answers
    from workbook.instrument.items import Item
    from workbook.instrument.kinds import Scalar
    from workbook.instrument.model import Instrument
    from workbook.reflection.history import History, Point

Size: TypeAlias = Literal["little", "clear", "far"]
CLEAR, FAR = 0.2, 0.4  # shares of a range from which a move is called so


@dataclass(frozen=True)
class Change:
    """What became of one answer: ``share`` of its range, from -1 to 1, above 0 for upwards.

    A sign goes from no over not sure to yes; a box that is ticked goes all the way up.
    """

    item: str
    before: Scalar
    after: Scalar
    share: float

    @property
    def size(self) -> Size:
        """How far it went, in a word."""
        share = round(abs(self.share), 9)
        return "far" if share >= FAR else "clear" if share >= CLEAR else "little"


@dataclass(frozen=True)
class Moved:
    """What moved between two points: ratings and signs by how far, then boxes in file order.

    ``same`` counts the ratings and signs that were answered both times, and alike.
    """

    before: Point
    after: Point
    changes: tuple[Change, ...]
    ticked: tuple[Change, ...]
    same: int


def last_moved(history: History) -> Moved | None:
    """Return what moved since last time; None with less than two points to compare.

    A point of which nothing may be shown is passed over: nothing is compared with it.
    """
    shown = [p for p in history.points if p.open]
    if len(shown) < 2 or shown[-1] is not history.points[-1]:  # noqa: PLR2004  # two to compare
        return None
    return moved(history.instrument, *shown[-2:])


def moved(instrument: Instrument, before: Point, after: Point) -> Moved:
    """Return what moved between two points; of equal moves, the first that was asked."""
    found = list(_changes(instrument, before.answers, after.answers))
    boxes = [c for c in found if instrument.by_id[c.item].kind == "check"]
    rest = [c for c in found if c not in boxes]
    changes = sorted((c for c in rest if c.share), key=lambda c: -round(abs(c.share), 9))
    ticked = tuple(c for c in boxes if c.share)
    return Moved(before, after, tuple(changes), ticked, len(rest) - len(changes))


def _changes(instrument: Instrument, before: Answers, after: Answers) -> Iterator[Change]:
    """Yield what was answered both times and counts; blanks are no move."""
    for item in instrument.by_id.values():
        old, new = before.get(item.id), after.get(item.id)
        if old is None or new is None or not _compares(item, before, after):
            continue
        yield Change(item.id, old, new, _place(item, new) - _place(item, old))


def _compares(item: Item, before: Answers, after: Answers) -> bool:
    """Return whether both answers are about the same; of own items only the rating counts."""
    if is_own(item.id):
        named = (own_field(item.id, field) for field in ("text", "side"))
        return is_own(item.id, "rating") and all(before.get(k) == after.get(k) for k in named)
    return is_scored(item) and not item.alone


def _place(item: Item, answer: Scalar) -> float:
    """Return where an answer lies in the range of its item, from 0 to 1."""
    if item.kind == "sign":
        return WORSE_SIGNS.index(str(answer)) / (len(WORSE_SIGNS) - 1)
    low, high = (0, 1) if item.kind == "check" else (item.min or 0, item.max or 0)
    return (int(answer) - low) / (high - low)
