"""Takes the README's pictures: the real app, in a real browser, with invented check-ins."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from driving.chromium import ARGUMENTS, find_chromium
from driving.driver import WORDS, Screen, begin
from driving.servers import voila
from scripts.example import DATA, FILE

DOCS = Path(__file__).parent.parent / "docs"
Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Picture:
    """A picture of one step, scrolled to the part with the class ``at``, if it names one.

    ``file`` has the answers.
    """

    name: str
    width: int
    height: int
    scheme: Scheme
    step: str
    at: str = ""
    file: Path = FILE


PICTURES = (
    Picture("wide-light", 1280, 860, "light", "Are you ready for this?"),
    Picture("wide-dark", 1280, 860, "dark", "Are you ready for this?"),
    Picture("map", 1280, 860, "light", WORDS("result.title"), ".wb-map"),
    Picture(
        "over-time",
        1280,
        860,
        "light",
        WORDS("history.title"),
        ".wb-over-course",
        DATA / "examples/recovery.csv",
    ),
    Picture("phone", 375, 760, "light", "Signs to take seriously"),
)


def go_to(page: Page, step: str) -> None:
    """Choose a step in the contents."""
    if page.locator(".wb-where").is_visible():
        page.locator(".wb-where").click()
    page.locator(".wb-contents").get_by_role("button", name=step).click()


def take(browser: Browser, url: str, picture: Picture) -> None:
    """Open the app, load the check-in, scroll to the part of the page, and take the picture."""
    size = ViewportSize(width=picture.width, height=picture.height)
    context = browser.new_context(viewport=size, color_scheme=picture.scheme)
    page = context.new_page()
    page.goto(url)
    screen = Screen(page)
    begin(screen)
    go_to(page, WORDS("summary.title"))
    screen.load(picture.file)
    expect(screen.said).to_contain_text("Loaded")
    go_to(page, picture.step)
    if picture.at:
        page.locator(picture.at).first.evaluate("part => part.scrollIntoView()")
        page.evaluate("scrollBy(0, -72)")
    page.evaluate("document.activeElement.blur()")
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
