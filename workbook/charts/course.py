"""A score over time, on its bands, with its range at each point."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from htpy import div, g, rect, svg, text

from workbook.charts.drawing import Chart, Entry, Table, hue_of, markup, percent
from workbook.charts.lines import Level, draw_line, spots_of
from workbook.charts.timeline import Axis
from workbook.instrument.scales import TOP
from workbook.reflection.history import History
from workbook.reflection.retelling import say_course
from workbook.reflection.sentences import band_text, number

if TYPE_CHECKING:
    from htpy import Renderable
    from markupsafe import Markup

    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Scale
    from workbook.reflection.history import Point
    from workbook.scoring.assessment import Score
    from workbook.text.words import Words


SHORT = 10  # characters of a band's name that has room beside the band
ROOM = 18  # points of a band that has room for its name


class CourseChart(Chart[History]):
    """One score as a line over its bands."""

    kind = "course"

    def __init__(self, instrument: Instrument, scale: Scale, words: Words) -> None:
        self.title = words("chart.course", scale=scale.name)
        self._scale, self._words = scale, words
        self._hue = hue_of(instrument, scale)

    def draw(self, history: History) -> Renderable:
        """Return the line on its bands, and the days below."""
        axis = Axis(history)
        bands = tuple((band.name, start, end) for band, start, end in self._scale.spans)
        spots = spots_of(history, axis, self._level)
        last = [score for _, score in history.scored(self._scale.id)][-1:]
        numbers = tuple(self._words.number(n) for n in (0, *(end for _, _, end in bands)))
        return div(class_=f"wb-course {self._hue}", role="img", aria_label=self.say(history))[
            svg(".wb-plot")[
                _ground(bands, numbers),
                draw_line(spots, number(last[0].value, self._words)) if spots else None,
            ],
            axis.draw(self._words),
        ]

    def say(self, history: History) -> str:
        """Return in one sentence what the drawing shows."""
        return say_course(history, self._scale, self._words)

    def table(self, history: History) -> Table:
        """Return the drawing's numbers: every point, however many are drawn."""
        words = self._words
        rows = []
        for point, day in history.days.items():
            score = point.score(self._scale.id)
            values = (score.value, score.low, score.high) if score else (None,) * 3
            band = band_text(self._scale, score, words) if score else words("score.none")
            rows.append((day, *(number(v, words) for v in values), band))
        head = ("day", "score", "low", "high", "band")
        return Table(tuple(words(f"table.{h}") for h in head), tuple(rows))

    def legend(self, history: History) -> tuple[Entry, ...]:
        """Return what a shaded range is, and a hollow point where there is one."""
        scored = [score for _, score in history.scored(self._scale.id)]
        words = self._words
        found = []
        if any(s.low != s.high for s in scored):
            found.append(Entry("", words("course.range"), f"wb-ground-range {self._hue}"))
        if any(_held(self._scale, s) for s in scored):
            found.append(Entry("○", words("course.held"), f"wb-ground-bare {self._hue}"))
        return tuple(found)

    def _level(self, point: Point) -> Level | None:
        score = point.score(self._scale.id)
        if score is None:
            return None
        y, low, high = (v or 0.0 for v in (score.value, score.low, score.high))
        return Level(y, low, high, held=_held(self._scale, score))


def _held(scale: Scale, score: Score) -> bool:
    return score.value is not None and scale.band_at(score.value).id != score.band


@lru_cache(maxsize=32)
def _ground(bands: tuple[tuple[str, float, float], ...], numbers: tuple[str, ...]) -> Markup:
    """Return the bands with their names, and the numbers at their edges, all beside them."""
    levels = (
        rect(".wb-level", y=percent(TOP - end), height=percent(end - start), width="100%")
        for _, start, end in bands
    )
    names = (
        text(class_="wb-inside" if len(name) > SHORT else None, y=percent(TOP - (a + b) / 2))[name]
        for name, a, b in bands
        if b - a >= ROOM
    )
    edges = zip((0.0, *(end for _, _, end in bands)), numbers, strict=True)
    beside = (text(y=percent(TOP - at))[said] for at, said in edges)
    return markup(levels, g(".wb-beside.wb-names")[names], g(".wb-beside")[beside])
