"""What is said before the first question and after the last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w
from htpy import Node, cite, h2, li, p, span, ul
from markupsafe import Markup

from workbook.charts import markup
from workbook.opening.start import before, more
from workbook.page.telling import guarded
from workbook.page.views.parts import box, html, opening, paragraphs, plain, press, switch_class

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.instrument.content import About
    from workbook.instrument.model import Instrument
    from workbook.instrument.support import Support
    from workbook.page.state import State
    from workbook.page.views.remember import Remember
    from workbook.text.words import Words


def back_view(remember: Remember, meanwhile: str) -> w.Widget:
    """Return what became of the answers that this device remembers; ``meanwhile`` stands first."""
    back = html(meanwhile and p[meanwhile], "wb-back-said")

    def show(_: Any) -> None:
        true = remember.back and (remember.on or remember.unread)  # until it is forgotten
        back.value = markup(true and p[remember.back])

    remember.observe(show, ["tried", "on", "unread"])
    return back


def before_view(instrument: Instrument, support: Support | None) -> w.Widget:
    """Return what stands before the first question, and the button."""
    return html(Markup(before(instrument, support)), "wb-before")  # noqa: S704  # escaped there


def more_view(instrument: Instrument, idle_minutes: float) -> w.Widget:
    """Return what opens on request."""
    return html(Markup(more(instrument, idle_minutes)), "wb-more")  # noqa: S704  # escaped there


def closing_view(about: About, words: Words) -> w.Widget:
    """Return the closing thought, the source, and what research there is."""
    who = list(_who(about, words))
    findings = [li[span[r.text], " ", cite[r.cite]] for r in about.research]
    origin: Node = None
    if about.source or findings or who:
        source = about.source and p[about.source]
        inner = [source, findings and ul[findings], paragraphs(who)]
        origin = opening(words("about.title"), inner)
    said = [h2[words("about.closing")], paragraphs(about.closing, "wb-intro"), origin]
    return box([html(said)], "wb wb-closing")


def _who(about: About, words: Words) -> Iterator[str]:
    """Yield who wrote it, who paid for it, and how it is kept current."""
    if about.authors:
        yield words("about.authors", authors=about.authors)
    if about.funding:
        yield words("about.funding", funding=about.funding)
    if about.updated:
        day = words.part_of_date(about.updated)
        yield words("about.updated", updated=day, upkeep=about.upkeep).strip()


def reset_view(state: State, words: Words) -> w.Widget:
    """Return the button "start over", which asks before it forgets anything."""
    ask = press(words("reset.ask"), "wb-quiet-button wb-reset")
    yes, no = press(words("reset.yes"), "wb-strong"), press(words("reset.no"), "wb-button")
    sure = box([html(p[words("reset.sure")]), w.HBox([yes, no], layout=plain())], "wb-sure wb-off")

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
