"""The browser of the tests: a Chromium of the system, or else Playwright's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserType

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"  # the same engine without a window: a page costs a quarter less
NAME = "workbook.test"  # this machine under another name, which no browser takes for a safe one
HINT = (
    "No browser for the tests. `make browser` gets one; so does `apt install chromium` or "
    "`playwright install chromium`. WORKBOOK_CHROMIUM=/path/to/chromium names one."
)
ARGUMENTS = [
    # A browser asks its maker for updates and more, all by itself. Not in a test.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--disable-gpu",
    # What asks for another host all the same finds none.
    f"--host-resolver-rules=MAP {NAME} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    # Root, as in containers, cannot have the sandbox; the pages are our own.
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]


def find_headless(chromium: BrowserType) -> str:
    """Return the path of the quickest browser there is for tests that need no profile."""
    shell = None if os.environ.get("WORKBOOK_CHROMIUM") else shutil.which(SHELL)
    return shell or find_chromium(chromium)


def find_chromium(chromium: BrowserType) -> str:
    """Return the path of a browser, or fail with a sentence that says how to get one."""
    if named := os.environ.get("WORKBOOK_CHROMIUM"):
        found = shutil.which(named)
        return found or pytest.fail(f"WORKBOOK_CHROMIUM={named} is no program. {HINT}")
    candidates = [*map(shutil.which, NAMES), chromium.executable_path]
    for path in candidates:
        if path and Path(path).exists():
            return path
    pytest.fail(HINT)
