"""Takes the README's pictures: the real app in a real browser, with the invented check-in loaded."""

import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from scripts.example import FILE
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.servers import voila

DOCS = Path(__file__).parent.parent / "docs"
Scheme = Literal["light", "dark"]
PICTURES: list[tuple[str, int, int, Scheme, str]] = [
    ("wide-light", 1280, 860, "light", ".wb-chapter-ready"),
    ("wide-dark", 1280, 860, "dark", ".wb-chapter-ready"),
    ("map", 1280, 860, "light", ".wb-map"),
    ("phone", 375, 760, "light", ".wb-chapter-walk"),
]


def take(browser: Browser, url: str, name: str, size: ViewportSize, scheme: Scheme, at: str) -> None:
    """Open the app, load the check-in, scroll to the part of the page, and take the picture."""
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.goto(url)
    page.locator(".wb-files input").set_input_files(FILE)
    page.locator(".wb-file-said", has_text="Loaded").wait_for()
    page.locator(".wb-closing").wait_for()
    page.locator(at).evaluate("part => part.scrollIntoView()")
    page.evaluate("scrollBy(0, -72)")
    page.screenshot(path=DOCS / f"{name}.png")
    context.close()


def main() -> None:
    """Take all pictures."""
    with (
        tempfile.TemporaryDirectory() as folder,
        voila(Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        path = find_chromium(playwright.chromium)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for name, width, height, scheme, at in PICTURES:
            size = ViewportSize(width=width, height=height)
            take(browser, server.url, name, size, scheme, at)
        browser.close()


if __name__ == "__main__":
    main()
