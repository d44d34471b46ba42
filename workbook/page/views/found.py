"""What a chapter's ticked boxes say so far, where they were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.page.views.parts import html, switch_class
from workbook.reflection.sentences import say_themes
from workbook.text.markup import paragraphs, raw_tag, tag

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
        card.value = _found(state, ticked, words) if ticked else ""
        switch_class(card, "wb-off", on=not ticked)

    state.watch([i.id for i in state.instrument.items if i.theme], show)
    show()
    return card


def _found(state: State, ticked: list[Item], words: Words) -> str:
    meanings = "".join(raw_tag("li", _meaning(state, item, words)) for item in ticked)
    parts = [
        tag("h3", words("found.title")),
        tag("p", say_themes(state.instrument, state.answers, words)),
        raw_tag("ul", meanings),
        paragraphs([state.instrument.about.reminder], "wb-hint"),
    ]
    return "".join(parts)


def _meaning(state: State, item: Item, words: Words) -> str:
    """Return what a ticked box would mean, and the points it adds."""
    ties = ((s, t.add) for s in state.instrument.scales for t in s.adding if t.id == item.id)
    adds = [words.count("found.adds", add, scale=scale.name) for scale, add in ties if add]
    said = tag("b", item.name) + ": " + tag("span", item.meaning)
    return said + "".join(" " + tag("span", text, "wb-adds") for text in adds)
