"""The document: the start page is in its first bytes, before a kernel has said anything."""

from __future__ import annotations

import contextlib
import json
import zlib
from html import unescape
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import pytest

from driving.servers import ROOT, changed_copy, voila
from driving.visitor import KERNEL
from workbook import load_instrument
from workbook.instrument.support import load_support
from workbook.opening.start import before, more
from workbook.serving.document import MARK
from workbook.serving.start import page_start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from driving.servers import Server

NOTEBOOK = ROOT / "notebooks/workbook.ipynb"
INSTRUMENT = load_instrument(ROOT / "data/friendship.toml")
SUPPORT = load_support(ROOT / "data/support.toml")


def parts(url: str) -> Iterator[str]:
    """Yield the document as it has come so far, each time some more of it has."""
    whole = ""
    unpack = zlib.decompressobj(wbits=31)
    request = Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310  # our own server
    with contextlib.closing(urlopen(request, timeout=60)) as answer:  # noqa: S310
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "no-store" in answer.headers["Cache-Control"]
        while piece := answer.read1():
            whole += unpack.decompress(piece).decode()
            yield whole


def test_the_start_page_stands_before_every_script_that_brings_the_workbook(
    server: Server,
) -> None:
    *_, whole = parts(server.url)
    head, _, cells = whole.partition('id="jupyter-config-data"')
    assert before(INSTRUMENT, SUPPORT) in head
    assert more(INSTRUMENT) in head
    assert "voila.js" not in head
    assert KERNEL.search(head) is None
    assert unescape(INSTRUMENT.about.start[0]) not in cells
    assert MARK not in whole


def test_it_comes_at_once_though_the_kernel_takes_its_time(tmp_path: Path) -> None:
    """The first visitor takes the warm kernel; the next finds one that has yet to start."""
    slow = ("--VoilaKernelManager.fill_delay=600", "--BoundedKernels.left_timeout=1")
    with voila(tmp_path, *slow) as server:
        list(parts(server.url))
        coming = parts(server.url)
        # without it, this would wait for the kernel until the time is up
        first = next(whole for whole in coming if more(INSTRUMENT) in whole)
        assert before(INSTRUMENT, SUPPORT) in first
        assert "jupyter-config-data" not in first  # which has the kernel's id


def notebook_of(*sources: str) -> dict:
    return {"cells": [{"cell_type": "code", "source": source} for source in sources]}


def test_what_the_notebook_says_counts() -> None:
    shipped = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    start = page_start(shipped, str(NOTEBOOK.parent))
    assert start is not None
    assert start["before"] == before(INSTRUMENT, SUPPORT)
    assert start["more"] == more(INSTRUMENT)
    path = ROOT / "data/examples/car.toml"
    code = f"book = Workbook({str(path)!r}, leave_to='https://a.example/')"
    other = page_start(notebook_of(code, "book.start(idle_minutes=7)"), "/")
    car = load_instrument(path)
    assert other is not None
    assert other["before"] == before(car, None)
    assert other["more"] == more(car, 7)
    assert other["key"] != start["key"]
    assert (start["leave_to"], other["leave_to"]) == ("", "https://a.example/")


@pytest.mark.parametrize(
    "sources",
    [
        [],
        ["Workbook(path)", "book.start()"],
        ["Workbook('no.toml')", "book.start()"],
        ["Workbook('data/friendship.toml')"],
        ["this is no Python"],
    ],
)
def test_where_the_notebook_does_not_say_it_plainly_there_is_no_start_page(
    sources: list[str],
) -> None:
    assert page_start(notebook_of(*sources), str(ROOT)) is None


def test_a_changed_text_is_there_at_the_next_visit(tmp_path: Path) -> None:
    notebook = changed_copy(tmp_path, str)
    cells, folder = json.loads(notebook.read_text()), str(notebook.parent)
    assert page_start(cells, folder) is not None
    file = tmp_path / "copy/data/friendship.toml"
    file.write_text(file.read_text().replace(INSTRUMENT.about.start[0], "Something new"))
    again = page_start(cells, folder)
    assert again is not None
    assert "Something new" in again["before"]
