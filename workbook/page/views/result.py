"""The result at length: what the answers line up with, why, and the charts with their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from htpy import Node, h2, h3, li, p, ul

from workbook.charts import charts_of, markup
from workbook.page.state import hidden
from workbook.page.telling import Phase
from workbook.page.views.explain import firm, turn, why
from workbook.page.views.parts import (
    box,
    chart_text,
    html,
    key_class,
    switch_class,
    way_to,
)
from workbook.reflection.journey import RESULT
from workbook.reflection.sentences import headline, needs
from workbook.reflection.ties import say_standing

if TYPE_CHECKING:
    import ipywidgets as w

    from workbook.page.state import State
    from workbook.text.words import Words


def result_view(state: State, words: Words) -> w.Widget:
    """Return the result section; while a gate withholds the scores it holds no score or verdict."""
    said, later = html(classes="wb-result-said"), html(classes="wb-result-later")
    charts = charts_of(state.instrument, words)
    drawings = [html(classes="wb-drawing") for _ in charts]
    texts = [html(classes="wb-chart-text") for _ in charts]
    views = [
        box([html(h3[chart.title]), drawing, text], f"wb-chart wb-{chart.kind}")
        for chart, drawing, text in zip(charts, drawings, texts, strict=True)
    ]
    framing = state.instrument.about.framing
    head = html([h2[words("result.title")], framing and p(".wb-hint")[framing]])
    whole = box([head, said, later, *views], "wb wb-result")

    def draw() -> None:
        off = hidden(state)
        for chart, drawing in zip(charts, drawings, strict=True):
            drawing.value = markup(not off and chart.draw(state.assessment))

    def show() -> None:
        off = hidden(state)
        for chart, text in zip(charts, texts, strict=True):
            text.value = markup(not off and chart_text(chart, state.assessment, words))
        said.value = markup(_said(state, words))
        switch_class(whole, "wb-withheld", on=off)

    def follow() -> None:
        """Say what takes longer to work out, and nothing at all of older answers."""
        later.value = markup(_later(state, words))

    state.outbox.carry(said, later, whole, *texts, *drawings)
    state.tell(Phase.SAY, draw, step=RESULT)
    state.tell(Phase.SAY, show, step=RESULT)
    state.tell(Phase.REST, follow, step=RESULT)
    return whole


def _later(state: State, words: Words) -> Node:
    rested = state.rested
    if hidden(state):
        return None
    if rested is None:
        return p[words("turn.wait")]
    return [firm(rested, state.progress, words), turn(rested, words)]


def _said(state: State, words: Words) -> Node:
    assessment = state.assessment
    if assessment.outcome is None:
        return None
    withheld = "scores" in assessment.withheld
    if hidden(state) and not withheld:
        return p[words("signs.first")]
    outcome = state.instrument.outcome(assessment.outcome)
    standing = say_standing(assessment, words)
    parts: list[Node] = [h3[headline(assessment, words)], p[outcome.text]]
    parts.append(standing and p[standing])
    if "outcome" in assessment.withheld:
        return parts
    if assessment.status == "open" and not withheld:
        parts.append(_needs(state, words))
    return [*parts, why(assessment, words)]


def _needs(state: State, words: Words) -> Node:
    """Return what a result still needs, each with the way to the first question for it."""
    told = zip(needs(state.instrument, state.progress, words), state.progress.needs, strict=True)
    return ul(".wb-needs")[(li[way_to(text, key_class(need.items[0]))] for text, need in told)]
