"""The charts: drawings of an assessment, each with a sentence and a table that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from htpy import div, h3, p, style
from markupsafe import Markup

from workbook.charts.drawing import Chart, Entry, Table, drawing_style, markup
from workbook.charts.map import MapChart
from workbook.charts.palette import light
from workbook.charts.parts import PartsChart
from workbook.charts.profile import ProfileChart
from workbook.charts.scores import ScoreChart, draw_scores

if TYPE_CHECKING:
    from workbook.instrument.model import Instrument
    from workbook.scoring.assessment import Assessment
    from workbook.text.words import Words

__all__ = [
    "Chart",
    "Entry",
    "Table",
    "charts_of",
    "draw",
    "draw_scores",
    "drawing_style",
    "map_of",
    "markup",
]


def charts_of(instrument: Instrument, words: Words) -> list[Chart[Assessment]]:
    """Return the charts that fit an instrument.

    A map only where the rules look at two scales, a profile only where boxes have themes.
    """
    charts: list[Chart[Assessment]] = [ScoreChart(instrument, words)]
    charts += [found] if (found := map_of(instrument, words)) else []
    charts += [PartsChart(instrument, s, words) for s in instrument.scales]
    if instrument.themes:
        charts.append(ProfileChart(instrument, words))
    return charts


def map_of(instrument: Instrument, words: Words) -> Chart[Assessment] | None:
    """Return the map of an instrument, where its rules look at two scales."""
    pair = instrument.rule_scales
    if len(pair) != 2:  # noqa: PLR2004  # a map has two sides
        return None
    return MapChart(instrument, (pair[0], pair[1]), words)


def draw(assessment: Assessment, kind: str | None = None) -> Markup:
    """Draw an assessment: HTML that brings its style, for a notebook or a document of one's own.

    Parameters
    ----------
    assessment
        What :func:`workbook.assess` returned.
    kind
        "scores", "map", "parts" or "profile"; by default every chart that fits the instrument.

    Returns
    -------
    Markup
        The charts, a heading and a sentence with each; nothing where the scores are withheld.

    Raises
    ------
    ValueError
        For another kind.

    Notes
    -----
    Lengths and places are percent of the width, so that it fits any page. The colours are those
    for paper.

    Examples
    --------
    >>> import workbook
    >>> car = workbook.load_instrument("data/examples/car.toml")
    >>> drawn = workbook.draw(workbook.assess(car, {"them.driving": 4}), "map")
    >>> "wb-field" in drawn, "wb-point" in drawn.partition("</style>")[2]  # a map, no point yet
    (True, False)

    """
    if kind not in (None, "scores", "map", "parts", "profile"):
        raise ValueError(kind)
    words = assessment.instrument.words
    if "scores" in assessment.withheld:
        return Markup()
    shown = [c for c in charts_of(assessment.instrument, words) if kind in (None, c.kind)]
    look = style[Markup(light(".wb-drawn")), Markup(drawing_style())]  # noqa: S704  # our own files
    said = ([h3[c.title], c.draw(assessment), p[c.say(assessment)]] for c in shown)
    ground = "color: var(--wb-ink); background: var(--wb-paper); padding: 1rem"
    return markup(look, div(".wb-drawn.wb-chart", style=ground, dir=words.direction)[said])
