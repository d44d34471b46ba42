"""Before the first question: what is said, what is not shown yet, and one click to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import INSTRUMENT, SUPPORT, WORDS, Screen, begin, faults, shown_whole
from workbook import write_checkin

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

# Every place the focus can get to with Tab, by what is written on it.
STOPS = """(CLOSED = "details:not([open]) > :not(summary)") => [...document.querySelectorAll(
        "button, a[href], input, select, textarea, summary, [tabindex='0']")]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest(CLOSED))
    .map(e => e.textContent.trim())"""


MOST = 90  # words before the first question, with the button to begin and what the bar says

# The words in view before the button, and where that ends.
BEFORE = """begin => {
    const seen = node => node.parentElement.checkVisibility({visibilityProperty: true});
    const button = [...document.querySelectorAll("button")].find(b => b.textContent === begin);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const words = [];
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const after = button.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
        const fixed = node.parentElement.closest("script, style, noscript");
        if (fixed || !seen(node) || (after && !button.contains(node))) continue;
        words.push(...node.data.trim().split(/\\s+/).filter(Boolean));
    }
    return [words, button.getBoundingClientRect().bottom];
}"""


def test_first_it_says_what_to_know_and_one_click_begins(page: Page, voila_url: str) -> None:
    page.goto(voila_url)
    screen, chapters = Screen(page), page.locator(".wb-chapter")
    expect(screen.button("intro.begin")).to_be_visible()
    expect(chapters).to_have_count(len(INSTRUMENT.chapters))  # they load behind it
    text = page.locator("main").inner_text()
    for said in (*INSTRUMENT.about.start, *map(WORDS, ("intro.kept", "intro.leave"))):
        assert said in text
    assert WORDS("intro.watched") in text
    assert SUPPORT is not None
    words, position = page.evaluate(BEFORE, WORDS("intro.begin"))
    assert len(words) <= MOST, words
    assert SUPPORT.danger in " ".join(words)
    assert position < 900
    later = page.locator(":is(.wb-chapter, .wb-panel, .wb-result, .wb-save):visible")
    expect(later).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollHeight") < 3000
    assert faults(page) == []
    # Nothing that is not shown can be reached; help and the way out can.
    assert page.evaluate(STOPS) == [
        WORDS("frame.support"),
        WORDS("frame.leave"),
        WORDS("intro.begin"),
        WORDS("intro.file"),
        *(WORDS(f"intro.{code}") for code in ("more", "watched-more-title", "left-behind-title")),
        WORDS("support.planning"),
        *(country.name for country in SUPPORT.country),
    ]
    page.emulate_media(media="print")
    expect(page.get_by_text(WORDS("intro.leave"))).to_be_visible()
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


def test_a_file_opens_the_chapters_from_the_start_page(
    page: Page, voila_url: str, tmp_path: Path
) -> None:
    answers: dict[str, object] = {"ready.healed": 4}
    file = tmp_path / "answers.csv"
    file.write_text(write_checkin(INSTRUMENT, answers), newline="")
    page.goto(voila_url)
    screen = Screen(page)
    with page.expect_file_chooser() as chooser:
        screen.button("intro.file").click()
    chooser.value.set_files(file)
    said = page.locator(".wb-start .wb-files").get_by_role("status")
    expect(said).to_be_focused()
    expect(said).to_contain_text("1 answer")
    expect(screen.button("intro.file")).to_be_hidden()
    # What came of it stays in view; the way on leads to the first chapter.
    page.locator(".wb-step-foot .wb-main").click()
    expect(screen.chapter(INSTRUMENT.chapters[0].id)).to_be_visible()
    shown_whole(screen, begun=True)
    screen.should_have(answers)
