"""Who comes back with an earlier file is told what was planned, and asked if it is still so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from htpy import h3, li, p, ul

from workbook.charts import markup
from workbook.page.state import today
from workbook.page.views.parts import html, key_class, switch_class, way_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import ipywidgets as w
    from htpy import Node

    from workbook.page.past import Past
    from workbook.page.state import State
    from workbook.reflection.steps import Planned
    from workbook.text.words import Words


def greeting_view(state: State, past: Past, words: Words) -> w.Widget:
    """Return what was planned in the file that the answers came from, from the next day on."""
    said = html(classes="wb-greeting wb-off")

    def show() -> None:
        saved = past.last.saved_at.date() if past.last else today()
        said.value = markup(_greet(state, saved, words) if saved < today() else None)
        switch_class(said, "wb-off", on=not said.value)

    past.observe(lambda _: show(), "turn")
    return said


def _greet(state: State, saved: date, words: Words) -> Node:
    """Return the steps, the day to look again, and the lean; nothing where there is none of it."""
    from workbook.reflection.steps import planned  # noqa: PLC0415  # only who comes back needs it

    withheld = "choice" in state.assessment.withheld
    steps = [
        s for s in planned(state.instrument, state.answers) if s.done is not None or not withheld
    ]
    asked = [] if withheld else [p[said] for said in _asked(state, saved, words)]
    if not steps and not asked:
        return None
    lines = [li[way_to(_step(step, words), key_class(step.item.id))] for step in steps]
    return [
        h3[words("greeting.title", day=words.date(saved))],
        lines and ul(".wb-greeting-steps")[lines],
        asked,
    ]


def _step(step: Planned, words: Words) -> str:
    """Return one step with its day, and whether it is done."""
    said = words("greeting.step", name=step.item.name, text=step.text)
    if step.day:
        said = words("greeting.on-day", step=said, day=step.day)
    if step.done is None:
        return said
    return words(f"greeting.{'done' if step.done else 'open'}", step=said)


def _asked(state: State, saved: date, words: Words) -> Iterator[Node]:
    """Yield the day on which to look again, and whether the lean is still so."""
    from workbook.reflection.choice import lean_item  # noqa: PLC0415  # as above
    from workbook.reflection.later import kept_until  # noqa: PLC0415  # as above

    instrument, answers = state.instrument, state.answers
    lean = lean_item(instrument)
    if lean is None:
        return
    if day := kept_until(instrument, answers, lean.chapter, lambda _: saved):
        yield words(f"greeting.review-{'ahead' if day > today() else 'due'}", day=words.date(day))
    if lean.id in answers:
        (chosen,) = (o.text for o in lean.options if o.id == answers[lean.id])
        yield way_to(words("greeting.still", lean=chosen), key_class(lean.id))
