"""A line over time with the range at each point: broken over a long time, with gaps for none."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from htpy import circle, path, svg, text
from htpy import line as stroke

from workbook.charts.drawing import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from htpy import Element

    from workbook.charts.timeline import Axis
    from workbook.reflection.history import History, Point

Tie: TypeAlias = Literal["joined", "broken", "apart"]
MOST = 160  # points of a line that are drawn: a phone is not wider
DOTTED = 60  # points up to which each has a dot


@dataclass(frozen=True)
class Level:
    """How high something stands, and could stand, from 0 to 100.

    ``held``: its band is not that of the place.
    """

    y: float
    low: float
    high: float
    held: bool = False


@dataclass(frozen=True)
class Spot:
    """A point of a line, ``x`` from 0 to 100, and how it is ``tied`` to the spot before.

    "broken" is for a long time between them, "apart" for a point between that has no level.
    """

    x: float
    level: Level
    tied: Tie


def spots_of(history: History, axis: Axis, level: Callable[[Point], Level | None]) -> list[Spot]:
    """Return a spot for each point that has a level."""
    broken = {id(b) for _, b in history.gaps}
    spots: list[Spot] = []
    tied: Tie = "joined"
    for point in history.points:
        here = level(point)
        if here is None:
            tied = "apart"
            continue
        if tied == "joined" and id(point) in broken:
            tied = "broken"
        spots.append(Spot(axis.place(point), here, tied))
        tied = "joined"
    return spots


def draw_line(spots: Sequence[Spot], last: str) -> Iterator[Element]:
    """Yield a line with its ranges, dots, and at its end the number ``last``."""
    runs = [thin(run, MOST * len(run) // len(spots)) for run in _runs(spots)]
    yield _trace(runs)
    alone = [run[0] for run in runs if len(run) == 1]
    for spot in alone:
        x, low, high = map(percent, (spot.x, 100 - spot.level.low, 100 - spot.level.high))
        yield stroke(".wb-reach", x1=x, x2=x, y1=low, y2=high)
    for spot in spots if len(spots) <= DOTTED else [*alone, *spots[-1:]]:
        look = "wb-spot wb-spot-held" if spot.level.held else "wb-spot"
        yield circle(class_=look, cx=percent(spot.x), cy=percent(100 - spot.level.y))
    for spot in spots[-1:]:
        yield text(".wb-last", x=percent(spot.x), y=percent(100 - spot.level.y))[last]


def thin(run: Sequence[Spot], most: int) -> list[Spot]:
    """Return at most about so many spots of a run: in each stretch the lowest and the highest.

    The first and the last stay.
    """
    if len(run) <= max(most, 4):
        return list(run)
    stretches = max(most // 2, 2)
    kept = {0, len(run) - 1}
    for n in range(stretches):
        start, end = (len(run) * k // stretches for k in (n, n + 1))
        places = range(start, end)
        kept |= {pick(places, key=lambda at: run[at].level.y) for pick in (min, max)}
    return [run[at] for at in sorted(kept)]


def _runs(spots: Sequence[Spot]) -> list[list[Spot]]:
    runs: list[list[Spot]] = []
    for spot in spots:
        if not runs or spot.tied != "joined":
            runs.append([])
        runs[-1].append(spot)
    return runs


def _trace(runs: Sequence[Sequence[Spot]]) -> Element:
    """Return areas and lines. They stretch with the width, their strokes do not."""
    long = [run for run in runs if len(run) > 1]
    areas = "".join(f"M{_along(run, 'high')}L{_along(run[::-1], 'low')}Z" for run in long)
    lines = "".join(f"M{_along(run, 'y')}" for run in long)
    breaks = "".join(
        f"M{_along([a[-1], b[0]], 'y')}" for a, b in pairwise(runs) if b[0].tied == "broken"
    )
    return svg(".wb-trace", viewBox="0 0 100 100", preserveAspectRatio="none")[
        areas and path(".wb-area", d=areas),
        lines and path(".wb-line", d=lines),
        breaks and path(".wb-line.wb-broken", d=breaks),
    ]


def _along(run: Sequence[Spot], part: Literal["low", "y", "high"]) -> str:
    places = ((spot.x, 100 - getattr(spot.level, part)) for spot in run)
    return "L".join(f"{round(x, 2):g} {round(y, 2):g}" for x, y in places)
