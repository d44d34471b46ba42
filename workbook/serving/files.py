"""Scripts and styles: compressed once, and kept by the browser as long as they stay the same."""

from __future__ import annotations

import gzip
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_server.base.handlers import FileFindHandler
from tornado.web import GZipContentEncoding, StaticFileHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler

if TYPE_CHECKING:
    from collections.abc import Generator

# A name with a fingerprint in it stands for one content for ever: "anywidget/static/2.3dbf81c0.js".
FINGERPRINT = re.compile(r"\.[0-9a-f]{8,64}\.\w+$")
FOR_EVER = "public, max-age=31536000, immutable"
SMALLEST = 1024  # bytes that are worth it
MOST_KEPT = 512  # files; a page asks for some 110, all of them 1.7 MB compressed


class Packed(str):
    """The path of a file whose content goes out compressed: ``content``."""

    __slots__ = ("content", "etag")
    content: bytes
    etag: str


@lru_cache(maxsize=MOST_KEPT)
def packed(path: str, changed: int, size: int) -> Packed:
    """Return a file as gzip; ``changed`` and ``size`` tell one content from the next."""
    del changed, size
    found = Packed(path)
    found.content = gzip.compress(Path(path).read_bytes(), mtime=0)
    found.etag = f'"{hashlib.sha256(found.content).hexdigest()[:32]}"'
    return found


class _Kept(StaticFileHandler):
    """Answers with compressed bytes where the browser takes them, and says how long they hold."""

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        path = super().validate_absolute_path(root, absolute_path)
        if path is None or not self._may_pack(path):
            return path
        found = Path(path).stat()
        return packed(path, found.st_mtime_ns, found.st_size)

    def _may_pack(self, path: str) -> bool:
        """Return whether to compress; part of a file is cut from the file as it is."""
        self.absolute_path = path  # what its type is told by
        kind = self.get_content_type().partition(";")[0]
        headers = self.request.headers
        return (
            (kind.startswith("text/") or kind in GZipContentEncoding.CONTENT_TYPES)
            and Path(path).stat().st_size >= SMALLEST
            and "Range" not in headers
            and _takes_gzip(headers.get("Accept-Encoding", ""))
        )

    def set_headers(self) -> None:
        super().set_headers()
        self.clear_header("Expires")
        kept = "v" in self.request.arguments or FINGERPRINT.search(self.request.path)
        self.set_header("Cache-Control", FOR_EVER if kept else "no-cache")
        self.set_header("Vary", "Accept-Encoding")
        if isinstance(self.absolute_path, Packed):
            self.set_header("Content-Encoding", "gzip")

    def compute_etag(self) -> str | None:
        path = self.absolute_path
        # Not that of FileFindHandler, which has none.
        return path.etag if isinstance(path, Packed) else StaticFileHandler.compute_etag(self)

    def get_content_size(self) -> int:
        path = self.absolute_path
        return len(path.content) if isinstance(path, Packed) else super().get_content_size()

    @classmethod
    def get_content(
        cls, abspath: str, start: int | None = None, end: int | None = None
    ) -> Generator[bytes, None, None]:
        if isinstance(abspath, Packed):
            yield abspath.content
        else:
            yield from super().get_content(abspath, start, end)


def _takes_gzip(accepted: str) -> bool:
    """Return whether a browser takes gzip: "gzip, deflate, br", but not "gzip;q=0"."""
    for part in accepted.split(","):
        name, _, quality = part.strip().partition(";")
        if name.strip() in {"gzip", "*"}:
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", quality)
    return False


class TemplateFiles(_Kept, TemplateStaticFileHandler):
    """Those of the template."""


class StaticFiles(_Kept, MultiStaticFileHandler):
    """Voilà's own."""


class ExtensionFiles(_Kept, FileFindHandler):
    """Those of the widgets."""


def handlers_of(voila: Any) -> list[tuple[str, type[StaticFileHandler], dict[str, Any]]]:
    """Return where the handlers stand, below the page's address, and what each is given.

    As Voilà itself has them; ``voila`` is its application.
    """
    static = {"paths": voila.static_paths, "default_filename": "index.html"}
    return [
        ("voila/templates/(.*)", TemplateFiles, {}),
        ("voila/static/(.*)", StaticFiles, static),
        ("voila/labextensions/(.*)", ExtensionFiles, {"path": voila.labextensions_path}),
    ]
