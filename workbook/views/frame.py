"""The frame of the page, drawn in the browser: a bar above, the panel beside the text or below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
from traitlets import Dict

from workbook.state import State, guarded
from workbook.views.panel import panel_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.words import Words

BROWSER = Path(__file__).parent.parent / "browser"


class Frame(anywidget.AnyWidget):
    """Shows ``panel``, carries the style sheet of all views, reports that "save" was pressed."""

    _esm = BROWSER / "frame.js"
    _css = BROWSER / "style.css"
    words = Dict(help="the fixed words, by code").tag(sync=True)
    panel = Dict(help="what the panel shows").tag(sync=True)

    def __init__(self, state: State, words: Words, save: Callable[[], None]) -> None:
        fixed = words.group("frame") | {
            "title": state.instrument.title or state.instrument.id,
            "framing": state.instrument.about.framing,
            "language": words.language,
            "direction": words.direction,
        }
        super().__init__(words=fixed, panel=panel_of(state, words))
        show = guarded(state, lambda _=None: self.set_trait("panel", panel_of(state, words)))
        state.observe(show, ["assessment", "problem"])
        self.on_msg(guarded(state, lambda _widget, message, _buffers: _act(message, save)))


def _act(message: Any, save: Callable[[], None]) -> None:
    if message.get("type") == "save":
        save()
