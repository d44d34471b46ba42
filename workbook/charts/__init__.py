"""The charts: bqplot figures of an assessment, each with a sentence and a table saying the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.figures import HUES, Chart, Entry, Table
from workbook.charts.map import MapChart
from workbook.charts.parts import PartsChart
from workbook.charts.profile import ProfileChart
from workbook.charts.scores import ScoreChart

if TYPE_CHECKING:
    from workbook.instrument.model import Instrument
    from workbook.text.words import Words

__all__ = [
    "HUES",
    "Chart",
    "Entry",
    "Table",
    "charts_of",
]


def charts_of(instrument: Instrument, words: Words) -> list[Chart]:
    """Return the charts that fit an instrument.

    A map only where the rules look at two scales, a profile only where boxes have themes.
    """
    charts: list[Chart] = [ScoreChart(instrument, words)]
    pair = instrument.rule_scales
    if len(pair) == 2:  # noqa: PLR2004  # a map has two sides
        charts.append(MapChart(instrument, (pair[0], pair[1]), words))
    charts += [PartsChart(instrument, s, words) for s in instrument.scales]
    if instrument.themes:
        charts.append(ProfileChart(instrument, words))
    return charts
