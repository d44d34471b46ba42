"""The charts: drawings of an assessment, each with a sentence and a table that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.drawing import Chart, Entry, Table, drawing_style, markup
from workbook.charts.map import MapChart
from workbook.charts.parts import PartsChart
from workbook.charts.profile import ProfileChart
from workbook.charts.scores import ScoreChart, draw_scores

if TYPE_CHECKING:
    from workbook.instrument.model import Instrument
    from workbook.text.words import Words

__all__ = [
    "Chart",
    "Entry",
    "Table",
    "charts_of",
    "draw_scores",
    "drawing_style",
    "map_of",
    "markup",
]


def charts_of(instrument: Instrument, words: Words) -> list[Chart]:
    """Return the charts that fit an instrument.

    A map only where the rules look at two scales, a profile only where boxes have themes.
    """
    charts: list[Chart] = [ScoreChart(instrument, words)]
    charts += [found] if (found := map_of(instrument, words)) else []
    charts += [PartsChart(instrument, s, words) for s in instrument.scales]
    if instrument.themes:
        charts.append(ProfileChart(instrument, words))
    return charts


def map_of(instrument: Instrument, words: Words) -> Chart | None:
    """Return the map of an instrument, where its rules look at two scales."""
    pair = instrument.rule_scales
    if len(pair) != 2:  # noqa: PLR2004  # a map has two sides
        return None
    return MapChart(instrument, (pair[0], pair[1]), words)
