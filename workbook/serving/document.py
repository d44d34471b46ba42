"""The page itself: what needs no kernel goes out before one is asked for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar

from tornado.web import HTTPError, authenticated
from voila.tornado.handler import TornadoVoilaHandler

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MARK = "<!-- all above needs no kernel -->"  # stands in the template
BEAT = "<script>window.voila_heartbeat"  # what Voilà sends between its parts while it waits


class Document(TornadoVoilaHandler):
    """Sends the head of the last page at once, and then the rest of this one.

    The head is the same for everybody. Voilà renders it anew with each kernel: that is seen by
    the visitor after the one who first waited for it.
    """

    heads: ClassVar[dict[str, str]] = {}

    @authenticated
    async def get(self, path: str | None = None) -> None:
        """Answer; 503 where there is no room."""
        if not self.kernel_manager.has_room():
            raise HTTPError(503, "no room for another kernel")
        known = self.heads.get(self.notebook_path, "")
        if known:
            self.set_header("Content-Type", "text/html")
            self.write(known)
            await self.flush()
        async for html in self._parts(path, known):
            self.write(html)
            await self.flush()

    async def _parts(self, path: str | None, known: str) -> AsyncIterator[str]:
        """Yield the page as it comes; its head only where none is ``known``."""
        held: str | None = ""
        async for html in self.get_generator(path=path):
            if held is None:
                yield html
            if held is None or html.startswith(BEAT):
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
