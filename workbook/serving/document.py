"""The page itself: what needs no kernel goes out before one is asked for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar

from tornado.web import authenticated
from voila.tornado.handler import TornadoVoilaHandler

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MARK = "<!-- all above needs no kernel -->"  # stands in the template
BEAT = "window.voila_heartbeat()"  # what Voilà sends between its parts while it waits


class Document(TornadoVoilaHandler):
    """Sends the head of the last page at once, and then the rest of this one.

    The head is the same for everybody. Voilà renders it anew with each kernel: that is seen by
    the visitor after the one who first waited for it.
    """

    heads: ClassVar[dict[str, str]] = {}

    @authenticated
    async def get(self, path: str | None = None) -> None:
        """Answer; 503 where there is no room, which is known before the head goes out."""
        known = self.heads.get(self.notebook_path, "")
        parts = self._parts(path, known)
        first = self.kernel_manager.admit(parts)
        if known:
            self.set_header("Content-Type", "text/html")
            await self._send(known)
        await self._send(await first)
        async for html in parts:
            await self._send(html)

    async def _send(self, html: str) -> None:
        self.write(html)
        await self.flush()

    async def _parts(self, path: str | None, known: str) -> AsyncIterator[str]:
        """Yield the page as it comes; its head only where none is ``known``."""
        held: str | None = ""
        async for html in self.get_generator(path=path):
            if held is None:
                yield html
            if held is None or BEAT in html:
                continue
            held += html
            head, mark, rest = held.partition(MARK)
            if mark:
                self.heads[self.notebook_path] = head
                held = None
                yield rest if known else head + rest
        if held:
            yield held


def document_of(voila: Any) -> tuple[str, type[Document], dict[str, Any]]:
    """Return where the page stands, below its own address, and what it is given, as in Voilà."""
    given = {
        "notebook_path": os.path.relpath(voila.notebook_path, voila.root_dir),
        "template_paths": voila.template_paths,
        "config": voila.config,
        "voila_configuration": voila.voila_configuration,
    }
    return "()", Document, given
