"""What a browser would do to fields by itself, and must not: keep what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import INSTRUMENT, WORDS, Screen, open_in_voila
from workbook.instrument.kinds import TEXT_MOST

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

UNMARKED = """() => [...document.querySelectorAll("input, textarea, select")]
    .filter(field => field.getAttribute("autocomplete") !== "off")
    .map(field => field.outerHTML)"""
COUNT = "document.querySelectorAll('input, textarea, select').length"
EMOJI = "\U0001f331"
FIELDS = ("say.limits.text", "well.support.step", "own.1.text")


def test_a_field_tells_the_browser_to_keep_nothing_and_takes_no_more_than_fits(
    page: Page, voila_url: str
) -> None:
    screen = open_in_voila(page, voila_url)
    assert page.evaluate(UNMARKED) == []
    before = page.evaluate(COUNT)
    assert before > len(INSTRUMENT.items) / 2
    screen.button("own.add").click()
    expect(screen.item("own.1.text").get_by_role("textbox")).to_be_visible()
    assert page.evaluate(COUNT) > before
    assert page.evaluate(UNMARKED) == []
    for text in ("x" * 40_000, EMOJI * 40_000):
        too_long_fills_the_field_and_no_more(screen, text)


def paste(screen: Screen, text: str) -> None:
    """Put a text where the cursor is, by way of the clipboard."""
    page = screen.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def too_long_fills_the_field_and_no_more(screen: Screen, text: str) -> None:
    """Paste more than a field takes into one of each kind, and take most of it away again."""
    page = screen.page
    answers: dict[str, object] = {}
    for key in FIELDS:
        item = screen.item(key)
        field = item.get_by_role("textbox")
        field.fill("")
        field.click()
        page.keyboard.type("Before ")
        expect(item.get_by_role("alert")).to_have_count(0)
        paste(screen, text)
        expect(item.get_by_role("alert")).to_have_text(WORDS("fields.full"))
        kept = field.input_value()
        fits = (TEXT_MOST - len("Before ")) // (2 if text[0] == EMOJI else 1)
        assert kept == f"Before {text[:fits]}"
        page.keyboard.insert_text(EMOJI)
        expect(field).to_have_value(kept)
        answers[key] = kept
    screen.should_have({k: v for k, v in answers.items() if k in INSTRUMENT.by_id})
    expect(screen.panel.locator(".wb-problem")).to_be_empty()
    for key in FIELDS:
        item = screen.item(key)
        item.get_by_role("textbox").fill("Less")
        expect(item.get_by_role("alert")).to_have_count(0)
