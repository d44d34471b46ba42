"""The document: the start page is in its first bytes, before a kernel has said anything."""

from __future__ import annotations

import ast
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


def test_the_notebook_and_its_metadata_name_the_same_questionnaire() -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    first = next(c for c in notebook["cells"] if c["cell_type"] == "code")
    calls = [n for n in ast.walk(ast.parse("".join(first["source"]))) if isinstance(n, ast.Call)]
    named = {ast.unparse(c.func): [ast.literal_eval(a) for a in c.args] for c in calls}
    assert named["Workbook"] == [notebook["metadata"]["workbook"]["instrument"]]
    assert named["book.start"] == []  # minutes of its own would stand in the metadata too
    assert all(not c.keywords for c in calls)


@pytest.mark.parametrize("named", [{}, {"workbook": {}}, {"workbook": {"instrument": "no.toml"}}])
def test_without_a_questionnaire_there_is_no_start_page(named: dict) -> None:
    assert page_start(named, str(NOTEBOOK.parent)) is None


def test_a_changed_text_is_there_at_the_next_visit(tmp_path: Path) -> None:
    changed_copy(tmp_path, str)
    folder = tmp_path / "copy/notebooks"
    named = {"workbook": {"instrument": "../data/friendship.toml", "idle_minutes": 7}}
    start = page_start(named, str(folder))
    assert start is not None
    assert "After 7 minutes" in start["more"]
    file = tmp_path / "copy/data/friendship.toml"
    file.write_text(file.read_text().replace(INSTRUMENT.about.start[0], "Something new"))
    again = page_start(named, str(folder))
    assert again is not None
    assert "Something new" in again["before"]
