"""What makes up a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.bars import Bar, draw_bars
from workbook.charts.drawing import Chart, Table, hue_of
from workbook.reflection.sentences import say_points, scale_part_name

if TYPE_CHECKING:
    from htpy import Renderable

    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Scale
    from workbook.scoring.assessment import Assessment, Part
    from workbook.text.words import Words


class PartsChart(Chart["Assessment"]):
    """What each item gives to one score, of what it could give; what counts most comes first."""

    kind = "parts"

    def __init__(self, instrument: Instrument, scale: Scale, words: Words) -> None:
        self.title = words("chart.parts", scale=scale.name)
        self._scale, self._words = scale, words
        self._hue = hue_of(instrument, scale)

    def draw(self, assessment: Assessment) -> Renderable:
        """Return a bar for each part."""
        bars = [
            Bar(self._name(assessment, p), p.points, p.possible, self._points(p))
            for p in self._parts(assessment)
        ]
        return draw_bars(bars, self._hue, self.say(assessment))

    def _parts(self, assessment: Assessment) -> list[Part]:
        """Return the parts by what they can give; of two alike, the first that was asked."""
        return sorted(assessment.parts[self._scale.id], key=lambda p: -round(p.possible, 9))

    def _name(self, assessment: Assessment, part: Part) -> str:
        return scale_part_name(assessment, self._scale, part.item, self._words)

    def _points(self, part: Part) -> str:
        words = self._words
        return words("answer.blank") if part.points is None else say_points(part.points, words)

    def say(self, assessment: Assessment) -> str:
        """Return in one sentence what the drawing shows."""
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
        """Return the drawing's numbers."""
        words = self._words
        rows = tuple(
            (self._name(assessment, p), self._points(p), say_points(p.possible, words))
            for p in self._parts(assessment)
        )
        return Table(tuple(words(f"table.{h}") for h in ("item", "points", "possible")), rows)
