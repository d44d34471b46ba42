"""The result at length: what the answers line up with, why, and the charts with their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts import charts_of
from workbook.instrument.answers import NO_ANSWERS
from workbook.page.state import hidden
from workbook.page.views.explain import firm, turn, why
from workbook.page.views.parts import (
    box,
    details,
    html,
    legend,
    paragraphs,
    switch_class,
    table,
    tag,
)
from workbook.reflection.sentences import headline, needs
from workbook.reflection.ties import say_standing
from workbook.scoring.assessment import assess

if TYPE_CHECKING:
    import ipywidgets as w

    from workbook.charts import Chart
    from workbook.page.state import State
    from workbook.scoring.assessment import Assessment
    from workbook.text.words import Words


def result_view(state: State, words: Words) -> w.Widget:
    """Return the result section; while a gate withholds the scores it holds no score or verdict."""
    said, later = html(classes="wb-result-said"), html(classes="wb-result-later")
    charts = charts_of(state.instrument, words)
    texts = [html(classes="wb-chart-text") for _ in charts]
    views = [_chart_view(chart, text) for chart, text in zip(charts, texts, strict=True)]
    whole = box([html(tag("h2", words("result.title"))), said, later, *views], "wb wb-result")
    blank = assess(state.instrument, NO_ANSWERS)
    for chart in charts:
        chart.show(blank)  # a figure keeps the height with which the page first lays it out

    def draw() -> None:
        if not hidden(state):
            for chart in charts:
                chart.show(state.assessment)
            state.outbox.flush()

    def show() -> None:
        off = hidden(state)
        for chart, text in zip(charts, texts, strict=True):
            text.value = "" if off else _chart_text(chart, state.assessment, words)
        said.value = _said(state, words)
        switch_class(whole, "wb-withheld", on=off)
        if not off:
            for chart in charts:
                chart.show_ground(state.assessment)

    def follow(rested: Assessment | None) -> None:
        """Say what takes longer to work out, and nothing at all of older answers."""
        later.value = _later(state, rested, words)

    marks = [mark for chart in charts for mark in chart.figure.marks]
    state.outbox.attach(said, later, whole, *texts, *marks)
    state.watch_result(draw, first=True)
    state.watch_result(show)
    state.watch_debounced(follow)
    return whole


def _later(state: State, rested: Assessment | None, words: Words) -> str:
    if hidden(state):
        return ""
    if rested is None:
        return tag("p", words("turn.wait"))
    return firm(rested, state.progress, words) + turn(rested, words)


def _said(state: State, words: Words) -> str:
    assessment = state.assessment
    if assessment.outcome is None:
        return ""
    withheld = "scores" in assessment.withheld
    if hidden(state) and not withheld:
        return paragraphs([words("signs.first")])
    outcome = state.instrument.outcome(assessment.outcome)
    standing = say_standing(assessment, words)
    texts = [outcome.text, *([standing] if standing else [])]
    parts = [tag("h3", headline(assessment, words)), paragraphs(texts)]
    if "outcome" in assessment.withheld:
        return "".join(parts)
    if assessment.status == "open" and not withheld:
        parts.append(paragraphs(needs(state.instrument, state.progress, words)))
    parts.append(why(assessment, words))
    return "".join(parts)


def _chart_view(chart: Chart, text: w.HTML) -> w.Widget:
    """Return a chart under its heading, with the text that says the same."""
    return box([html(tag("h3", chart.title)), chart.figure, text], f"wb-chart wb-{chart.kind}")


def _chart_text(chart: Chart, assessment: Assessment, words: Words) -> str:
    data = chart.table(assessment)
    rows = table(data.head, data.rows, chart.title)
    said = legend(chart.legend(assessment)) + paragraphs([chart.say(assessment)])
    return said + details(words("chart.table"), rows)
