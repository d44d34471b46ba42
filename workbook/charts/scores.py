"""Every score on its bands."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from htpy import b, div, fragment, i, path, rect, span, svg, text
from htpy import line as stroke

from workbook.charts.drawing import Chart, Table, hue_of, markup, percent
from workbook.reflection.sentences import band_text, number, say_score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from htpy import Element, Renderable
    from markupsafe import Markup

    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Band, Scale
    from workbook.scoring.assessment import Assessment, Score
    from workbook.text.words import Words

MIDDLE = 11  # pixels from the top of a bar
LEAST = 0.4  # points: what is narrower could not be seen
NEAR = 5  # points from an end, where a number has no room to both sides
INSIDE = 3  # points that an arrow reaches into the band it shows


class ScoreChart(Chart["Assessment"]):
    """Every score on its bands, with the range it could still have."""

    kind = "scores"

    def __init__(self, instrument: Instrument, words: Words) -> None:
        self.title = words("chart.scores")
        self._instrument, self._words = instrument, words

    def draw(self, assessment: Assessment) -> Renderable:
        """Return a bar for each score."""
        return fragment[draw_scores(assessment, self._words)]

    def say(self, assessment: Assessment) -> str:
        """Return in one sentence what the drawing shows."""
        return " ".join(
            say_score(s, assessment.scores[s.id], self._words) for s in self._instrument.scales
        )

    def table(self, assessment: Assessment) -> Table:
        """Return the drawing's numbers."""
        words = self._words
        rows = []
        for scale in self._instrument.scales:
            score = assessment.scores[scale.id]
            shown = (number(v, words) for v in (score.value, score.low, score.high))
            count = words("score.answered", answered=score.answered, asked=score.asked)
            rows.append((scale.name, *shown, band_text(scale, score, words), count))
        head = ("scale", "value", "low", "high", "band", "answered")
        return Table(tuple(words(f"table.{h}") for h in head), tuple(rows))


def draw_scores(assessment: Assessment, words: Words) -> list[Element]:
    """Return every score on its bands; the style of the place says how much of it is shown."""
    return [_draw(assessment, scale, words) for scale in assessment.instrument.scales]


def _draw(assessment: Assessment, scale: Scale, words: Words) -> Element:
    score = assessment.scores[scale.id]
    bands = tuple((band.name, start, end) for band, start, end in scale.spans)
    given = next((n for n, (band, *_) in enumerate(scale.spans) if band.id == score.band), -1)
    said = span[
        span(".wb-figure")[number(score.value, words)],
        score.band and span(".wb-said-band")[i[" · "], scale.bands[given].name],
    ]
    return div(
        class_=f"wb-score wb-score-{scale.id} {hue_of(assessment.instrument, scale)}",
        role="img",
        aria_label=say_score(scale, score, words),
    )[
        div(".wb-score-name")[b[scale.name], said],
        svg(".wb-track")[_ground(bands), _marks(scale, score, words)],
        _names(bands, given),
    ]


@lru_cache(maxsize=64)
def _ground(bands: tuple[tuple[str, float, float], ...]) -> Markup:
    """Return the bands of a bar."""
    drawn = (
        rect(".wb-band", x=percent(start), width=percent(end - start)) for _, start, end in bands
    )
    return markup(drawn)


@lru_cache(maxsize=64)
def _names(bands: tuple[tuple[str, float, float], ...], given: int) -> Markup:
    """Return the names of the bands, each below its own; the one that is given is strong."""
    names = (
        span(style=f"width:{percent(end - start)}")[b[name] if n == given else name]
        for n, (name, start, end) in enumerate(bands)
    )
    return markup(div(".wb-bands")[names])


def _marks(scale: Scale, score: Score, words: Words) -> Iterator[Element]:
    """Yield what lies on the bands: the band that is held, the range, the score with its number."""
    if score.low is None or score.high is None:
        return
    value, free = score.value, None if score.value is None else scale.band_at(score.value)
    if free and free.id != score.band:
        yield from _held(scale, free)
    wide = max(score.high - score.low, LEAST)
    yield rect(".wb-range", x=percent(score.low), width=percent(wide))
    if value is None:
        return
    if free and free.id != score.band:
        yield from _arrow(scale, score, value)
    yield rect(".wb-mark", x=percent(value))
    side = "start" if value < NEAR else "end" if value > 100 - NEAR else "middle"
    yield text(x=percent(value), text_anchor=side)[number(value, words)]


def _held(scale: Scale, free: Band) -> Iterator[Element]:
    """Yield the band that the points alone would give, hatched: a cap or a floor closes it."""
    start, end = scale.span(free.id)
    places = {"x1": percent(start + LEAST), "x2": percent(end - LEAST)}
    yield stroke(".wb-hatch", places, y1=MIDDLE, y2=MIDDLE)


def _arrow(scale: Scale, score: Score, value: float) -> Iterator[Element]:
    """Yield an arrow from the score to the band that is given instead."""
    start, end = scale.span(str(score.band))
    down = value >= end
    tip = max(end - INSIDE, start) if down else min(start + INSIDE, end)
    yield stroke(".wb-arrow", x1=percent(value), x2=percent(tip), y1=MIDDLE, y2=MIDDLE)
    head = "M-2 0l8-5v10z" if down else "M2 0l-8-5v10z"
    yield svg(".wb-head", x=percent(tip), y=MIDDLE)[path(d=head)]
