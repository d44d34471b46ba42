"""Takes the README's pictures: the real app, in a real browser, with the invented check-in."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

from driving.chromium import ARGUMENTS, find_chromium
from driving.driver import Screen, shown_whole
from driving.servers import voila
from scripts.example import FILE

DOCS = Path(__file__).parent.parent / "docs"
Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Picture:
    """A picture of the page, scrolled to the part with the class ``at``."""

    name: str
    width: int
    height: int
    scheme: Scheme
    at: str


PICTURES = (
    Picture("wide-light", 1280, 860, "light", ".wb-chapter-ready"),
    Picture("wide-dark", 1280, 860, "dark", ".wb-chapter-ready"),
    Picture("map", 1280, 860, "light", ".wb-map"),
    Picture("phone", 375, 760, "light", ".wb-chapter-walk"),
)


def take(browser: Browser, url: str, picture: Picture) -> None:
    """Open the app, load the check-in, scroll to the part of the page, and take the picture."""
    size = ViewportSize(width=picture.width, height=picture.height)
    context = browser.new_context(viewport=size, color_scheme=picture.scheme)
    page = context.new_page()
    page.goto(url)
    screen = shown_whole(Screen(page))
    screen.load(FILE)
    expect(screen.said).to_contain_text("Loaded")
    page.locator(".wb-closing").wait_for()
    page.locator(picture.at).evaluate("part => part.scrollIntoView()")
    page.evaluate("scrollBy(0, -72)")
    page.screenshot(path=DOCS / f"{picture.name}.png")
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
        for picture in PICTURES:
            take(browser, server.url, picture)
        browser.close()


if __name__ == "__main__":
    main()
