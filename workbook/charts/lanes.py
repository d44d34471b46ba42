"""What is one thing at a time, such as the outcome: a lane for each, filled while it is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from htpy import div, li, rect, span, svg, ul

from workbook.charts.drawing import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from htpy import Element

    from workbook.charts.timeline import Axis
    from workbook.reflection.history import History, Point

NARROW = 1.6  # percent: what is narrower could not be seen
CLOSE = 0.3  # percent between two pieces that are drawn as one


@dataclass(frozen=True)
class Piece:
    """Part of a lane, from and to (0 to 100), ``solid`` or only outlined."""

    start: float
    end: float
    solid: bool


@dataclass(frozen=True)
class Lane:
    """One lane: its name, the class that gives it its colour, and its pieces."""

    name: str
    look: str
    pieces: tuple[Piece, ...]


def draw_lanes(lanes: Iterable[Lane], axis: Element, sentence: str) -> Element:
    """Return lanes below each other, their names above them, and the days below all."""
    rows = (
        li(class_=lane.look)[
            span[lane.name], svg(".wb-lane")[rect(".wb-ground"), map(_draw, lane.pieces)]
        ]
        for lane in lanes
    )
    return div(".wb-course", role="img", aria_label=sentence)[ul(".wb-lanes")[rows], axis]


def _draw(piece: Piece) -> Element:
    place = {"x": percent(piece.start), "width": percent(piece.end - piece.start)}
    return rect(class_="wb-piece" if piece.solid else "wb-piece wb-hollow", **place)


def pieces(
    history: History, axis: Axis, state: Callable[[Point], bool | None]
) -> tuple[Piece, ...]:
    """Return the pieces of one lane: ``state`` says of a point whether it is solid, None for none.

    A piece reaches half way to the points beside it, but not into a long time between two.
    """
    around = _reach(history, axis)
    found: list[Piece] = []
    for solid, run in groupby(enumerate(history.points), key=lambda pair: state(pair[1])):
        places = [n for n, _ in run]
        if solid is not None:
            found += [Piece(*around[n], solid) for n in places]
    return _joined(found)


def _reach(history: History, axis: Axis) -> list[tuple[float, float]]:
    """Return from where to where each point reaches."""
    places, half = [axis.place(p) for p in history.points], NARROW / 2
    long = {id(a) for a, _ in history.gaps}
    edges = [(places[0] - half, places[0] - half)] if places else []
    for point, (a, b) in zip(history.points, pairwise(places), strict=False):
        edges.append((a + half, b - half) if id(point) in long else ((a + b) / 2, (a + b) / 2))
    edges += [(places[-1] + half, places[-1] + half)] if places else []
    return [
        (min(left, x - half / 2), max(right, x + half / 2))
        for x, ((_, left), (right, _)) in zip(places, pairwise(edges), strict=True)
    ]


def _joined(found: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return what lies side by side, or over each other, as one."""
    joined: list[Piece] = []
    for piece in found:
        before = joined[-1] if joined else None
        if before and before.solid == piece.solid and piece.start - before.end <= CLOSE:
            joined[-1] = Piece(before.start, max(piece.end, before.end), piece.solid)
        else:
            joined.append(piece)
    return tuple(joined)
