"""The result at length: what the answers line up with, why, and the charts with their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts import charts_of
from workbook.views.explain import firm, turn, why
from workbook.views.panel import headline, needs
from workbook.views.parts import box, details, html, paragraphs, switch_class, table, tag

if TYPE_CHECKING:
    import ipywidgets as w

    from workbook.assessment import Assessment
    from workbook.charts import Chart
    from workbook.progress import Progress
    from workbook.state import State
    from workbook.words import Words


def result_view(state: State, words: Words) -> w.Widget:
    """Return the result section; while a gate withholds the scores it holds no score or verdict."""
    said, later = html(classes="wb-result-said"), html(classes="wb-result-later")
    charts = [_chart_view(state, chart, words) for chart in charts_of(state.instrument, words)]
    whole = box([html(tag("h2", words("result.title"))), said, later, *charts], "wb wb-result")

    def show() -> None:
        said.value = _said(state, words)
        switch_class(whole, "wb-withheld", on="scores" in state.assessment.withheld)

    def follow(rested: Assessment | None) -> None:
        """Say what takes longer to work out, and nothing at all of older answers."""
        later.value = _later(rested, state.progress, words)

    state.watch_result(show)
    state.watch_rested(follow)
    return whole


def _later(rested: Assessment | None, progress: Progress, words: Words) -> str:
    if rested is None:
        return tag("p", words("turn.wait"))
    if "outcome" in rested.withheld:
        return ""
    return firm(rested, progress, words) + turn(rested, words)


def _said(state: State, words: Words) -> str:
    assessment = state.assessment
    if assessment.outcome is None:
        return ""
    outcome = state.instrument.outcome(assessment.outcome)
    parts = [tag("h3", headline(assessment, words)), paragraphs([outcome.text])]
    if assessment.status == "open":
        parts.append(paragraphs(needs(state.progress, state, words)))
    if "outcome" not in assessment.withheld:
        parts.append(why(assessment, words))
    return "".join(parts)


def _chart_view(state: State, chart: Chart, words: Words) -> w.Widget:
    """Return a chart under its heading, with the sentence and the table that say the same."""
    text = html(classes="wb-chart-text")

    def show() -> None:
        assessment = state.assessment
        if "scores" in assessment.withheld:
            text.value = ""
            return
        chart.show(assessment)
        data = chart.table(assessment)
        rows = table(data.head, data.rows, chart.title)
        text.value = paragraphs([chart.say(assessment)]) + details(words("chart.table"), rows)

    state.watch_result(show)
    return box([html(tag("h3", chart.title)), chart.figure, text], f"wb-chart wb-{chart.kind}")
