"""A chapter: heading, questions, and what stands in its place while a gate withholds it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from htpy import Node, h2, p

from workbook.page.telling import Phase
from workbook.page.views.composer import draft_view, wordings_view
from workbook.page.views.found import found_view, standing_view
from workbook.page.views.parts import box, html, switch_class
from workbook.page.views.plan import plan_view, start_button
from workbook.page.views.questions import back_view, none_box, question
from workbook.page.views.ways import before, ways_view

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import ipywidgets as w

    from workbook.instrument.items import Chapter, Item
    from workbook.page.state import State
    from workbook.text.words import Words

POINT = "wb-point"  # what stands together, apart from what is before and after it


def _point(state: State, items: Sequence[Item], words: Words) -> w.Widget:
    """Return what stands together. A question that stands alone needs no box around it."""
    around = [(before(state, item), [*_after(state, item, words)]) for item in items]
    if around == [([], [])]:
        return question(state, items[0], words, POINT)
    controls = [
        control
        for item, (lead, follow) in zip(items, around, strict=True)
        for control in (*lead, question(state, item, words), *follow)
    ]
    return box(controls, POINT)


def _after(state: State, item: Item, words: Words) -> Iterator[w.Widget]:
    """Yield what goes with an item's control."""
    message = state.instrument.message
    if message and any(wording.part == item.id for wording in message.wording):
        yield wordings_view(state, message, item.id, words)
    if item.back_to:
        yield back_view(state, item, words)


def _outcome_of(state: State, chapter: Chapter, words: Words) -> list[w.Widget]:
    """Return what is made in a chapter: a message, or a plan."""
    if chapter.holds == "message" and state.instrument.message:
        return [draft_view(state, state.instrument.message, chapter.id, words)]
    if chapter.holds == "boundaries":
        return [start_button(state, chapter.id, words), plan_view(state, chapter.id, words)]
    return []


def _before(state: State, chapter: Chapter, words: Words) -> list[w.Widget]:
    """Return what stands before a chapter's questions: the ways that a choice is between."""
    if chapter.holds == "choice" and state.instrument.ways:
        return [ways_view(state, chapter.id, words)]
    return []


def _number(state: State, chapter: Chapter, words: Words) -> Node:
    counted = [c.id for c in state.instrument.chapters if c.counted]
    if chapter.id not in counted:
        return ""
    number = counted.index(chapter.id) + 1
    return p(".wb-over")[words("chapter.number", number=number, of=len(counted))]


def chapter_view(state: State, chapter: Chapter, words: Words) -> w.VBox:
    """Return the chapter with a control for each of its items."""
    instrument = state.instrument
    first = chapter is instrument.chapters[0]
    head = html(
        [
            _number(state, chapter, words),
            h2[chapter.title],
            chapter.intro and p(".wb-intro")[chapter.intro],
            first and p(".wb-hint.wb-alone")[words("chapter.back-leaves")],
        ]
    )
    items = instrument.in_chapter(chapter.id)
    groups = [
        _point(state, [*group], words)
        for _, group in itertools.groupby(items, key=lambda i: i.point)
    ]
    if chapter.id in instrument.checklists:
        groups.append(none_box(state, chapter.id, words, POINT))
    if any(item.theme for item in items):
        groups.append(found_view(state, chapter.id, words))
    if any(item.stands for item in items):
        groups.append(standing_view(state, chapter.id, words))
    groups += _outcome_of(state, chapter, words)
    if chapter.thanks:
        groups.append(html(p[chapter.thanks], "wb-thanks"))
    body = box([*_before(state, chapter, words), *groups], "wb-body")
    away = [html(p(".wb-intro")[words("chapter.withheld")], "wb-away")] if chapter.holds else []
    whole = box([head, body, *away], f"wb wb-chapter wb-chapter-{chapter.id}")

    def show() -> None:
        switch_class(whole, "wb-withheld", on=chapter.holds in state.assessment.withheld)

    state.tell(Phase.SAY, show)
    return whole
