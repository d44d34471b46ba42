"""Every score on its bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bqplot as bq
import numpy as np

from workbook.charts.figures import BAND, HUES, INK, SOFT, Table, axis, figure
from workbook.charts.texts import band_text, number, say_score
from workbook.scales import TOP

if TYPE_CHECKING:
    from workbook.assessment import Assessment
    from workbook.instrument import Instrument
    from workbook.words import Words


OUTSIDE = -10.0  # where a value that is not given stands: out of sight
WIDE = 0.3  # points to each side of a value
HALF, HALF_RANGE = 0.14, 0.065  # of a row, to each side of its middle


class ScoreChart:
    """Every score on its bands, with the range it could still have."""

    kind = "scores"

    def __init__(self, instrument: Instrument, words: Words) -> None:
        self.title = words("chart.scores")
        self._instrument, self._words = instrument, words
        count = len(instrument.scales)
        x, y = bq.LinearScale(min=0, max=TOP), bq.LinearScale(min=-0.5, max=count - 0.5)
        scales = {"x": x, "y": y}
        self._rows = np.arange(count, dtype=float)[::-1]
        hues = [HUES[n % len(HUES)] for n in range(count)]
        # one mark for ranges and values: each mark that changes is a message to the page
        self._drawn = bq.Lines(
            x=np.zeros((2 * count, 5)), y=np.zeros((2 * count, 5)), scales=scales, close_path=True,
            colors=[*hues, *[INK] * count], stroke_width=1,
            opacities=[*[0.4] * count, *[1.0] * count], fill="inside", fill_colors=[*hues, *hues],
        )  # fmt: skip
        names = bq.Label(
            x=np.zeros(count), y=self._rows + 0.34, text=[s.name for s in instrument.scales],
            scales=scales, colors=[INK], default_size=14, font_weight="bold", align="start",
        )  # fmt: skip
        marks = [*self._bands(scales), self._drawn, names]
        edges = {b.below for s in instrument.scales for b in s.bands if b.below}
        self.figure = figure(marks, [axis(x, sorted({0, *edges, TOP}))], 92 * count + 44, 16)

    def _bands(self, scales: dict[str, bq.Scale]) -> list[bq.Mark]:
        """Return a bar a band with a gap between, and the band's name in it."""
        bars, at, where, texts = [], [], [], []
        for row, scale in zip(self._rows, self._instrument.scales, strict=True):
            for band, start, end in scale.spans:
                bars.append([start + 0.3, end - 0.3])
                at.append(row)
                where.append(start + 1)
                texts.append(band.name)
        rows = np.array(at)
        return [
            bq.Lines(
                x=np.array(bars), y=np.repeat(rows[:, None], 2, axis=1), scales=scales,
                colors=[BAND], stroke_width=26,
            ),
            bq.Label(
                x=np.array(where), y=rows - 0.33, text=texts, scales=scales, colors=[SOFT],
                default_size=12, font_weight="normal", align="start",
            ),
        ]  # fmt: skip

    def show(self, assessment: Assessment) -> None:
        """Bring the figure up to date."""
        scores = assessment.scores.values()
        ranges = [(s.low or 0.0, s.high or 0.0) for s in scores]
        values = [OUTSIDE if s.value is None else s.value for s in scores]
        boxes = [
            *(_box(a, b, y, HALF_RANGE) for (a, b), y in zip(ranges, self._rows, strict=True)),
            *(_box(v - WIDE, v + WIDE, y, HALF) for v, y in zip(values, self._rows, strict=True)),
        ]
        with self._drawn.hold_sync():
            self._drawn.x = np.array([x for x, _ in boxes])
            self._drawn.y = np.array([y for _, y in boxes])

    def say(self, assessment: Assessment) -> str:
        """Return in one sentence what the figure shows."""
        return " ".join(
            say_score(s, assessment.scores[s.id], self._words) for s in self._instrument.scales
        )

    def table(self, assessment: Assessment) -> Table:
        """Return the figure's numbers."""
        words = self._words
        rows = []
        for scale in self._instrument.scales:
            score = assessment.scores[scale.id]
            shown = (number(v, words) for v in (score.value, score.low, score.high))
            count = words("score.answered", answered=score.answered, asked=score.asked)
            rows.append((scale.name, *shown, band_text(scale, score, words), count))
        head = ("scale", "value", "low", "high", "band", "answered")
        return Table(tuple(words(f"table.{h}") for h in head), tuple(rows))


def _box(left: float, right: float, row: float, half: float) -> tuple[list[float], list[float]]:
    """Return the corners of a box about a row, as x and y."""
    top, bottom = row + half, row - half
    return [left, left, right, right, left], [bottom, top, top, bottom, bottom]
