"""What ticked boxes could be about: a careful reading of somebody else's message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.instrument.answers import Answers
    from workbook.instrument.content import Theme
    from workbook.instrument.model import Instrument


@dataclass(frozen=True)
class Count:
    """How many of a theme's boxes are ticked."""

    theme: Theme
    ticked: int
    of: int

    @property
    def share(self) -> float:
        """Ticked boxes of all, 0 to 1."""
        return self.ticked / self.of


def count_themes(instrument: Instrument, answers: Answers) -> tuple[Count, ...]:
    """Return the count of each theme, in file order."""
    counts = []
    for theme in instrument.themes:
        boxes = [i.id for i in instrument.items if i.theme == theme.id]
        counts.append(Count(theme, sum(answers.get(b) is True for b in boxes), len(boxes)))
    return tuple(counts)


def foremost(counts: tuple[Count, ...]) -> tuple[tuple[Count, ...], tuple[Count, ...]]:
    """Return the themes with the largest share, and those with the least; both empty if all equal.

    Where nothing is ticked, nothing stands out.
    """
    shares = [c.share for c in counts]
    if not shares or max(shares) == min(shares):
        return (), ()
    most = tuple(c for c in counts if c.share == max(shares))
    return most, tuple(c for c in counts if c.share == min(shares))
