"""Every score on its bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bqplot as bq
import numpy as np

from workbook.charts.figures import BAND, HUES, INK, SOFT, Chart, Table, axis, figure
from workbook.instrument.scales import TOP
from workbook.reflection.sentences import band_text, number, say_score

if TYPE_CHECKING:
    from workbook.instrument.model import Instrument
    from workbook.scoring.assessment import Assessment
    from workbook.text.words import Words


OUTSIDE = -10.0  # where a value that is not given stands: out of sight
WIDE = 0.5  # points to each side of a value
HALF, HALF_RANGE = 0.14, 0.065  # of a row, to each side of its middle
SHORT = 9  # characters of a band's name that has room below its band on a phone


class ScoreChart(Chart):
    """Every score on its bands, with the range it could still have."""

    kind = "scores"

    def __init__(self, instrument: Instrument, words: Words) -> None:
        self.title = words("chart.scores")
        self._instrument, self._words = instrument, words
        count = len(instrument.scales)
        names = [b.name for s in instrument.scales for b in s.bands]
        self._apart = max(map(len, names), default=0) > SHORT
        below = 0.65 if self._apart else 0.5  # of a row
        x, y = bq.LinearScale(min=0, max=TOP), bq.LinearScale(min=-below, max=count - 0.5)
        scales = {"x": x, "y": y}
        self._rows = np.arange(count, dtype=float)[::-1]
        hues = [HUES[n % len(HUES)] for n in range(count)]
        # one mark for ranges and values: each mark that changes is a message to the page
        self._drawn = bq.Lines(
            x=np.zeros((2 * count, 5)), y=np.zeros((2 * count, 5)), scales=scales, close_path=True,
            colors=[*hues, *[INK] * count], stroke_width=1,
            opacities=[*[0.4] * count, *[1.0] * count], fill="inside", fill_colors=[*hues, *hues],
        )  # fmt: skip
        titles = bq.Label(
            x=np.zeros(count), y=self._rows + 0.34, text=[s.name for s in instrument.scales],
            scales=scales, colors=[INK], default_size=14, font_weight="bold", align="start",
        )  # fmt: skip
        marks = [*self._bands(scales), self._drawn, titles]
        edges = {b.below for s in instrument.scales for b in s.bands if b.below}
        self.figure = figure(
            marks, [axis(x, sorted({0, *edges, TOP}))], int(92 * (count + below - 0.5)) + 44, 16
        )

    def _bands(self, scales: dict[str, bq.Scale]) -> list[bq.Mark]:
        """Return a bar a band with a gap between, and the bands' names below."""
        spans = [
            (row, start, end)
            for row, scale in zip(self._rows, self._instrument.scales, strict=True)
            for _, start, end in scale.spans
        ]
        rows = np.array([row for row, _, _ in spans])
        bars = bq.Lines(
            x=np.array([[start + 0.3, end - 0.3] for _, start, end in spans]),
            y=np.repeat(rows[:, None], 2, axis=1), scales=scales, colors=[BAND], stroke_width=26,
        )  # fmt: skip
        return [bars, *self._names(scales)]

    def _names(self, scales: dict[str, bq.Scale]) -> list[bq.Mark]:
        """Return the bands' names; long ones take turns on two lines, the last goes leftwards."""
        starts, ends = [], []
        for row, scale in zip(self._rows, self._instrument.scales, strict=True):
            for place, (band, start, end) in enumerate(scale.spans):
                line = row - 0.33 - (0.17 if self._apart and place % 2 else 0)
                if self._apart and end == TOP and place:
                    ends.append((end - 0.3, line, band.name))
                else:
                    starts.append((start + 1, line, band.name))
        return [
            bq.Label(
                x=np.array([x for x, _, _ in names]), y=np.array([y for _, y, _ in names]),
                text=[text for _, _, text in names], scales=scales, colors=[SOFT],
                default_size=12, font_weight="normal", align=align,
            )
            for names, align in ((starts, "start"), (ends, "end"))
            if names
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
