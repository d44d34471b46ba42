"""A control for each kind of item. A control shows what the state holds and sets nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w
from htpy import b, div, p, span
from traitlets import CInt

from workbook.charts import markup
from workbook.instrument.items import SIGN_ANSWERS, offered
from workbook.page.telling import Phase, guarded
from workbook.page.views.parts import (
    box,
    heading,
    html,
    key_class,
    plain,
    press,
    style_of,
    switch_class,
    way_to,
)
from workbook.page.views.writing import text_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from htpy import Element

    from workbook.instrument.items import Item
    from workbook.page.state import State
    from workbook.text.words import Words

ROW_MOST = 30  # characters of all options that go side by side


class Slider(w.IntSlider):
    """A slider whose moves the kernel does not send back: that would be a message for nothing."""

    value = CInt(help="the position").tag(sync=True, echo_update=False)


class List(w.Dropdown):
    """A list of which the options may change; what is chosen stays."""

    options: Any
    value: Any
    offering = False

    def offer(self, options: list[tuple[str, str]]) -> bool:
        """Show these options; return whether they are others than before."""
        if tuple(options) == tuple(self.options):
            return False
        chosen, self.offering = self.value, True
        try:
            with self.hold_sync():
                self.options = options  # which chooses the first
                self.value = chosen if chosen in [value for _, value in options] else ""
        finally:
            self.offering = False
        return True


def question(state: State, item: Item, words: Words, place: str = "") -> w.Widget:
    """Return the control of one item with its text, tied to the state both ways.

    ``place`` are classes that say what it is on the page besides.
    """
    return _KINDS[item.kind](state, item, words, f"{key_class(item.id)} {place}")


def put(state: State, control: Any, value: object) -> None:
    """Let a control show a value. If the page has sent another meanwhile, that one is older."""
    if control.value != value:
        control.value = value
        state.overrule(control.model_id)


def bind(
    state: State,
    key: str,
    control: Any,
    to_control: Callable[[Any], Any] = lambda answer: answer,
    to_answer: Callable[[Any], Any] = lambda value: value,
) -> None:
    """Tie a control's value to one answer, both ways."""

    def show() -> None:
        put(state, control, to_control(state.answers.get(key)))

    def take(change: Any) -> None:
        if not getattr(control, "offering", False):
            state.set(key, to_answer(change.new))

    control.observe(guarded(state, take), "value")
    state.tell(Phase.DRAW, show, [key])


def _framed(
    state: State, item: Item, controls: list[w.Widget], words: Words, classes: str
) -> w.VBox:
    """Return controls under an item's text, with a way back to "not answered"."""
    clear = press(words("answer.clear"), "wb-clear", words("answer.clear-this", item=item.name))
    clear.on_click(guarded(state, lambda _: state.set(item.id, None)))
    blank = "" if item.id in state.answers else "wb-blank"
    frame = box([heading(item), *controls, clear], f"wb-item wb-clearable {classes} {blank}")

    def show() -> None:
        switch_class(frame, "wb-blank", on=item.id not in state.answers)

    state.tell(Phase.DRAW, show, [item.id])
    return frame


def _rating(state: State, item: Item, words: Words, classes: str) -> w.Widget:
    """Return a slider; one step below its least rating stands for "not answered"."""
    low, high = item.min or 0, item.max or 0
    blank = low - 1
    slider = Slider(
        min=blank, max=high, value=blank, readout=False, layout=plain(), style=style_of(w.IntSlider)
    )
    bind(
        state,
        item.id,
        slider,
        lambda answer: blank if answer is None else answer,
        lambda value: None if value == blank else value,
    )

    def labels() -> Element:
        answer, open_said = state.answers.get(item.id), words("answer.blank")
        said = open_said if answer is None else words("answer.rating", value=answer, most=high)
        room = {"data-room": open_said}  # as wide with an answer as without
        return div(".wb-ends")[
            span[item.min_label], b(".wb-said", room)[said], span[item.max_label]
        ]

    ends = html(labels())

    def show() -> None:
        ends.value = markup(labels())

    state.tell(Phase.DRAW, show, [item.id])
    state.outbox.carry(ends)
    return _framed(state, item, [slider, ends], words, f"wb-rating {classes}")


