"""A text to take along, which the browser shows, copies, and saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anywidget
from traitlets import Bool, Dict, Unicode

from workbook.page.scripts import TEMPLATES, script
from workbook.page.views.bundle import Carried
from workbook.page.views.parts import plain

if TYPE_CHECKING:
    from workbook.text.words import Words


class TextOut(Carried, anywidget.AnyWidget):
    """Shows ``text`` as it is (if ``preview``), and hands it over as file ``name``."""

    _esm = script("text.js")
    _css = TEMPLATES / "summary.css"
    words = Dict(help="the fixed words, by code").tag(sync=True)
    text = Unicode(help="what can be taken along").tag(sync=True)
    name = Unicode(help="the file's name").tag(sync=True)
    mime = Unicode("text/plain", help="the file's kind").tag(sync=True)
    preview = Bool(default_value=True, help="whether the text itself is shown").tag(sync=True)

    def __init__(self, words: Words, **traits: object) -> None:
        super().__init__(words=words.group("take"), layout=plain(), **traits)
