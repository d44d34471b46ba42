"""Two scores against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bqplot as bq
import numpy as np

from workbook.charts.figures import BAND, INK, RULE, Chart, Entry, Table, axis, figure
from workbook.instrument.scales import TOP
from workbook.reflection.sentences import map_marks, say_map

if TYPE_CHECKING:
    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Scale
    from workbook.scoring.assessment import Assessment, Score
    from workbook.text.words import Words


class MapChart(Chart):
    """Two scores against each other, over the outcomes that each pair of bands leads to now."""

    kind = "map"

    def __init__(self, instrument: Instrument, pair: tuple[Scale, Scale], words: Words) -> None:
        self._instrument, self._pair, self._words = instrument, pair, words
        across, up = pair
        self.title = words("chart.map", across=across.name, up=up.name)
        x, y = bq.LinearScale(min=0, max=TOP), bq.LinearScale(min=0, max=TOP)
        scales = {"x": x, "y": y}
        self._cells = [
            (a, b, *across.spans[a][1:], *up.spans[b][1:])
            for a in range(len(across.bands))
            for b in range(len(up.bands))
        ]
        corners = [
            ((x0, x1, x1, x0, x0), (y0, y0, y1, y1, y0)) for _, _, x0, x1, y0, y1 in self._cells
        ]
        self._outcomes: list[str] = []
        self._ends: tuple[float | None, ...] = ()
        self._regions = bq.Lines(
            x=np.array([c[0] for c in corners], float), y=np.array([c[1] for c in corners], float),
            scales=scales, colors=[RULE], stroke_width=1, fill="inside",
            fill_colors=[BAND] * len(corners), fill_opacities=[1.0] * len(corners),
        )  # fmt: skip
        self._names = bq.Label(
            x=np.array([(x0 + x1) / 2 for _, _, x0, x1, _, _ in self._cells]),
            y=np.array([(y0 + y1) / 2 for _, _, _, _, y0, y1 in self._cells]),
            text=[""] * len(self._cells), scales=scales, colors=[INK],
            default_size=13, font_weight="normal", align="middle",
        )  # fmt: skip
        self._range = bq.Lines(
            x=np.zeros(5), y=np.zeros(5), scales=scales, colors=[INK], stroke_width=2,
            line_style="dashed", fill="inside", fill_colors=[INK], fill_opacities=[0.06],
        )  # fmt: skip
        self._point = bq.Scatter(
            x=np.zeros(0), y=np.zeros(0), scales=scales, colors=[INK], default_size=160,
            stroke="var(--wb-card)", stroke_width=2,
        )  # fmt: skip
        axes = [
            axis(
                x,
                [0, *(b.below for b in across.bands if b.below), TOP],
                label=across.name,
            ),
            axis(
                y,
                [0, *(b.below for b in up.bands if b.below), TOP],
                label=up.name,
                side="left",
            ),
        ]
        marks = [self._regions, self._names, self._range, self._point]
        self.figure = figure(marks, axes, 340, 48)
        self.figure.fig_margin = {"top": 10, "bottom": 46, "left": 50, "right": 16}

    def _points(self, assessment: Assessment) -> tuple[Score, Score]:
        return assessment.scores[self._pair[0].id], assessment.scores[self._pair[1].id]

    def show(self, assessment: Assessment) -> None:
        """Bring the point and its range up to date."""
        a, b = self._points(assessment)
        given = a.value is not None and b.value is not None
        with self._point.hold_sync():
            self._point.x = np.array([a.value] if given else [], float)
            self._point.y = np.array([b.value] if given else [], float)
        if (ends := (a.low, a.high, b.low, b.high)) != self._ends:
            self._ends = ends
            self._draw_range(*ends)

    def show_ground(self, assessment: Assessment) -> None:
        """Bring the regions up to date."""
        outcomes = [assessment.regions[cell[:2]] for cell in self._cells]
        if outcomes != self._outcomes:
            self._outcomes = outcomes
            self._regions.fill_colors = [self._tint(o) for o in outcomes]
            marks = map_marks(assessment, self._words)
            self._names.text = [marks[o] for o in outcomes]

    def _draw_range(
        self, left: float | None, right: float | None, low: float | None, high: float | None
    ) -> None:
        """Draw where the point could still be; where nothing is open the point says it all."""
        if (left, low) == (right, high):
            x, y = np.zeros(5), np.zeros(5)
        else:
            x = np.array([left, right, right, left, left], float)
            y = np.array([low, low, high, high, low], float)
        with self._range.hold_sync():
            self._range.x, self._range.y = x, y

    def legend(self, assessment: Assessment) -> tuple[Entry, ...]:
        """Return the names of the regions where the figure has no room for them."""
        outcome = self._instrument.outcome
        return tuple(
            Entry(mark, outcome(o).name, self._tint(o))
            for o, mark in map_marks(assessment, self._words).items()
            if mark != outcome(o).name
        )

    def _tint(self, outcome: str) -> str:
        place = [o.id for o in self._instrument.outcomes].index(outcome)
        return f"var(--wb-region-{place % 6})"

    def say(self, assessment: Assessment) -> str:
        """Return in one sentence what the figure shows."""
        return say_map(assessment, self._words)

    def table(self, assessment: Assessment) -> Table:
        """Return the figure's numbers."""
        across, up = self._pair
        head = (
            self._words("map.corner", across=across.name, up=up.name),
            *(b.name for b in across.bands),
        )
        rows = []
        for b in reversed(range(len(up.bands))):
            outcomes = (assessment.regions[a, b] for a in range(len(across.bands)))
            rows.append((up.bands[b].name, *(self._instrument.outcome(o).name for o in outcomes)))
        return Table(head, tuple(rows))
