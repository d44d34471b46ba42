"""Scripts and styles: compressed once, kept as long as they are the same, and never mixed up."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from driving.servers import ask
from workbook.serving.files import FOR_EVER, Packed, packed

if TYPE_CHECKING:
    from pathlib import Path

    from driving.servers import Server

SCRIPT = "voila/static/voila.js"
STYLE = "voila/templates/workbook/static/frame.css"
SMALL = "voila/labextensions/anywidget/package.json"
EACH = [SCRIPT, STYLE, f"{SCRIPT}?v=1"]


def fetch(
    server: Server, path: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    """Ask for a file; names of headers are written with ``_``."""
    parts = urlsplit(server.url)
    assert parts.hostname is not None
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with contextlib.closing(http.client.HTTPConnection(parts.hostname, parts.port, 30)) as line:
        line.request(method, f"/{path}", headers=named)
        answer = line.getresponse()
        return answer, answer.read()


@pytest.mark.parametrize("path", EACH)
def test_a_file_comes_compressed_once_with_its_length_and_its_own_mark(
    server: Server, path: str
) -> None:
    plain, whole = fetch(server, path)
    answer, body = fetch(server, path, Accept_Encoding="gzip, deflate, br")
    assert gzip.decompress(body) == whole  # once: what comes out is the file
    assert len(body) < len(whole) / 2
    assert answer.headers["Content-Length"] == str(len(body))
    assert answer.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Content-Encoding"] is None
    assert answer.headers.get_all("Vary") == plain.headers.get_all("Vary") == ["Accept-Encoding"]
    assert answer.headers["Etag"] != plain.headers["Etag"]
    head, nothing = fetch(server, path, "HEAD", Accept_Encoding="gzip")
    assert nothing == b""
    for name in ("Content-Length", "Content-Encoding", "Etag", "Cache-Control"):
        assert head.headers[name] == answer.headers[name]


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "identity"])
def test_who_does_not_take_gzip_gets_none(server: Server, accepted: str) -> None:
    answer, body = fetch(server, STYLE, Accept_Encoding=accepted)
    assert answer.headers["Content-Encoding"] is None
    assert b"color-scheme" in body


def test_a_small_file_is_not_compressed(server: Server) -> None:
    answer, body = fetch(server, SMALL, Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] is None
    assert body.startswith(b"{")


def test_a_part_of_a_file_is_a_part_of_the_file(server: Server) -> None:
    _, whole = fetch(server, SCRIPT)
    answer, body = fetch(server, SCRIPT, Accept_Encoding="gzip", Range="bytes=10-19")
    assert (answer.status, body) == (206, whole[10:20])
    assert answer.headers["Content-Encoding"] is None
    assert answer.headers["Content-Range"] == f"bytes 10-19/{len(whole)}"


@pytest.mark.parametrize("path", [SCRIPT, SMALL])
def test_without_a_fingerprint_the_browser_asks_each_time(server: Server, path: str) -> None:
    answer, _ = fetch(server, path, Accept_Encoding="gzip")
    assert answer.headers["Cache-Control"] == "no-cache"
    again, body = fetch(
        server, path, Accept_Encoding="gzip", If_None_Match=str(answer.headers["Etag"])
    )
    assert (again.status, body) == (304, b"")
    assert again.headers["Cache-Control"] == "no-cache"


def test_with_a_fingerprint_it_is_kept(server: Server, entries: list[str]) -> None:
    for path in (f"{SCRIPT}?v=1", *entries):
        answer, _ = fetch(server, path)
        assert answer.headers["Cache-Control"] == FOR_EVER, path
        assert answer.headers["Expires"] is None


@pytest.fixture(scope="module")
def entries(server: Server) -> list[str]:
    """Return where the page finds its extensions; their names hold a fingerprint."""
    found = re.findall(r'as="script" href="/([^"]+)"', ask(server.url).text)
    assert len(found) > 2
    return found


def test_a_file_that_changes_is_compressed_anew(tmp_path: Path) -> None:
    file = tmp_path / "a.js"
    said: list[Packed] = []
    for text in ("one", "two"):
        file.write_text(text * 500)
        one = packed(str(file), len(said), file.stat().st_size)
        assert one is packed(str(file), len(said), file.stat().st_size)  # not twice
        said.append(one)
    assert gzip.decompress(said[1].content) == b"two" * 500
    assert said[0].etag != said[1].etag
