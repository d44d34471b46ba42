"""Two scores against each other."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from htpy import circle, div, g, rect, span, svg, text
from htpy import line as stroke

from workbook.charts.drawing import Chart, Entry, Table, markup, percent
from workbook.instrument.scales import TOP
from workbook.reflection.sentences import map_marks, say_map
from workbook.scoring.rules import plain_regions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from htpy import Element, Renderable
    from markupsafe import Markup

    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Scale
    from workbook.scoring.assessment import Assessment, Score
    from workbook.text.words import Words

HIGH = 300  # pixels, as in drawing.css
GAP = 3  # pixels between two regions
TINTS = 6  # wb-tint-0 to wb-tint-5 in drawing.css


class Region(NamedTuple):
    """The scores of a region, 0 to 100: from and up to, across and upwards."""

    left: float
    right: float
    low: float
    high: float

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies here; an upper edge belongs to the next region."""
        across = self.left <= x < self.right or x == self.right == TOP
        return across and (self.low <= y < self.high or y == self.high == TOP)

    def room_for_name(self, place: tuple[float, float] | None) -> str:
        """Return where the region's name goes: it makes way for a point that lies here."""
        if place is None or not self.holds(*place):
            return "middle"
        return "bottom" if place[1] > (self.low + self.high) / 2 else "top"


class MapChart(Chart["Assessment"]):
    """Two scores against each other, over the outcomes that each pair of bands leads to now."""

    kind = "map"

    def __init__(self, instrument: Instrument, pair: tuple[Scale, Scale], words: Words) -> None:
        self._instrument, self._pair, self._words = instrument, pair, words
        across, up = pair
        self.title = words("chart.map", across=across.name, up=up.name)
        self._regions = {
            (a, b): Region(*across.spans[a][1:], *up.spans[b][1:])
            for a in range(len(across.bands))
            for b in range(len(up.bands))
        }
        self._ticks = markup(_ticks(across, up, words))

    def draw(self, assessment: Assessment) -> Renderable:
        """Return the regions with the person's place among them."""
        across, up = self._pair
        return div(".wb-plane", role="img", aria_label=self.say(assessment))[
            div(".wb-up")[span[up.name], " ↑"],
            svg(".wb-field")[self._ticks, self._drawn(assessment)],
            div(".wb-across")[span[across.name], " →"],
        ]

    def _drawn(self, assessment: Assessment) -> Iterator[Element | Markup]:
        a, b = (assessment.scores[scale.id] for scale in self._pair)
        place = None if a.value is None or b.value is None else (a.value, b.value)
        marks, closed = map_marks(assessment, self._words), self._closed(assessment)
        # the region of the point is the last, so that its frame lies on top of the others
        here = {r: place is not None and r.holds(*place) for r in self._regions.values()}
        for cell, region in sorted(self._regions.items(), key=lambda cell: here[cell[1]]):
            outcome = assessment.regions[cell]
            name = region.room_for_name(place)
            tint, mark = self._tint(outcome), marks[outcome]
            yield _draw_region(region, tint, mark, name, closed=cell in closed)
        yield from _range(a, b)
        if place:
            x, y = percent(place[0]), percent(TOP - place[1])
            yield circle(".wb-ring", cx=x, cy=y)
            yield circle(".wb-point", cx=x, cy=y)

    def _closed(self, assessment: Assessment) -> frozenset[tuple[int, ...]]:
        """Return the regions where an answer of this person stands against what the rules say."""
        plain = plain_regions(self._instrument)
        return frozenset(c for c, outcome in assessment.regions.items() if plain[c] != outcome)

    def legend(self, assessment: Assessment) -> tuple[Entry, ...]:
        """Return the names that the drawing has no room for, and what hatching means."""
        outcome, words = self._instrument.outcome, self._words
        names = (
            Entry(mark, outcome(o).name, f"wb-tint-{self._tint(o)}")
            for o, mark in map_marks(assessment, words).items()
            if mark != outcome(o).name
        )
        hatched = Entry("", words("map.closed"), "wb-ground-hatched")
        return (*names, *([hatched] if self._closed(assessment) else []))

    def _tint(self, outcome: str) -> int:
        return [o.id for o in self._instrument.outcomes].index(outcome) % TINTS

    def say(self, assessment: Assessment) -> str:
        """Return in one sentence what the drawing shows."""
        return say_map(assessment, self._words)

    def table(self, assessment: Assessment) -> Table:
        """Return the drawing's numbers."""
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


@lru_cache(maxsize=256)
def _draw_region(region: Region, tint: int, mark: str, name: str, *, closed: bool) -> Markup:
    """Return a region with its name; hatched where it is closed, framed where the point lies."""
    left, right, low, high = region
    thick = (high - low) * HIGH / TOP - 2 * GAP
    across = {"x1": str(GAP), "x2": "100%", "y1": "50%", "y2": "50%"}
    hatch = closed and stroke(".wb-hatch", across, style=f"stroke-width:{thick:g}px")
    y = {"top": "0", "middle": "50%", "bottom": "100%"}[name]
    here = "" if name == "middle" else f" wb-here wb-{name}"
    place = {"x": percent(left), "y": percent(TOP - high)}
    size = {"width": percent(right - left), "height": percent(high - low)}
    look = {"class": f"wb-tint-{tint}{here}"}
    return markup(svg(look | place | size)[rect, hatch, text(x="50%", y=y)[mark]])


def _range(a: Score, b: Score) -> Iterator[Element]:
    """Yield where the point could still be; where nothing is open the point says it all."""
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return
    if (a.low, b.low) == (a.high, b.high):
        return
    left, right, top, bottom = map(percent, (a.low, a.high, TOP - b.high, TOP - b.low))
    if a.low == a.high or b.low == b.high:
        yield stroke(".wb-frame-open", x1=left, x2=right, y1=top, y2=bottom)
    else:
        size = {"width": percent(a.high - a.low), "height": percent(b.high - b.low)}
        yield rect(".wb-frame-open", size, x=left, y=top)


def _ticks(across: Scale, up: Scale, words: Words) -> Iterator[Element]:
    """Yield the numbers at the edges of the bands, below and beside the plane."""
    below = [0.0, *(end for _, _, end in across.spans)]
    beside = [0.0, *(end for _, _, end in up.spans)]
    yield g(".wb-below")[(text(x=percent(n), y="100%")[words.number(n)] for n in below)]
    yield g(".wb-beside")[(text(y=percent(TOP - n))[words.number(n)] for n in beside)]
