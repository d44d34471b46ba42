"""A stock Firefox, on the servers of tests/browser. `make firefox` runs these, not `make test`."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from playwright.sync_api import BrowserType, expect, sync_playwright

from tests.browser.conftest import (
    PATIENCE,
    network,
    new_page,
    page,
    quick_url,
    voila_server,
    voila_url,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext

# fixtures of theirs that are used here
__all__ = ["network", "new_page", "page", "quick_url", "voila_server", "voila_url"]

NAMES = ("firefox-esr", "firefox")
SETTINGS: dict[str, str | float | bool] = {
    # What asks for another host finds none; this machine needs no proxy.
    "network.proxy.type": 1,
    "network.proxy.socks": "127.0.0.1",
    "network.proxy.socks_port": 9,
    "network.proxy.socks_remote_dns": True,
    "browser.download.alwaysOpenPanel": False,  # it would take the focus from the page
    "browser.sessionstore.interval": 1000,  # milliseconds from one writing to the next, not 15 s
}


class OpenProfile(Protocol):
    """Starts a Firefox of its own on the profile in this folder."""

    def __call__(self, folder: Path) -> BrowserContext: ...


def find_firefox() -> str:
    """Return the path of a Firefox, or fail with a sentence that says how to get one."""
    names = [os.environ["WORKBOOK_FIREFOX"]] if "WORKBOOK_FIREFOX" in os.environ else NAMES
    found = next(filter(None, map(shutil.which, names)), None)
    return found or pytest.fail("No Firefox for the tests. `make firefox` gets one as root.")


@pytest.fixture(scope="session")
def firefox_type() -> Iterator[BrowserType]:
    """Start Playwright; afterwards it is gone, with every browser."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        yield playwright.firefox


@pytest.fixture(scope="session")
def launching(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return how Playwright has to start Firefox: through the bridge."""
    path = tmp_path_factory.mktemp("bridge") / "firefox"
    bridge = Path(__file__).with_name("bridge.py")
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{bridge}" "{find_firefox()}" "$@"\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return {"channel": "moz-firefox", "executable_path": path, "firefox_user_prefs": SETTINGS}


@pytest.fixture(scope="session")
def browser(firefox_type: BrowserType, launching: dict[str, Any]) -> Iterator[Browser]:
    """Start one Firefox for all tests that need no profile of their own."""
    browser = firefox_type.launch(**launching)
    yield browser
    browser.close()


@pytest.fixture
def open_profile(firefox_type: BrowserType, launching: dict[str, Any]) -> Iterator[OpenProfile]:
    """Start browsers on profiles that stay on the disk; all are closed afterwards."""
    contexts: list[BrowserContext] = []

    def launch(folder: Path) -> BrowserContext:
        contexts.append(firefox_type.launch_persistent_context(folder, **launching))
        return contexts[-1]

    yield launch
    for context in contexts:
        context.close()
