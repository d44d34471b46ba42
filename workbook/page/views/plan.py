"""A plan of agreements as one readable page, and a careful start for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from htpy import Element, b, br, h3, li, span, ul

from workbook.charts import markup
from workbook.page.telling import Phase, guarded
from workbook.page.views.parts import html, press, switch_class
from workbook.reflection.journey import step_of
from workbook.reflection.plan import agreed, starts

if TYPE_CHECKING:
    import ipywidgets as w

    from workbook.instrument.items import Item
    from workbook.page.state import State
    from workbook.text.words import Words


def start_button(state: State, chapter: str, words: Words) -> w.Button:
    """Return the button that fills in what is open; it leaves alone what was chosen."""
    start = press(words("plan.start"), "wb-button wb-plan-start")

    def offered() -> dict[str, str]:
        return starts(state.instrument, state.answers, state.assessment.outcome)

    def show() -> None:
        switch_class(start, "wb-off", on=not offered())

    start.on_click(guarded(state, lambda _: state.update(offered())))
    state.tell(Phase.SAY, show, step=step_of(state.instrument, chapter))
    return start


def plan_view(state: State, chapter: str, words: Words) -> w.HTML:
    """Return what was agreed in a chapter as a page to read."""
    page = html(classes="wb-found wb-plan")

    def show() -> None:
        told = agreed(state.instrument, state.answers, chapter)
        page.value = markup([h3[words("plan.title")], ul[map(_entry, told)]] if told else None)
        switch_class(page, "wb-off", on=not told)

    state.tell(Phase.DRAW, show, [i.id for i in state.instrument.in_chapter(chapter)])
    return page


def _entry(group: tuple[tuple[Item, str], ...]) -> Element:
    """Return what was agreed about one thing."""
    lines = ([n > 0 and br, b[item.name], ": ", span[said]] for n, (item, said) in enumerate(group))
    return li[lines]
