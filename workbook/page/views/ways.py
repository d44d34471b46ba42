"""The ways to go on, side by side and in equal detail. None is recommended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from htpy import Element, Node, dd, div, dl, dt, h3, p, section, span

from workbook.charts import markup
from workbook.page.state import hidden
from workbook.page.telling import Phase
from workbook.page.views.parts import html
from workbook.reflection.choice import compare, lean_item, sure_item
from workbook.reflection.journey import step_of
from workbook.reflection.sentences import say_signs
from workbook.reflection.ties import STEP_AWAY, what_stands

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ipywidgets as w

    from workbook.instrument.content import Way
    from workbook.instrument.items import Item
    from workbook.page.state import State
    from workbook.reflection.choice import Case, Spoken
    from workbook.text.words import Words


def ways_view(state: State, chapter: str, words: Words) -> w.HTML:
    """Return a card for each way, with what somebody's own answers say about it.

    Without scores the cards tell of the ways alone; where a gate withholds the choice there is
    nothing at all. They are long, so what answers say in them follows when the hand rests; that
    they say nothing is told at once.
    """
    cards = html(classes="wb-ways")

    step = step_of(state.instrument, chapter)

    def show() -> None:
        cards.value = markup("choice" not in state.assessment.withheld and ways(state, words))

    def follow() -> None:
        if state.rested:
            show()

    def take_back() -> None:
        if "choice" in state.assessment.withheld or hidden(state):
            show()

    state.outbox.carry(cards)
    state.tell(Phase.SAY, take_back, step=step)
    state.tell(Phase.REST, follow, step=step)
    return cards


def ways(state: State, words: Words) -> Node:
    """Return the ways, and what is said about choosing between them."""
    instrument = state.instrument
    choosing, cases = instrument.choosing, () if hidden(state) else compare(state.assessment)
    stands = {STEP_AWAY: what_stands(instrument, state.answers, words)}
    told = [_card(case.way, words, stands.get(case.way.id, ""), case) for case in cases]
    told = told or [_card(way, words, stands.get(way.id, "")) for way in instrument.ways]
    why = words("choice.no-scores" if state.scores_open else "signs.first")
    return [
        choosing.intro and p[choosing.intro],
        not cases and p(".wb-hint")[why],
        div(".wb-way-cards")[told],
        choosing.not_answering and p[choosing.not_answering],
    ]


def _card(way: Way, words: Words, stands: str, case: Case | None = None) -> Element:
    """Return a card; ``stands`` is what the way leaves as it is."""
    in_line = case is not None and case.in_line
    quiet = in_line and [" ", span(".wb-tag")[words("choice.tag")]]
    entries: list[tuple[str, Node]] = []
    if case:
        entries = [
            (words("choice.for"), _answers(case.pro, words("choice.none-for"), words)),
            (words("choice.against"), _answers(case.contra, words("choice.none-against"), words)),
        ]
    about = (("asks", way.asks), ("brings", way.brings), ("costs", way.costs), ("like", way.like))
    entries += [(words(f"choice.{code}"), dd[text]) for code, text in about]
    told = [[dt[head], body] for head, body in entries]
    stays = stands and p(".wb-stands")[stands]
    return section(class_=f"wb-way wb-way-{way.id}")[h3[way.title], quiet, dl[told], stays]


def _answers(spoken: Sequence[Spoken], none: str, words: Words) -> Node:
    lines = [dd(".wb-way-answer")[say_spoken(s, words)] for s in spoken]
    return lines or dd(".wb-hint")[none]


def say_spoken(spoken: Spoken, words: Words) -> str:
    """Return what one answer says, with its number where it has one."""
    if spoken.signs:
        return say_signs(spoken.signs, spoken.text, words)
    if spoken.value is None:
        return spoken.text
    return words("choice.rated", phrase=spoken.text, value=spoken.value, most=spoken.most)


def before(state: State, item: Item) -> list[w.Widget]:
    """Return what is said before the questions which way somebody leans to, and how surely."""
    instrument = state.instrument
    said = ""
    if item is lean_item(instrument):
        said = instrument.choosing.lean
    elif item is sure_item(instrument):
        said = instrument.choosing.sure
    return [html(p(".wb-hint")[said], "wb-choosing")] if said else []
