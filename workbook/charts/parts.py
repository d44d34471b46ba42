"""What makes up a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.bars import Bars
from workbook.charts.figures import HUES, Chart, Table
from workbook.reflection.sentences import say_points, scale_part_name

if TYPE_CHECKING:
    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Scale
    from workbook.scoring.assessment import Assessment, Part
    from workbook.text.words import Words

STEP = 5  # points


class PartsChart(Chart):
    """What each item gives to one score, of what it could give."""

    kind = "parts"

    def __init__(self, instrument: Instrument, scale: Scale, words: Words) -> None:
        self.title = words("chart.parts", scale=scale.name)
        self._instrument, self._scale, self._words = instrument, scale, words
        hue = HUES[instrument.scales.index(scale) % len(HUES)]
        self._bars = Bars(hue, STEP)
        self.figure = self._bars.figure

    def show(self, assessment: Assessment) -> None:
        """Bring the figure up to date."""
        parts = assessment.parts[self._scale.id]
        names = [self._name(assessment, p) for p in parts]
        self._bars.show(names, [p.points or 0.0 for p in parts], [p.possible for p in parts])

    def _name(self, assessment: Assessment, part: Part) -> str:
        return scale_part_name(assessment, self._scale, part.item, self._words)

    def say(self, assessment: Assessment) -> str:
        """Return in one sentence what the figure shows."""
        scored = [p for p in assessment.parts[self._scale.id] if p.points is not None]
        if not scored or assessment.scores[self._scale.id].value is None:
            return self._words("parts.open", scale=self._scale.name)
        most = max(scored, key=lambda p: p.points or 0)
        gap = max(scored, key=lambda p: p.possible - (p.points or 0))
        return self._words(
            "parts.said",
            scale=self._scale.name,
            most=self._name(assessment, most),
            points=say_points(most.points, self._words),
            gap=self._name(assessment, gap),
            missing=say_points(gap.possible - (gap.points or 0), self._words),
        )

    def table(self, assessment: Assessment) -> Table:
        """Return the figure's numbers."""
        words = self._words
        rows = tuple(
            (
                self._name(assessment, p),
                words("answer.blank") if p.points is None else say_points(p.points, words),
                say_points(p.possible, words),
            )
            for p in assessment.parts[self._scale.id]
        )
        return Table(tuple(words(f"table.{h}") for h in ("item", "points", "possible")), rows)
