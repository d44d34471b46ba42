"""A message from parts: wordings to start from, the whole as it stands, and what it may say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w
from htpy import Node, h3, li, p, ul

from workbook.charts import markup
from workbook.page.internals import with_classes
from workbook.page.telling import Phase, guarded
from workbook.page.views.parts import box, html, plain, style_of, switch_class
from workbook.page.views.text import TextOut
from workbook.reflection.journey import step_of
from workbook.reflection.later import kept_until
from workbook.reflection.message import compose, findings, suggestions

if TYPE_CHECKING:
    from workbook.instrument.content import Message
    from workbook.page.state import State
    from workbook.text.words import Words


def wordings_view(state: State, message: Message, part: str, words: Words) -> w.Widget:
    """Return a list of wordings for one part; the one that is chosen goes into the part."""
    look = {"layout": plain(), "style": style_of(w.Dropdown), **with_classes("wb-wordings")}
    control = w.Dropdown(options=[("", "")], description=words("message.offer"), **look)

    def offer() -> None:
        texts = suggestions(message, state.answers, state.assessment.outcome, part)
        options = [(words("message.offer"), ""), *((text, text) for text in texts)]
        if tuple(options) != tuple(control.options):
            control.options = options

    def take(change: Any) -> None:
        if change.new:
            state.set(part, _joined(str(state.answers.get(part, "")), change.new, message, part))
            control.value = ""

    control.observe(guarded(state, take), "value")
    chapter = state.instrument.by_id[part].chapter
    state.tell(Phase.SAY, offer, step=step_of(state.instrument, chapter))
    return control


def _joined(old: str, new: str, message: Message, part: str) -> str:
    """Return the chosen wording; a person's own words before it are kept."""
    offered = {wording.text for wording in message.wording if wording.part == part}
    return new if not old.strip() or old in offered else f"{old.rstrip()} {new}"


def draft_view(state: State, message: Message, chapter: str, words: Words) -> w.Widget:
    """Return the message as it stands, until when it is a draft, and what was noticed about it."""
    out = TextOut(words, name=words("message.name"))
    until, noticed = html(classes="wb-until"), html(classes="wb-noticed")

    def show() -> None:
        hidden = "message" in state.assessment.withheld
        out.text = "" if hidden else compose(message, state.answers)
        noticed.value = markup(not hidden and _noticed(state, words))
        day = kept_until(state.instrument, state.answers, chapter, state.since)
        shown = bool(day and out.text)
        draft = p[words("say.draft", date=words.date(day))] if day and shown else None
        until.value = markup(draft)
        switch_class(until, "wb-off", on=not shown)

    state.tell(Phase.SAY, show, step=step_of(state.instrument, chapter))
    return box([html(h3[words("message.title")]), out, until, noticed], "wb-draft")


def _noticed(state: State, words: Words) -> Node:
    found = findings(state.instrument, state.answers)
    lines = [
        words("message.found", found=f.found, reason=f.reason) if f.found else f.reason
        for f in found
    ]
    return lines and [p[words("message.noticed")], ul[(li[line] for line in lines)]]
