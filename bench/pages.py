"""One Chromium, its pages and the kernels behind them."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any

import psutil
from playwright.sync_api import sync_playwright

from bench.visits import visit
from driving.chromium import ARGUMENTS, find_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from bench.sites import Site

PATIENCE = 60.0  # seconds


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser of the tests."""
    with sync_playwright() as playwright:
        path = find_chromium(playwright.chromium)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def answering(browser: Browser, site: Site) -> Page:
    """Open a page with an empty cache, and wait until it answers a key press."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    visit(page, site)
    return page


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
    before: dict[int, float] | None = None
    while time.monotonic() < end:
        now = {}
        for kernel in kernels():
            with contextlib.suppress(psutil.Error):
                now[kernel.pid] = sum(kernel.cpu_times()[:2])
        if before is not None and now.keys() == before.keys():
            busy = sum(now[pid] - used for pid, used in before.items())
            if busy < share * seconds:
                return
        before = now
        time.sleep(seconds)
