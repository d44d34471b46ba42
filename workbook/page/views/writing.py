"""A field for a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w
from htpy import div, p

from workbook.page.telling import Phase, guarded
from workbook.page.views.parts import box, heading, html, plain, style_of
from workbook.text.errors import AnswerError

if TYPE_CHECKING:
    from workbook.instrument.items import Item
    from workbook.page.state import State
    from workbook.text.words import Words


def text_view(state: State, item: Item, words: Words, classes: str) -> w.Widget:
    """Return a field with its text above.

    A text that is no answer, too long for one, stays in the field with a sentence below, and the
    answer stays what it was. The page takes care that this does not happen; another page may not.
    """
    look = {"placeholder": item.placeholder, "layout": plain(), "style": style_of(w.Text)}
    control = w.Text(**look) if item.rows == 1 else w.Textarea(rows=item.rows, **look)
    view = box([heading(item), control], f"wb-item wb-text {classes}")
    usual = view.children

    def say(*refused: w.Widget) -> None:
        before, view.children = view.children, (*usual, *refused)
        for said in before[len(usual) :]:
            said.close()

    def show() -> None:
        control.value = state.answers.get(item.id) or ""
        say()

    def take(change: Any) -> None:
        try:
            state.set(item.id, change.new or None)
        except AnswerError:
            said = div(role="alert")[p(".wb-hint")[words("fields.refused")]]
            say(html(said, "wb-refused"))
        else:
            say()

    control.observe(guarded(state, take), "value")
    state.tell(Phase.DRAW, show, [item.id])
    state.tell(Phase.CLEAR, show)  # what was refused goes, even where the answer stays the same
    return view
