"""One chapter at a time: the way through, where links lead, and what never tells where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from driving.driver import INSTRUMENT, WORDS, Screen, begin, faults, uncovered
from workbook import write_checkin
from workbook.reflection.journey import (
    HELP,
    HISTORY,
    RESULT,
    SUMMARY,
    SUPPORT,
    chapters_by_step,
)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

STEPS = list(chapters_by_step(INSTRUMENT))
CHOICE = STEPS.index("choice")
ORDER = [*STEPS[:CHOICE], RESULT, HISTORY, *STEPS[CHOICE:], SUMMARY]
TITLES = {c.id: c.title for c in INSTRUMENT.chapters} | {
    RESULT: WORDS("result.title"),
    HISTORY: WORDS("history.title"),
    SUMMARY: WORDS("summary.title"),
}

# The steps of which anything can be seen.
SHOWN = """() => [...new Set([...document.querySelectorAll(".wb-step")]
    .filter(part => part.checkVisibility() && part.offsetHeight > 0)
    .map(part => [...part.classList].find(name => name.startsWith("wb-step-")).slice(8)))]"""
# Presses, and notes from when until when the step was on its way to the screen.
PRESSED = """way => new Promise(done => {
    const from = performance.now();
    way.click();
    requestAnimationFrame(() => setTimeout(() => {
        window.steps.push([from, performance.now()]);
        done();
    }));
})"""
# What moves from here on, whether or not somebody has just pressed something.
WATCH = """() => {
    [window.moved, window.steps] = [[], []];
    new PerformanceObserver(list => window.moved.push(...list.getEntries()))
        .observe({type: "layout-shift", buffered: true});
}"""
# What has moved while no step was on its way to the screen.
MOVED = """() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(
    window.moved.filter(({startTime: at}) =>
            at > window.steps[0][0] && !window.steps.some(([from, to]) => from <= at && at <= to))
        .map(({value, startTime}) => [value, startTime])
))))"""


class Walk:
    """Somebody who goes from step to step."""

    def __init__(self, page: Page) -> None:
        self.page, self.screen = page, Screen(page)

    @property
    def shown(self) -> list[str]:
        found: list[str] = self.page.evaluate(SHOWN)
        return found

    @property
    def next(self) -> Locator:
        return self.page.locator(".wb-step-foot .wb-main")

    @property
    def back(self) -> Locator:
        return self.page.locator(".wb-step-foot .wb-button")

    @property
    def contents(self) -> Locator:
        return self.page.get_by_role("navigation", name=WORDS("step.contents"))

    def entry(self, step: str) -> Locator:
        return self.contents.get_by_role("button", name=TITLES[step])

    def should_be_at(self, step: str) -> None:
        """See that this step is shown, alone, from its top, with the focus on its heading."""
        heading = self.page.locator(f".wb-step-{step}").get_by_role("heading").first
        expect(heading).to_be_focused()
        expect(heading).to_be_in_viewport(ratio=1)
        assert self.shown == [step]
        expect(self.page.locator(".wb-contents [aria-current=step] .wb-step-title")).to_have_text(
            TITLES[step]
        )
        number = WORDS("step.where", number=ORDER.index(step) + 1, of=len(ORDER))
        expect(self.page.locator(".wb-step-head")).to_contain_text(number)


def start(page: Page, url: str) -> Walk:
    page.goto(url)
    begin(Screen(page))
    return Walk(page)


def load(walk: Walk, folder: Path, answers: dict[str, object]) -> None:
    """Go on with these answers, from the last step."""
    file = folder / "answers.csv"
    file.write_text(write_checkin(INSTRUMENT, answers), newline="")
    walk.entry(SUMMARY).click()
    walk.screen.load(file)
    expect(walk.screen.said).to_contain_text("Loaded")


def test_from_the_first_step_to_the_last_by_keyboard(
    page: Page, voila_url: str, subtests: pytest.Subtests
) -> None:
    walk, keys = start(page, voila_url), page.keyboard
    address, history = page.url, page.evaluate("history.length")
    for step, after in zip(ORDER, [*ORDER[1:], None], strict=True):
        with subtests.test(step):
            walk.should_be_at(step)
            assert faults(page) == []
            if after is None:
                expect(walk.next).to_be_hidden()
                break
            expect(walk.next).to_have_text(WORDS("step.next", step=TITLES[after]))
            walk.next.focus()
            keys.press("Enter")
    for step, before in zip(reversed(ORDER), [*reversed(ORDER[:-1]), None], strict=True):
        walk.should_be_at(step)
        if before:
            expect(walk.back).to_have_text(WORDS("step.back", step=TITLES[before]))
            walk.back.focus()
            keys.press("Enter")
    expect(walk.back).to_have_text(WORDS("step.back", step=WORDS("step.start")))
    walk.back.click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert walk.shown == ["-start"]
    walk.next.click()
    walk.should_be_at(ORDER[0])
    assert (page.url, page.evaluate("history.length")) == (address, history)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_links_lead_into_the_right_chapter(page: Page, voila_url: str, tmp_path: Path) -> None:
    walk = start(page, voila_url)
    walk.screen.button("frame.next").click()
    expect(walk.screen.item("walk.delays").get_by_role("radio").first).to_be_focused()
    assert walk.shown == ["walk"]
    # People who can help stand outside the order; from there one gets back.
    walk.screen.button("frame.support").click()
    expect(page.locator(".wb-support-section h2")).to_be_focused()
    assert walk.shown == [SUPPORT]
    expect(walk.next).to_be_hidden()
    walk.back.click()
    walk.should_be_at("walk")
    # what a result still needs, and where a "no" leads back to
    walk.screen.skip_signs()
    walk.entry(RESULT).click()
    page.locator(".wb-needs .wb-link").first.click()
    expect(page.locator(".noUi-handle:focus")).to_have_count(1)
    assert walk.shown[0] in ("for", "ready")
    load(walk, tmp_path, {item.id: "no" for item in INSTRUMENT.items if item.back_to})
    walk.entry(STEPS[-1]).click()
    (first, *_) = (item for item in INSTRUMENT.items if item.back_to)
    walk.screen.item(first.id).locator("xpath=..").locator(".wb-back .wb-link").click()
    walk.should_be_at(first.back_to)


def test_the_contents_say_what_is_done(page: Page, voila_url: str) -> None:
    walk = start(page, voila_url)
    said = {code: f" {WORDS(f'step.{code}')}" for code in ("open", "begun", "done")}
    expect(walk.entry("why")).to_have_accessible_name(TITLES["why"] + said["open"])
    walk.screen.tick("why.bond")
    expect(walk.entry("why")).to_have_accessible_name(TITLES["why"] + said["done"])
    walk.entry("walk").click()
    walk.screen.sign("walk.delays", "no")
    expect(walk.entry("walk")).to_have_accessible_name(TITLES["walk"] + said["begun"])


def test_a_serious_sign_changes_the_way(page: Page, voila_url: str) -> None:
    walk = start(page, voila_url)
    walk.entry("walk").click()
    walk.screen.sign("walk.fear", "yes")
    assert walk.shown == ["walk"]  # the page does not jump
    titles = walk.contents.locator(".wb-step-title")
    stays = ["why", "feel", "tie", "walk", HELP, "well", SUMMARY]
    expect(titles).to_have_count(len(stays))
    walk.next.click()
    expect(page.locator(".wb-safety h3").first).to_be_focused()
    assert walk.shown == [HELP]
    assert faults(page) == []
    walk.next.click()
    assert walk.shown == ["well"]
    # Taken back, all is there again, and the page with people who help stays.
    walk.entry("walk").click()
    walk.screen.sign("walk.fear", "no")
    expect(titles).to_have_count(len(ORDER) + 1)


def test_all_on_one_page_and_back(new_page: NewPage, voila_url: str) -> None:
    page = new_page(viewport=(375, 667))
    walk = start(page, voila_url)
    where = page.locator(".wb-where")
    expect(where).to_have_text(WORDS("step.where", number=1, of=len(ORDER)))
    expect(walk.contents).to_be_hidden()
    where.click()
    walk.entry("walk").click()
    expect(walk.contents).to_be_hidden()
    walk.next.scroll_into_view_if_needed()
    where.click()
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(walk.contents).to_be_hidden()
    expect(where).to_be_focused()
    where.click()
    walk.contents.get_by_role("button", name=WORDS("step.whole")).click()
    assert set(walk.shown) >= set(ORDER)
    where.click()
    walk.contents.get_by_role("button", name=WORDS("step.single")).click()
    assert walk.shown == ["walk"]
    # paper has rules of its own
    page.emulate_media(media="print")
    expect(page.locator(".wb-summary .wb-summary-page")).to_be_visible()
    expect(page.locator(".wb-chapter:visible, .wb-step-foot:visible")).to_have_count(0)


def test_what_is_remembered_comes_back_with_its_place(page: Page, voila_url: str) -> None:
    walk = start(page, voila_url)
    walk.screen.tick("why.bond")
    walk.entry(SUMMARY).click()
    page.get_by_label(WORDS("remember.label")).check()
    expect(page.locator(".wb-remember")).to_contain_text(WORDS("remember.done"))
    walk.entry("ready").click()
    page.reload()
    expect(page.locator(".wb-back-said").locator("visible=true")).to_contain_text("back")
    expect(walk.screen.chapter("ready")).to_be_visible()
    assert set(walk.shown) == {"-start", "ready"}  # of the start only what became of the answers
    expect(page.locator(".wb-before:visible, .wb-more:visible")).to_have_count(0)
    walk.next.click()
    walk.should_be_at("against")
    walk.entry(SUMMARY).click()
    page.get_by_label(WORDS("remember.label")).uncheck()
    walk.entry("why").click()
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("size", [(375, 667), (1280, 860)])
def test_once_a_step_is_there_nothing_moves(
    new_page: NewPage, voila_url: str, size: tuple[int, int]
) -> None:
    page = new_page(viewport=size)
    walk = start(page, voila_url)
    page.evaluate(WATCH)
    for step in ORDER[1:]:
        walk.next.evaluate(PRESSED)
        walk.should_be_at(step)
    moved: list[Any] = page.evaluate(MOVED)
    assert moved == []


# What does not fit: sideways scrolling, words at a slider's ends that meet, a way out on two lines.
MISFITS = """() => {
    const found = [];
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) found.push(`${wide} pixels too wide`);
    for (const ends of document.querySelectorAll(".wb-ends")) {
        const boxes = [...ends.children].map(part => part.getBoundingClientRect());
        const meets = boxes.some((box, n) => boxes.slice(n + 1).some(other =>
            box.left < other.right - 0.5 && other.left < box.right - 0.5
            && box.top < other.bottom - 0.5 && other.top < box.bottom - 0.5));
        if (meets || [...ends.children].some(part => part.scrollWidth > part.clientWidth + 1))
            found.push(ends.textContent);
    }
    const lines = new Range();
    lines.selectNodeContents(document.querySelector(".wb-leave"));
    const tops = new Set([...lines.getClientRects()].map(({top}) => Math.round(top)));
    if (tops.size > 1) found.push("the way out breaks");
    return found;
}"""


def test_every_step_fits_from_narrow_to_wide(page: Page, voila_url: str) -> None:
    walk = start(page, voila_url)
    for step in ORDER:
        page.evaluate(
            "step => [...document.querySelectorAll('.wb-contents button')]"
            ".find(b => b.textContent.startsWith(step)).click()",
            TITLES[step],
        )
        for width in (320, 375, 768, 1160, 1600):
            page.set_viewport_size({"width": width, "height": 700})
            dock = page.locator(".wb-dock")
            (expect(dock).to_be_hidden if width >= 1000 else expect(dock).to_be_visible)()
            assert page.evaluate(MISFITS) == [], (step, width)
    assert walk.shown == [SUMMARY]


@pytest.mark.parametrize("size", [(375, 667), (1280, 860)])
def test_with_text_twice_as_large_every_step_can_be_reached_and_read(
    new_page: NewPage, voila_url: str, size: tuple[int, int]
) -> None:
    page = new_page(viewport=size)
    walk = start(page, voila_url)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for step in ORDER:
        expect(page.locator(f".wb-step-{step}").get_by_role("heading").first).to_be_focused()
        assert walk.shown == [step]
        assert page.evaluate(MISFITS) == [], step
        assert uncovered(walk.screen.button("frame.leave")), step
        if step != ORDER[-1]:
            walk.next.click()
