"""What the ticked boxes are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.bars import Bars
from workbook.charts.figures import HUES, Chart, Table
from workbook.reflection.sentences import number, say_themes
from workbook.reflection.themes import count_themes

if TYPE_CHECKING:
    from workbook.instrument.model import Instrument
    from workbook.scoring.assessment import Assessment
    from workbook.text.words import Words


class ProfileChart(Chart):
    """How many of each theme's boxes are ticked."""

    kind = "profile"

    def __init__(self, instrument: Instrument, words: Words) -> None:
        self.title = words("chart.profile")
        self._instrument, self._words = instrument, words
        self._bars = Bars(HUES[-1], 1)
        self.figure = self._bars.figure

    def show(self, assessment: Assessment) -> None:
        """Bring the figure up to date."""
        counts = count_themes(self._instrument, assessment.answers)
        names = [c.theme.name for c in counts]
        self._bars.show(names, [c.ticked for c in counts], [c.of for c in counts])

    def say(self, assessment: Assessment) -> str:
        """Return in one sentence what the figure shows."""
        return say_themes(self._instrument, assessment.answers, self._words)

    def table(self, assessment: Assessment) -> Table:
        """Return the figure's numbers."""
        words = self._words
        head = tuple(words(f"table.{h}") for h in ("theme", "ticked", "boxes"))
        counts = count_themes(self._instrument, assessment.answers)
        return Table(
            head,
            tuple((c.theme.name, number(c.ticked, words), number(c.of, words)) for c in counts),
        )
