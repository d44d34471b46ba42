"""The page of the workbook and the bare one, on Voilà servers of their own, in one Chromium."""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
from playwright.sync_api import sync_playwright

from driving.chromium import ARGUMENTS, find_chromium
from driving.servers import SCRIPTS, free_port, running, voila

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

WATCH = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")
PROBE = "voila/templates/base/static/labvariables.css"
PATIENCE = 60.0  # seconds

# As many sliders as the workbook has, and one text: the least such a page can be.
BARE = """
import ipywidgets as w

sliders = [w.IntSlider(value=5, min=0, max=10) for _ in range(14)]
said = w.HTML().add_class("bare-sum")

def show(_=None):
    said.value = str(sum(slider.value for slider in sliders))

for slider in sliders:
    slider.observe(show, "value")
show()
w.VBox([*sliders, said])
"""
CELL: dict[str, object] = {
    "cell_type": "code",
    "execution_count": None,
    "id": "bare",
    "metadata": {},
    "outputs": [],
}


@dataclass(frozen=True)
class Site:
    """A page that is served.

    ``slider`` is the selector of the handle to press, ``answer`` a script that tells what the
    kernel says of it, ``late`` the selector of what follows only when the hand rests, ``begin``
    that of what leads from the start page to the questions.
    """

    name: str
    url: str
    slider: str
    answer: str
    late: str = ""
    begin: str = ""

    def open(self, browser: Browser) -> Page:
        """Go to the page with an empty cache, and wait until the kernel answers a key press."""
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        settings = {"slider": self.slider, "late": self.late, "begin": self.begin}
        page.add_init_script(f"{WATCH}\nwatch({json.dumps(settings)}, () => {self.answer});")
        page.goto(self.url, wait_until="commit")
        # Asked from outside: the page's own policy forbids scripts that are made of text.
        deadline = time.monotonic() + PATIENCE
        while page.evaluate("bench.usable") is None:
            assert time.monotonic() < deadline, f"{self.name}: no slider, or no answer to it"
            time.sleep(0.1)
        return page


@contextlib.contextmanager
def both(folder: Path) -> Iterator[tuple[Site, Site]]:
    """Serve the workbook as ``make app`` does, and the bare page as Voilà does by itself."""
    ours, bare = folder / "ours", folder / "bare"
    ours.mkdir()
    bare.mkdir()
    notebook = {"cells": [CELL | {"source": BARE}], "metadata": {}, "nbformat": 4}
    (bare / "bare.ipynb").write_text(json.dumps(notebook | {"nbformat_minor": 5}))
    command = [str(SCRIPTS / "voila"), "bare.ipynb", "--no-browser", "--template=lab"]
    command += [f"--port={free_port()}", "--Voila.ip=127.0.0.1"]
    with voila(ours) as first, running(command, bare, PROBE, bare) as second:
        item = ".wb-item.wb-rating"
        yield (
            Site(
                "workbook",
                first.url,
                f"{item} .noUi-handle",
                f'document.querySelector("{item} .wb-said")?.textContent',
                ".wb-result-later, .wb-ways, .wb-summary, .wb-kept",
                "[data-wb-begin]",
            ),
            Site(
                "bare",
                second.url,
                ".noUi-handle",
                'document.querySelector(".bare-sum .widget-html-content")?.textContent',
            ),
        )


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser of the tests."""
    with sync_playwright() as playwright:
        path = find_chromium(playwright.chromium)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def close(page: Page) -> None:
    """Leave the page, so that its kernel ends."""
    context = page.context
    page.close()
    context.close()


def kernels() -> list[psutil.Process]:
    """Return the kernels of all servers started here."""
    found = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if any("ipykernel" in word for word in process.cmdline()):
                found.append(process)
    return found


def kernel_of(page: Page) -> psutil.Process:
    """Return the kernel behind a page."""
    config: Any = page.evaluate("JSON.parse(document.querySelector('#jupyter-config-data').text)")
    return next(k for k in kernels() if any(config["kernelId"] in word for word in k.cmdline()))


def calm(seconds: float = 1.0, share: float = 0.05) -> None:
    """Wait until no kernel starts or works any more: then the pool is warm."""
    end = time.monotonic() + PATIENCE
    before: dict[int, float] = {}
    while time.monotonic() < end:
        now = {}
        for kernel in kernels():
            with contextlib.suppress(psutil.Error):
                now[kernel.pid] = sum(kernel.cpu_times()[:2])
        busy = sum(now.get(pid, 0) - used for pid, used in before.items())
        if before and now.keys() == before.keys() and busy < share * seconds:
            return
        before = now
        time.sleep(seconds)
