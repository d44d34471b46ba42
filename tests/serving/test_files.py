"""Scripts and styles: compressed once, kept as long as they are the same, and never mixed up."""

from __future__ import annotations

import contextlib
import gzip
import http.client
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from workbook.serving.files import FINGERPRINT, FOR_EVER, Packed, packed

if TYPE_CHECKING:
    from pathlib import Path

    from driving.servers import Server

SCRIPT = "voila/templates/workbook/static/front.js"
STYLE = "voila/templates/workbook/static/frame.css"
SMALL = "voila/templates/workbook/static/old.js"
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
    assert body.startswith(b"//")


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


def test_with_a_fingerprint_it_is_kept(server: Server) -> None:
    answer, _ = fetch(server, f"{SCRIPT}?v=1")
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert answer.headers["Expires"] is None
    # as the packages of widgets have them, for Voilà's own front end
    assert FINGERPRINT.search("voila/labextensions/anywidget/static/2.3dbf81c0.js")
    assert not FINGERPRINT.search("voila/labextensions/anywidget/package.json")


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
