"""Before the first question: what is said, what is not shown yet, and one click to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import INSTRUMENT, SUPPORT, WORDS, Screen, begin, faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

# Every place the focus can get to with Tab, by what is written on it.
STOPS = """() => [...document.querySelectorAll(
        "button, a[href], input, select, textarea, summary, [tabindex='0']")]
    .filter(e => e.checkVisibility({visibilityProperty: true}))
    .map(e => e.textContent.trim())"""


def test_first_it_says_what_to_know_and_one_click_begins(page: Page, voila_url: str) -> None:
    page.goto(voila_url)
    screen, chapters = Screen(page), page.locator(".wb-chapter")
    expect(screen.button("intro.begin")).to_be_visible()
    expect(chapters).to_have_count(len(INSTRUMENT.chapters))  # they load behind it
    text = page.locator("main").inner_text()
    for said in (*INSTRUMENT.about.intro, *WORDS.group("intro.privacy").values()):
        assert said in text
    later = page.locator(":is(.wb-chapter, .wb-panel, .wb-result, .wb-save):visible")
    expect(later).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollHeight") < 3000
    assert faults(page) == []
    # Nothing that is not shown can be reached; help and the way out can.
    assert SUPPORT is not None
    assert page.evaluate(STOPS) == [
        WORDS("frame.support"),
        WORDS("frame.leave"),
        WORDS("intro.begin"),
        *(country.name for country in SUPPORT.country),
    ]
    page.emulate_media(media="print")
    expect(page.get_by_text(WORDS("intro.privacy.leave"))).to_be_visible()
    page.emulate_media(media="screen")
    begin(Screen(page))
    expect(chapters.first).to_be_visible()
    expect(screen.panel).to_be_visible()
    expect(screen.button("intro.begin")).to_be_hidden()


def test_whoever_begins_at_once_does_not_wait_for_what_is_below(
    new_page: NewPage, voila_url: str
) -> None:
    """The button works as soon as it is there, by keyboard too."""
    page = new_page(viewport=(375, 667))
    page.goto(voila_url, wait_until="commit")
    button = Screen(page).button("intro.begin")
    button.focus()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name=INSTRUMENT.chapters[0].title)
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport(ratio=1)
    assert page.url == voila_url
