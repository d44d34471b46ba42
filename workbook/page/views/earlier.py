"""Earlier check-ins as files: any number at once, and what is handed back of them."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import anywidget
from traitlets import Bool, Dict, Unicode
from traitlets import List as Texts

from workbook.page.past import Given
from workbook.page.scripts import script
from workbook.page.state import hidden
from workbook.page.telling import Phase, guarded
from workbook.page.views.bundle import Carried
from workbook.page.views.parts import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.page.past import Past
    from workbook.page.state import State
    from workbook.page.views.files import Files
    from workbook.text.words import Words

MOST_BYTES = 40 * 1024**2  # of a file; some 4,000 check-ins
MOST_PACKED = 4 * 1024**2  # of a message, see websocket_max_message_size in voila.json
GZIP = 31  # what zlib calls it


class Earlier(Carried, anywidget.AnyWidget):
    """Takes earlier check-ins from files, and hands files back: all buttons of that part.

    Messages from the page: ``{"type": "give", "name", "left", "zone"}`` with a file, gzipped, as a
    buffer, ``left`` more to come; ``{"type": "too-large", ...}`` likewise, without one;
    ``{"type": "into"}``, ``{"type": "table"}``, ``{"type": "page"}``, ``{"type": "forget"}``. To
    the page: ``{"type": "file", "name", "kind"}`` with the file as a buffer; ``{"type": "told"}``.
    """

    _esm = script("earlier.js")
    words = Dict(help="the fixed words, by code").tag(sync=True)
    told: Any = Texts(help="what came of each file").tag(sync=True)
    into = Unicode(help="the file that can be gone on with, if there is one").tag(sync=True)
    any = Bool(help="whether any earlier check-in is there").tag(sync=True)
    shown = Bool(help="whether there is a story that may be shown").tag(sync=True)

    def __init__(
        self, state: State, past: Past, words: Words, files: Files, tell: Callable[[], str]
    ) -> None:
        fixed = words.group("earlier") | {
            "most": str(MOST_BYTES),
            "most-packed": str(MOST_PACKED),
            "note": words("files.note"),
        }
        super().__init__(words=fixed, layout=plain())
        self._state, self._past, self._words, self._files = state, past, words, files
        self._tell = tell
        self._coming: list[Given] = []
        self._refused: list[str] = []
        self._acts = {
            "into": self._save_into,
            "table": self._save_table,
            "page": self._save_page,
            "forget": past.clear,
        }
        past.observe(guarded(state, lambda _: self._show()), "turn")
        files.observe(guarded(state, lambda _: self._show()), "into")
        state.tell(Phase.REST, self._show)
        self.on_msg(guarded(state, self._act))

    def _show(self) -> None:
        before, self.any = self.any, bool(self._past.checkins)
        self.into = self._files.into
        self.shown = self.any and not hidden(self._state)
        if before and not self.any:
            self.told, self._coming = [], []

    def _act(self, _widget: Any, message: Any, buffers: list[memoryview]) -> None:
        kind, name = message.get("type"), str(message.get("name") or "")
        if kind == "give" and buffers:
            self._give(name, bytes(buffers[0]))
        elif kind == "too-large":
            self._refused.append(self._words("past.too-large", name=name))
        elif act := self._acts.get(kind):
            act()
            return
        if kind in ("give", "too-large") and not message.get("left"):
            self._take(message.get("zone"))

    def _give(self, name: str, packed: bytes) -> None:
        opened = zlib.decompressobj(GZIP)
        try:
            content = opened.decompress(packed, MOST_BYTES)
        except zlib.error:
            self._refused.append(self._words("past.damaged", name=name))
            return
        if opened.unconsumed_tail:
            self._refused.append(self._words("past.too-large", name=name))
        else:
            self._coming.append(Given(name, content))

    def _take(self, zone: object) -> None:
        """Take the files that have come, and say what came of each."""
        files, refused = self._coming, self._refused
        self._coming, self._refused = [], []
        self._say([*self._past.take(files, zone, self._words), *refused])
        self._state.outbox.send_off()  # before the drawings are made
        self._past.turn += 1

    def _say(self, told: list[str]) -> None:
        """Show sentences, also where they are the same as before."""
        self.told = told
        self.send({"type": "told"})

    def _hand(self, name: str, kind: str, content: bytes) -> None:
        self.send({"type": "file", "name": name, "kind": kind}, [content])

    def _save_into(self) -> None:
        """Hand back the earlier file with the present check-in under it."""
        self._files.save_into()
        self._say([self._files.said])

    def _save_table(self) -> None:
        """Hand over every check-in as one long table."""
        from workbook.records.diary import write_diary  # noqa: PLC0415  # as above

        past = self._past
        text = write_diary(self._state.instrument, (*past.checkins, *past.present()))
        name = self._words("earlier.table-name")
        self._hand(name, "text/csv", text.encode())
        self._say([self._words("save.done", name=name)])

    def _save_page(self) -> None:
        """Hand over the whole story as a page that stands alone."""
        if page := self._tell():
            name = self._words("earlier.page-name")
            self._hand(name, "text/html", page.encode())
            self._say([self._words("save.done", name=name)])
