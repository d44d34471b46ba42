"""What holds for every field of the page, seen to in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anywidget
from traitlets import Dict, Int

from workbook.instrument.kinds import TEXT_MOST
from workbook.page.scripts import script
from workbook.page.views.parts import plain

if TYPE_CHECKING:
    from workbook.text.words import Words


class Fields(anywidget.AnyWidget):
    """Keeps fields off the disk, texts within what a file takes, and scrolling from answering.

    It is never shown: it works from when the page knows of it, before there is a field.
    """

    _esm = script("fields.js")
    words = Dict(help="the fixed words, by code").tag(sync=True)
    most = Int(TEXT_MOST, help="characters of a text, an emoji counted as two").tag(sync=True)

    def __init__(self, words: Words) -> None:
        super().__init__(words=words.group("fields"), layout=plain())
