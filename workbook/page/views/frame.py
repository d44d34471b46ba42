"""The frame of the page, drawn in the browser: a bar above, the panel beside the text or below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
from traitlets import Bool, Dict, List, Unicode, dlink

from workbook.page.scripts import script, style
from workbook.page.telling import Phase, guarded
from workbook.page.views.bundle import Carried
from workbook.page.views.panel import panel_of
from workbook.page.views.parts import plain
from workbook.reflection.journey import SUMMARY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook.page.state import State
    from workbook.page.views.keeping import Keeping
    from workbook.text.words import Words


class Frame(Carried, anywidget.AnyWidget):
    """Shows ``panel``, carries the style sheet of all views, and the way out.

    ``acts`` says what to do when the page reports that a button was pressed: "save", "leave".
    "sum-up" asks for the summary, which is to be printed though another step is shown.
    """

    _esm = script("frame.js")
    _css = style()
    words = Dict(help="the fixed words, by code").tag(sync=True)
    panel = Dict(help="what the panel shows").tag(sync=True)
    step_words = Dict(help="the words on the ways from step to step, by code").tag(sync=True)
    steps: Any = List(help="the steps there are, see Journey").tag(sync=True)
    shown = Unicode(help="the step that is alone on the screen, if one is").tag(sync=True)
    late: Any = List(help="the steps that show older answers than these").tag(sync=True)
    kept = Dict(help="whether the answers are kept, see Keeping").tag(sync=True)
    told = Bool(help="whether it was said that a file stays on the device").tag(sync=True)
    begun = Bool(help="whether the chapters are shown").tag(sync=True)
    key = Unicode(help="what the page may have stored answers under").tag(sync=True)
    remembers = Bool(help="whether this device remembers the answers").tag(sync=True)
    tried = Bool(help="whether what was stored has been looked at").tag(sync=True)

    def __init__(
        self,
        state: State,
        words: Words,
        keeping: Keeping,
        acts: Mapping[str, Callable[[], None]],
        leave_to: str,
    ) -> None:
        fixed = words.group("frame") | {
            "leave-to": leave_to,
            "title": state.instrument.title or state.instrument.id,
            "language": words.language,
            "formats": words("language.formats"),
            "direction": words.direction,
        }
        steps = words.group("step")
        super().__init__(
            words=fixed, step_words=steps, panel=panel_of(state, words), layout=plain()
        )
        state.outbox.carry(self)
        for phase in (Phase.DRAW, Phase.FAIL):
            state.tell(phase, lambda: self.set_trait("panel", panel_of(state, words)))
        state.tell(Phase.LATE, lambda: self.set_trait("late", list(state.late)))
        self._acts = {"sum-up": lambda: state.ask_for(SUMMARY), **acts}
        self.observe(guarded(state, lambda change: state.show(change.new)), "shown")
        dlink((keeping, "note"), (self, "kept"))
        dlink((keeping, "handed"), (self, "told"))
        self.on_msg(guarded(state, self._act))

    def _act(self, _widget: Any, message: Any, _buffers: list[memoryview]) -> None:
        kind = message.get("type")
        if kind == "leave":
            self.begun = False  # who opens it again, where the kernel lives on, begins anew
        if act := self._acts.get(kind):
            act()
