"""The drawings of check-ins over time. Asked for only by who has some: nothing else imports it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.course import CourseChart
from workbook.charts.leaning import LeanChart, StepsChart
from workbook.charts.moved import MovedChart
from workbook.charts.ribbon import RibbonChart
from workbook.reflection.moves import last_moved

if TYPE_CHECKING:
    from workbook.charts.drawing import Chart
    from workbook.reflection.history import History
    from workbook.text.words import Words


def history_charts(history: History, words: Words) -> list[Chart[History]]:
    """Return the charts that have something to show of a history.

    Each score on its bands, the outcomes, what moved since last time, the lean, the steps.
    """
    instrument, points = history.instrument, history.points
    charts: list[Chart[History]] = []
    if not points:
        return charts
    charts += [CourseChart(instrument, s, words) for s in instrument.scales]
    if any(p.outcome for p in points):
        charts.append(RibbonChart(words))
    if last_moved(history):
        charts.append(MovedChart(words))
    if any(p.lean for p in points):
        charts.append(LeanChart(words))
    if any(step.done is not None for p in points for step in p.steps):
        charts.append(StepsChart(words))
    return charts
