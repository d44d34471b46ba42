"""The choice on a screen: side by side on a desk, one below the other on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import ViewportSize, expect

from driving.driver import INSTRUMENT, WORDS, Screen, faults, open_in_voila
from workbook import write_checkin

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LEAN = "choice.lean"
ANSWERS: dict[str, object] = {
    **{i.id: 7 for i in INSTRUMENT.of_kind("rating") if i.scored},
    **{f"against.{i}": 2 for i in ("blurred", "leaning", "new-love", "agenda", "old-fights")},
    "ready.hope": 1,
    **{sign.id: "no" for sign in INSTRUMENT.signs},
}


LOOKS: list[tuple[ViewportSize, Literal["light", "dark"], int]] = [
    ({"width": 375, "height": 760}, "dark", 1),
    ({"width": 1280, "height": 860}, "light", 2),
]


def columns(page: Page) -> int:
    """Return how many cards begin at a place of their own from left to right."""
    cards = page.locator(".wb-way")
    return len({box["x"] for card in cards.all() if (box := card.bounding_box())})


def test_ways_are_compared_and_one_is_leant_to(page: Page, voila_url: str, tmp_path: Path) -> None:
    screen = open_in_voila(page, voila_url)
    chapter = screen.chapter("choice")
    expect(chapter.get_by_text(WORDS("signs.first"))).to_be_visible()
    screen.skip_signs()
    expect(chapter.get_by_text(WORDS("choice.no-scores"))).to_be_visible()
    load(screen, tmp_path)
    expect(chapter.get_by_text(WORDS("choice.tag"))).to_have_count(1)
    expect(page.locator(".wb-way")).to_have_count(len(INSTRUMENT.ways))
    screen.item(LEAN).locator("select").select_option(label="Wait")
    screen.rate("choice.sure", 6)
    summary = page.locator(".wb-summary-page")
    expect(summary).to_contain_text("Your choice so far: Wait, 6 of 10 sure.")
    for size, scheme, side_by_side in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        assert columns(page) == side_by_side
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert faults(page) == []
    screen.sign("walk.fear", "not sure")
    expect(page.locator(".wb-way")).to_have_count(0)
    expect(screen.item(LEAN)).to_be_hidden()
    expect(summary).not_to_contain_text("Your choice so far")


def load(screen: Screen, folder: Path) -> None:
    file = folder / "answers.csv"
    file.write_text(write_checkin(INSTRUMENT, ANSWERS), newline="")
    screen.load(file)
