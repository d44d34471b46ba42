"""What a chapter's ticked boxes say so far, where they were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from htpy import Element, Node, b, h3, li, p, span, ul

from workbook.charts import markup
from workbook.page.telling import Phase
from workbook.page.views.parts import html, switch_class
from workbook.reflection.sentences import say_themes
from workbook.reflection.ties import what_stands

if TYPE_CHECKING:
    import ipywidgets as w

    from workbook.instrument.items import Item
    from workbook.page.state import State
    from workbook.text.words import Words


def found_view(state: State, chapter: str, words: Words) -> w.HTML:
    """Return a card with the reading of all themed boxes and what this chapter's would mean."""
    items = state.instrument.in_chapter(chapter)
    card = html(classes="wb-found")

    def show() -> None:
        ticked = [i for i in items if i.theme and state.answers.get(i.id) is True]
        card.value = markup(_found(state, ticked, words) if ticked else None)
        switch_class(card, "wb-off", on=not ticked)

    state.tell(Phase.DRAW, show, [i.id for i in state.instrument.items if i.theme])
    return card


def standing_view(state: State, chapter: str, words: Words) -> w.HTML:
    """Return a card with what a chapter's ticked boxes leave as it is, whatever is chosen."""
    card = html(classes="wb-found wb-standing")

    def show() -> None:
        said = what_stands(state.instrument, state.answers, words)
        card.value = markup(said and [h3[words("found.title")], p[said]])
        switch_class(card, "wb-off", on=not said)

    stands = [i.id for i in state.instrument.in_chapter(chapter) if i.stands]
    state.tell(Phase.DRAW, show, stands)
    return card


def _found(state: State, ticked: list[Item], words: Words) -> Node:
    reminder = state.instrument.about.reminder
    return [
        h3[words("found.title")],
        p[say_themes(state.instrument, state.answers, words)],
        ul[(_meaning(state, item, words) for item in ticked)],
        reminder and p(".wb-hint")[reminder],
    ]


def _meaning(state: State, item: Item, words: Words) -> Element:
    """Return what a ticked box would mean, and the points it adds."""
    ties = ((s, t.add) for s in state.instrument.scales for t in s.adding if t.id == item.id)
    adds = [words.count("found.adds", add, scale=scale.name) for scale, add in ties if add]
    return li[b[item.name], ": ", span[item.meaning], ([" ", span(".wb-adds")[a]] for a in adds)]
