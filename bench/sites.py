"""Pages to measure, each on a server of its own: the workbook, and the least one can be."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from driving.driver import INSTRUMENT, WORDS
from driving.servers import SCRIPTS, free_port, running, voila

if TYPE_CHECKING:
    from collections.abc import Iterator

TOYS = Path(__file__).with_name("toys")
STYLES = "voila/templates/base/static/labvariables.css"  # asked for without starting a kernel
SLIDER = "[role=slider], input[type=range]"


@dataclass(frozen=True)
class Site:
    """A page that is served.

    ``control`` is the selector of what is pressed first, by the key ``key``: the next press takes
    the first that still fits. ``said`` is that of a text which only the server can change,
    ``begin`` the words of the button that leads to the first control, ``slider`` the selector of
    the handles whose presses are timed.
    """

    name: str
    url: str
    control: str = SLIDER
    key: str = "ArrowRight"
    slider: str = SLIDER
    said: str = ".toy-total"
    begin: str = ""

    @property
    def port(self) -> int:
        """Where its server listens."""
        port = urlsplit(self.url).port
        assert port is not None
        return port

    def through(self, port: int) -> Site:
        """Return the same page under another port."""
        return replace(self, url=re.sub(r":\d+/", f":{port}/", self.url, count=1))


@contextlib.contextmanager
def workbook(folder: Path) -> Iterator[Site]:
    """Serve the workbook as ``make app`` does."""
    folder.mkdir()
    with voila(folder) as server:
        yield Site(
            "workbook",
            server.url,
            control=".wb-check:not(.wb-none) input:not(:checked)",
            key="Space",
            slider=".wb-rating [role=slider]",
            said=".wb-contents li button",
            begin=WORDS("intro.begin"),
        )


@contextlib.contextmanager
def bare(folder: Path) -> Iterator[Site]:
    """Serve as many sliders as the workbook has, and one text."""
    sliders = sum(item.kind == "rating" for item in INSTRUMENT.items)
    code = (TOYS / "bare_page.py").read_text(encoding="utf-8")
    with stock_voila(folder, code.replace("SLIDERS = 0", f"SLIDERS = {sliders}"), SCRIPTS) as url:
        yield Site("bare", url)


@contextlib.contextmanager
def stock_voila(folder: Path, code: str, scripts: Path) -> Iterator[str]:
    """Serve a notebook of one cell as Voilà does by itself; return its address."""
    folder.mkdir()
    cell: dict[str, object] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "toy",
        "metadata": {},
    }
    cells = [cell | {"outputs": [], "source": code}]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "toy.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    command = [str(scripts / "voila"), "toy.ipynb", "--no-browser", "--template=lab"]
    command += [f"--port={free_port()}", "--Voila.ip=127.0.0.1"]
    with running(command, folder, STYLES, folder) as server:
        yield server.url
