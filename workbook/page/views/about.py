"""What is said before the first question and after the last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from workbook.page.state import State, guarded
from workbook.page.views.parts import (
    PLAIN,
    box,
    button,
    details,
    html,
    paragraphs,
    raw_tag,
    switch_class,
    tag,
)

if TYPE_CHECKING:
    from workbook.instrument.content import About
    from workbook.page.views.remember import Remember
    from workbook.text.words import Words


def intro_view(
    about: About, title: str, remember: Remember, words: Words, idle_minutes: float
) -> w.Widget:
    """Return what this is and is not, what is kept, how to leave, and the button to begin."""
    back = html(tag("p", words("intro.returning")), "wb-back-said")

    def show(_: Any) -> None:
        true = remember.back and (remember.on or remember.unread)  # until it is forgotten
        back.value = paragraphs([remember.back] if true else [])

    remember.observe(show, ["tried", "on", "unread"])
    text = tag("h1", words("intro.title") if about.intro else title)
    text += paragraphs(about.intro, "wb-intro")
    points = [tag("li", t) for t in words.group("intro.privacy").values()]
    if idle_minutes:
        points.append(tag("li", words("intro.ends", minutes=f"{idle_minutes:g}"), "wb-alone"))
    text += raw_tag("ul", "".join(points))
    text += (
        '<button type="button" class="wb-strong wb-begin" data-wb-begin>'
        f"{tag('span', words('intro.begin'))}</button>"
    )
    return box([back, html(text, "wb-before")], "wb wb-start")


def closing_view(about: About, words: Words) -> w.Widget:
    """Return the closing thought, the source, and what research there is."""
    parts = [paragraphs(about.closing, "wb-intro")]
    findings = "".join(
        raw_tag("li", tag("span", r.text) + " " + tag("cite", r.cite)) for r in about.research
    )
    if about.source or findings:
        inner = paragraphs([about.source] if about.source else [])
        parts.append(details(words("about.title"), inner + raw_tag("ul", findings)))
    return box([html(tag("h2", words("about.closing")) + "".join(parts))], "wb wb-closing")


def reset_view(state: State, words: Words) -> w.Widget:
    """Return the button "start over", which asks before it forgets anything."""
    ask = button(words("reset.ask"), "wb-quiet-button wb-reset")
    yes, no = button(words("reset.yes"), "wb-strong"), button(words("reset.no"), "wb-button")
    sure = box(
        [html(paragraphs([words("reset.sure")])), w.HBox([yes, no], layout=PLAIN)], "wb-sure wb-off"
    )

    def asking(on: bool) -> None:  # noqa: FBT001  # called with a literal right below
        switch_class(sure, "wb-off", on=not on)
        switch_class(ask, "wb-off", on=on)

    def forget(_: Any) -> None:
        state.reset()
        asking(False)  # noqa: FBT003

    ask.on_click(guarded(state, lambda _: asking(True)))  # noqa: FBT003
    no.on_click(guarded(state, lambda _: asking(False)))  # noqa: FBT003
    yes.on_click(guarded(state, forget))
    return box([ask, sure], "wb-start-over")
