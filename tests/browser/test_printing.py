"""What is printed from any step is the summary of the present answers, or no summary at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from driving.driver import INSTRUMENT, WORDS
from driving.waiting import eventually
from tests.browser.test_chapters import Walk, load, start
from workbook import assess
from workbook.reflection.journey import RESULT, SUMMARY

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

READY = INSTRUMENT.scales[0]
KEY = "ready.healed"
ANSWERS: dict[str, object] = {i.id: 5 for i in INSTRUMENT.items if i.kind == "rating"} | {
    i.id: "no" for i in INSTRUMENT.signs
}
# What stands on paper each time that the page is printed; ``print`` shows nothing to press here.
PRINTS = """() => {
    window.papers = [];
    window.print = () => {
        dispatchEvent(new Event("beforeprint"));
        window.papers.push(document.body.classList.contains("wb-no-summary")
            ? "" : document.querySelector(".wb-summary-page").textContent);
        dispatchEvent(new Event("afterprint"));
    };
}"""


def papers(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.papers")
    return found


def score(rating: int) -> str:
    """Return what the summary says of readiness where everything is 5 but for one answer."""
    value: Any = assess(INSTRUMENT, ANSWERS | {KEY: rating}).scores[READY.id].value
    return f"{READY.name} is {value:.0f} of 100"


@pytest.fixture
def walk(page: Page, voila_url: str, tmp_path: Path) -> Walk:
    """Somebody who has answered everything, and looked at the summary."""
    walk = start(page, voila_url)
    load(walk, tmp_path, ANSWERS)
    expect(page.locator(".wb-summary-page")).to_contain_text(score(5))
    page.evaluate(PRINTS)
    walk.entry("ready").click()
    return walk


def move(walk: Walk, key: str) -> None:
    """Move the slider by a key, and see that it has come to its score."""
    before = walk.screen.panel.locator(f".wb-full .wb-score-{READY.id} .wb-score-name")
    said = before.text_content() or ""
    walk.screen.handle(KEY).press(key)
    expect(before).not_to_have_text(said)


def test_who_prints_by_the_keys_gets_the_summary_of_now(page: Page, walk: Walk) -> None:
    keys = page.keyboard
    move(walk, "ArrowRight")
    expect(page.locator(".wb-summary-page")).to_be_empty()
    keys.press("Control+p")
    eventually(lambda: len(papers(page)) == 1, 5, lambda: "nothing is printed")
    assert score(6) in papers(page)[0]
    move(walk, "ArrowRight")
    keys.press("Control+p")  # the hand has hardly rested
    eventually(lambda: len(papers(page)) == 2, 5, lambda: "nothing is printed")
    assert score(7) in papers(page)[1]
    keys.press("Control+p")  # nothing has changed: the browser's own way
    assert len(papers(page)) == 2


def test_who_prints_by_a_menu_gets_it_too_and_never_an_old_one(page: Page, walk: Walk) -> None:
    summary = page.locator(".wb-summary-page")
    move(walk, "ArrowRight")
    page.evaluate("print()")
    assert papers(page) == [""]  # before the kernel knew
    expect(summary).to_contain_text(score(6))
    page.evaluate("print()")
    assert score(6) in papers(page)[1]
    move(walk, "ArrowRight")
    expect(summary).to_be_empty()
    page.evaluate("document.body.dispatchEvent(new MouseEvent('mouseleave'))")  # to the menu
    expect(summary).to_contain_text(score(7))
    page.evaluate("print()")
    assert score(7) in papers(page)[2]


def test_paper_without_a_summary_says_so(page: Page, walk: Walk) -> None:
    move(walk, "ArrowRight")
    missing = page.get_by_text(WORDS("frame.unsummed"))
    expect(missing).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(missing).to_be_visible()
    expect(page.locator(".wb-summary-page")).to_be_hidden()
    page.emulate_media(media="screen")
    expect(page.locator(".wb-summary-page")).to_contain_text(score(6))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(missing).to_be_hidden()
    expect(page.locator(".wb-summary-page")).to_be_visible()


def test_what_follows_from_older_answers_is_not_seen_on_the_way_to_its_step(
    page: Page, walk: Walk
) -> None:
    walk.entry(RESULT).click()
    said = page.locator(".wb-result .wb-scores .wb-chart-text")
    expect(said).to_contain_text(score(5))
    walk.entry("ready").click()
    # The kernel may hear of the first before it hears where somebody is now.
    for _ in range(2):
        move(walk, "ArrowRight")
    page.evaluate(
        """title => {
            const chart = document.querySelector(".wb-result .wb-scores");
            const go = [...document.querySelectorAll(".wb-contents button")]
                .find(button => button.textContent.includes(title));
            go.click();
            window.seen = [chart.checkVisibility({checkVisibilityCSS: true})];
        }""",
        WORDS("result.title"),
    )
    assert page.evaluate("window.seen") == [False]
    expect(said).to_be_visible()
    expect(said).to_contain_text(score(7))
    walk.entry(SUMMARY).click()
    expect(page.locator(".wb-summary-page")).to_contain_text(score(7))
    walk.contents.get_by_role("button", name=WORDS("step.whole")).click()
    expect(page.locator("body.wb-late")).to_have_count(0)
    expect(said).to_be_visible()