def _sign(state: State, item: Item, words: Words, classes: str) -> w.Widget:
    options = [(words(f"answer.{answer}"), answer) for answer in SIGN_ANSWERS]
    radio = w.RadioButtons(options=options, value=None, layout=plain(), style=style_of(w.Dropdown))
    bind(state, item.id, radio)
    skip = press(words("signs.skip"), "wb-quiet-button wb-skip", item.name)
    skip.on_click(guarded(state, lambda _: state.skip(item.id)))
    skipped = html(span[words("signs.skipped")], "wb-skipped")

    def show() -> None:
        blank, known = item.id not in state.answers, item.id in state.skipped
        switch_class(skip, "wb-unseen", on=not blank or known)
        switch_class(skipped, "wb-off", on=not blank or not known)

    state.tell(Phase.DRAW, show, [item.id])
    return _framed(state, item, [radio, skip, skipped], words, f"wb-sign {classes}")


def _choice(state: State, item: Item, words: Words, classes: str) -> w.Widget:
    """Return a row to press where the options are few and short, else a list to choose from."""
    tied = {box for o in item.options for box in (*o.only_with, *o.not_with)}
    if sum(len(o.text) for o in item.options) <= ROW_MOST and not tied:
        row = w.RadioButtons(
            options=[(o.text, o.id) for o in item.options],
            value=None,
            layout=plain(),
            style=style_of(w.Dropdown),
        )
        bind(state, item.id, row)
        return _framed(state, item, [row], words, f"wb-sign {classes}")

    def options() -> list[tuple[str, str]]:
        """Return what is offered with the boxes that are ticked; what was chosen stays."""
        chosen = state.answers.get(item.id)
        shown = [o for o in item.options if o.id == chosen or offered(o, state.answers)]
        return [(words("answer.choose"), ""), *((o.text, o.id) for o in shown)]

    control = List(options=options(), value="", layout=plain(), style=style_of(w.Dropdown))

    def offer() -> None:
        if control.offer(options()):
            state.overrule(control.model_id)  # a place in the list means another option now

    if tied:
        state.tell(Phase.DRAW, offer, [*tied, item.id])  # before its answer is shown
    bind(state, item.id, control, lambda a: a or "", lambda v: v or None)
    return box([heading(item), control], f"wb-item wb-choice {classes}")


def _check(state: State, item: Item, _words: Words, classes: str) -> w.Widget:
    """Return a box of a checklist, or one that stands alone."""
    control = checkbox(item.text)
    if item.alone:
        bind(state, item.id, control, bool, lambda on: on or None)
    else:

        def show() -> None:
            put(state, control, state.answers.get(item.id) is True)

        def tick(change: Any) -> None:
            if change.new != (state.answers.get(item.id) is True):
                state.tick(item.id, on=change.new)

        control.observe(guarded(state, tick), "value")
        state.tell(Phase.DRAW, show, [item.id])
    hint = [html(p(".wb-hint")[item.hint])] if item.hint else []
    return box([control, *hint], f"wb-item wb-check {classes}")


def back_view(state: State, item: Item, words: Words) -> w.HTML:
    """Return the way back to a chapter, shown while an item is answered "no"."""
    titles = {c.id: c.title for c in state.instrument.chapters}
    text = words("sure.back", chapter=titles[item.back_to])
    back = html(way_to(text, f"wb-chapter-{item.back_to}"), "wb-back")

    def show() -> None:
        switch_class(back, "wb-unseen", on=state.answers.get(item.id) != "no")

    state.tell(Phase.DRAW, show, [item.id])
    return back


def none_box(state: State, chapter: str, words: Words, place: str) -> w.Widget:
    """Return the box "none of these" of a chapter's checklist."""
    control = checkbox(words("answer.none"))

    def show() -> None:
        put(state, control, state.none_ticked(chapter))

    def tick(change: Any) -> None:
        if change.new != state.none_ticked(chapter):
            state.tick_none(chapter, on=change.new)

    control.observe(guarded(state, tick), "value")
    state.tell(Phase.DRAW, show, state.instrument.checklists[chapter])
    return box([control], f"wb-item wb-check wb-none {key_class(f'{chapter}.none')} {place}")


def checkbox(text: str) -> w.Checkbox:
    """Return a check box with its text beside it."""
    return w.Checkbox(description=text, indent=False, layout=plain(), style=style_of(w.Checkbox))


_KINDS: dict[str, Callable[[State, Item, Words, str], w.Widget]] = {
    "rating": _rating,
    "check": _check,
    "sign": _sign,
    "choice": _choice,
    "text": text_view,
}
