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
        share = abs(self.share)
        return "far" if share >= FAR else "clear" if share >= CLEAR else "little"


@dataclass(frozen=True)
class Moved:
    """What moved between two points: ratings and signs by how far, then boxes in file order.

    ``same`` counts the answers that were given both times, and alike.
    """

    before: Point
    after: Point
    changes: tuple[Change, ...]
    ticked: tuple[Change, ...]
    same: int


def last_moved(history: History) -> Moved | None:
    """Return what moved since last time; None where there is nothing to compare.

    A point of which nothing may be shown is passed over: nothing is compared with it.
    """
    shown = [p for p in history.points if p.open]
    if len(shown) < 2 or shown[-1] is not history.points[-1]:  # noqa: PLR2004  # two to compare
        return None
    found = moved(history.instrument, *shown[-2:])
    return found if found.changes or found.ticked or found.same else None


def moved(instrument: Instrument, before: Point, after: Point) -> Moved:
    """Return what moved between two points; of equal moves, the first that was asked."""
    found = list(_changes(instrument, before.answers, after.answers))
    went = [c for c in found if c.share]
    boxes = tuple(c for c in went if instrument.by_id[c.item].kind == "check")
    rest = (c for c in went if instrument.by_id[c.item].kind != "check")
    changes = sorted(rest, key=lambda c: -abs(c.share))
    return Moved(before, after, tuple(changes), boxes, len(found) - len(went))


def _changes(instrument: Instrument, before: Answers, after: Answers) -> Iterator[Change]:
    """Yield what was answered both times and counts; blanks are no move."""
    for item in instrument.by_id.values():
        old, new = before.get(item.id), after.get(item.id)
        if old is None or new is None or not _compares(item, before, after):
            continue
        yield Change(item.id, old, new, _share(item, old, new))


def _compares(item: Item, before: Answers, after: Answers) -> bool:
    """Return whether both answers are about the same; of own items only the rating counts."""
    if is_own(item.id):
        named = (own_field(item.id, field) for field in ("text", "side"))
        return is_own(item.id, "rating") and all(before.get(k) == after.get(k) for k in named)
    return is_scored(item) and not item.alone


def _share(item: Item, old: Scalar, new: Scalar) -> float:
    """Return how far an answer went of the range of its item."""
    if item.kind == "sign":
        steps = WORSE_SIGNS.index(str(new)) - WORSE_SIGNS.index(str(old))
        return steps / (len(WORSE_SIGNS) - 1)
    wide = 1 if item.kind == "check" else (item.max or 0) - (item.min or 0)
    return (int(new) - int(old)) / wide
