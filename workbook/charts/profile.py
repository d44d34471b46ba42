"""What the ticked boxes are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.bars import Bar, draw_bars
from workbook.charts.drawing import HUES, Chart, Table
from workbook.reflection.sentences import number, say_themes
from workbook.reflection.themes import count_themes

if TYPE_CHECKING:
    from htpy import Renderable

    from workbook.instrument.model import Instrument
    from workbook.scoring.assessment import Assessment
    from workbook.text.words import Words


class ProfileChart(Chart["Assessment"]):
    """How many of each theme's boxes are ticked."""

    kind = "profile"

    def __init__(self, instrument: Instrument, words: Words) -> None:
        self.title = words("chart.profile")
        self._instrument, self._words = instrument, words

    def draw(self, assessment: Assessment) -> Renderable:
        """Return a bar for each theme."""
        words = self._words
        counts = count_themes(self._instrument, assessment.answers)
        said = (f"{number(c.ticked, words)}/{number(c.of, words)}" for c in counts)
        bars = [Bar(c.theme.name, c.ticked, c.of, s) for c, s in zip(counts, said, strict=True)]
        return draw_bars(bars, f"wb-hue-{HUES - 1}", self.say(assessment))

    def say(self, assessment: Assessment) -> str:
        """Return in one sentence what the drawing shows."""
        return say_themes(self._instrument, assessment.answers, self._words)

    def table(self, assessment: Assessment) -> Table:
        """Return the drawing's numbers."""
        words = self._words
        head = tuple(words(f"table.{h}") for h in ("theme", "ticked", "boxes"))
        counts = count_themes(self._instrument, assessment.answers)
        return Table(
            head,
            tuple((c.theme.name, number(c.ticked, words), number(c.of, words)) for c in counts),
        )
