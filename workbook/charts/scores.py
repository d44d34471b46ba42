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
        self._ranges = bq.Lines(
            x=np.zeros((count, 2)),
            y=np.repeat(self._rows[:, None], 2, axis=1),
            scales=scales,
            colors=hues,
            stroke_width=12,
            opacities=[0.4] * count,
        )
        self._values = bq.Scatter(
            x=np.zeros(0), y=np.zeros(0), scales=scales, colors=hues, marker="rectangle",
            default_size=150, default_skew=0.85, stroke=INK,
        )  # fmt: skip
        names = bq.Label(
            x=np.zeros(count), y=self._rows + 0.34, text=[s.name for s in instrument.scales],
            scales=scales, colors=[INK], default_size=14, font_weight="bold", align="start",
        )  # fmt: skip
        marks = [*self._bands(scales), self._ranges, self._values, names]
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
        scores = list(assessment.scores.values())
        with self._ranges.hold_sync():
            self._ranges.x = np.array([[s.low or 0, s.high or 0] for s in scores])
        given = [n for n, s in enumerate(scores) if s.value is not None]
        with self._values.hold_sync():
            self._values.x = np.array([scores[n].value for n in given], float)
            self._values.y = self._rows[given]
            self._values.colors = [HUES[n % len(HUES)] for n in given] or [HUES[0]]

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
