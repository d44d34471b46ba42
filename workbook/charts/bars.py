"""Named bars from the left, each below its name and over the length it could have."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import bqplot as bq
import numpy as np

from workbook.charts.figures import BAND, RULE, SMALL, axis, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_MARKS = 6  # below the bars
LONGEST = 40  # characters of a name: what fits on a narrow phone
ROW = 44  # pixels of a bar with its name
# A name stands above its bar, where it has the whole width: words are long in some languages.
ABOVE = {**SMALL, "text-anchor": "start", "transform": "translate(9px, -20px)"}


class Bars:
    """A figure of bars in one colour; ``step`` lies between two marks below them."""

    def __init__(self, hue: str, step: int) -> None:
        self._step = step
        self._layout: tuple[Sequence[str], Sequence[float]] | None = None
        self._y = bq.OrdinalScale(domain=[])
        self._x = bq.LinearScale(min=0, max=step)
        scales = {"x": self._y, "y": self._x}
        self._bars = [
            bq.Bars(
                x=[], y=[], scales=scales, colors=[colour], orientation="horizontal", padding=0.62
            )
            for colour in (BAND, hue)
        ]  # fmt: skip
        names = bq.Axis(scale=self._y, side="left", grid_lines="none", tick_style=ABOVE, color=RULE)
        self._marks = axis(self._x, [0, step])
        self.figure = figure(self._bars, [names, self._marks], 120, 16)

    def show(self, names: Sequence[str], lengths: Sequence[float], most: Sequence[float]) -> None:
        """Draw a bar of each length over one of the most it could be, the first on top."""
        layout = (tuple(names), tuple(most))
        if layout != self._layout:
            self._layout = layout
            self._lay_out(*layout)
        _, drawn = self._bars
        with drawn.hold_sync():
            drawn.x, drawn.y = self._places, np.array(lengths)

    def _lay_out(self, names: Sequence[str], most: Sequence[float]) -> None:
        """Make room for bars of these names, each over its full length."""
        self._places = _places(names)
        self.figure.layout.height = f"{ROW * len(names) + 50}px"
        self._y.domain = self._places[::-1]
        end = self._step * math.ceil(max(most, default=self._step) / self._step)
        self._x.max = end
        step = next((s for s in (1, 2, 4) if end <= MOST_MARKS * s * self._step), 8) * self._step
        self._marks.tick_values = np.arange(0, end + 1, step)
        full, _ = self._bars
        with full.hold_sync():
            full.x, full.y = self._places, np.array(most)


def _places(names: Sequence[str]) -> list[str]:
    """Return the names, short and told apart, because they are places on an axis."""
    places: list[str] = []
    for name in names:
        short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
        numbered = (f"{short} ({n})" for n in itertools.count(2))
        free = (place for place in itertools.chain([short], numbered) if place not in places)
        places.append(next(free))
    return places
