"""Over time: what earlier check-ins and the answers on the page show together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from htpy import div, h2, h3, p

from workbook.charts import markup
from workbook.page.state import hidden
from workbook.page.telling import Phase
from workbook.page.views.alone import alone, template
from workbook.page.views.earlier import Earlier
from workbook.page.views.parts import (
    box,
    chart_text,
    html,
    key_class,
    legend_of,
    paragraphs,
    switch_class,
    table_of,
    way_to,
)
from workbook.reflection.journey import HISTORY

if TYPE_CHECKING:
    import ipywidgets as w
    from htpy import Node

    from workbook.page.past import Past
    from workbook.page.state import State
    from workbook.page.views.files import Files
    from workbook.reflection.history import History
    from workbook.text.words import Words


def history_view(state: State, past: Past, words: Words, saving: Files) -> w.Widget:
    """Return the section; while a gate withholds the scores it shows nothing of any time.

    Nothing is worked out before a file has been given; then it follows the answers at rest.
    """
    head = html([h2[words("history.title")], p(".wb-intro")[words("history.intro")]])
    files = Earlier(state, past, words, saving, lambda: story(state, past, words))
    page = html(classes="wb-history-page")
    whole = box([head, files, page], "wb wb-history")

    def show() -> None:
        withheld = "scores" in state.assessment.withheld
        switch_class(whole, "wb-withheld", on=withheld)
        if withheld:
            page.value = markup(p(".wb-intro")[words("chapter.withheld")])
        elif not past.checkins:
            page.value = ""
        elif hidden(state):  # no score of any time before the signs of today
            page.value = markup(_signs_first(state, words))
        elif state.rested and (history := past.history()):
            page.value = markup(_page(history, words))

    state.outbox.carry(page, files, whole)
    state.tell(Phase.REST, show, step=HISTORY)
    past.observe(lambda _: show(), "turn")
    return whole


def _signs_first(state: State, words: Words) -> Node:
    blank = [sign.id for sign in state.instrument.signs if sign.id not in state.answers]
    return p[way_to(words("signs.first"), key_class(blank[0]))]


def _page(history: History, words: Words) -> Node:
    from workbook.charts.history import history_charts  # noqa: PLC0415  # only who has files needs it
    from workbook.reflection.retelling import say_notes  # noqa: PLC0415  # as above

    parts: list[Node] = [
        div(class_=f"wb-chart wb-over-{chart.kind}")[
            h3[chart.title],
            chart.draw(history),
            div(".wb-chart-text")[chart_text(chart, history, words)],
        ]
        for chart in history_charts(history, words)
    ]
    return [paragraphs(say_notes(history, words)), parts]


def story(state: State, past: Past, words: Words) -> str:
    """Return the whole story as a page that stands alone; empty where nothing may be shown."""
    from workbook.charts.history import history_charts  # noqa: PLC0415  # as above
    from workbook.reflection.retelling import say_notes  # noqa: PLC0415  # as above

    history = past.history()
    if history is None or hidden(state):
        return ""
    parts = []
    for chart in history_charts(history, words):
        drawn = markup(chart.draw(history), legend_of(chart.legend(history)))
        data = chart.table(history)
        table = markup(table_of(data.head, data.rows, chart.title))
        parts.append((chart.title, drawn, chart.say(history), table))
    body = template("history.html.j2").render(
        words=words,
        date=words.date(datetime.now(UTC).date()),
        notes=list(say_notes(history, words)),
        parts=parts,
        framing=state.instrument.about.framing,
    )
    return alone(body, words("history.title"), words)
