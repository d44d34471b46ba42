"""The first seconds: the start page is there before the workbook, and keeps what is pressed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import INSTRUMENT, SUPPORT, WORDS, Screen, shown_whole
from workbook import write_checkin

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, Route

    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

SCRIPT = "**/static/front.js*"  # without it there is no workbook
MOST_BYTES = 350_000  # over the wire, on opening, without what the kernel says
MOST_REQUESTS = 20
MOST_SHIFT = 0.1  # what is called good; the old page had 1.3

# How far what can be seen has moved, without anybody having pressed anything.
SHIFTS = """() => {
    window.shifted = 0;
    new PerformanceObserver(list => list.getEntries().forEach(e => window.shifted += e.value))
        .observe({type: "layout-shift", buffered: true});
}"""
# What an older browser lacks.
OLD = """CSS.supports = () => false;"""


def open_early(page: Page, url: str) -> tuple[Screen, list[Route]]:
    """Open the page, and hold back the script that brings the workbook."""
    held: list[Route] = []
    page.route(SCRIPT, partial(list.append, held))
    page.goto(url, wait_until="commit")
    screen = Screen(page)
    expect(screen.button("intro.begin")).to_be_visible()
    return screen, held


def go_on(page: Page, held: list[Route]) -> None:
    """Let the workbook come."""
    page.wait_for_load_state("domcontentloaded")
    held[0].continue_()


def test_begin_works_before_the_workbook_is_there(new_page: NewPage, voila_url: str) -> None:
    page = new_page(viewport=(375, 667))
    screen, held = open_early(page, voila_url)
    button = screen.button("intro.begin")
    button.focus()
    page.keyboard.press("Enter")
    coming = page.get_by_role("status").filter(has_text=WORDS("opening.coming"))
    expect(coming).to_be_in_viewport(ratio=1)
    expect(button).to_have_attribute("aria-busy", "true")
    expect(button).to_be_focused()
    go_on(page, held)
    heading = page.get_by_role("heading", name=INSTRUMENT.chapters[0].title)
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport(ratio=1)
    expect(coming).to_be_hidden()


def test_nothing_moves_when_the_workbook_comes(page: Page, voila_url: str) -> None:
    screen, held = open_early(page, voila_url)
    page.get_by_text(WORDS("intro.more")).click()
    button = screen.button("intro.begin")
    button.focus()
    places = [part.bounding_box() for part in _start(screen)]
    page.evaluate(SHIFTS)
    go_on(page, held)
    expect(screen.page.locator(".wb-support-section")).to_be_visible()
    expect(page.locator(".wb-chapter")).to_have_count(len(INSTRUMENT.chapters))
    assert [part.bounding_box() for part in _start(screen)] == places
    expect(button).to_be_focused()
    expect(page.get_by_text(INSTRUMENT.about.more[0])).to_be_visible()
    assert page.evaluate("window.shifted") < MOST_SHIFT
    page.keyboard.press("Enter")
    shown_whole(screen, begun=True)


def _start(screen: Screen) -> list:
    page = screen.page
    heading = page.get_by_role("heading", name=INSTRUMENT.about.start[0])
    return [
        heading,
        screen.button("intro.begin"),
        screen.button("intro.file"),
        page.get_by_text(WORDS("intro.left-behind-title")),
        page.get_by_text(WORDS("frame.leave")).first,
        page.get_by_text(WORDS("frame.support"), exact=True).first,
    ]


def test_a_file_can_be_asked_for_early(page: Page, voila_url: str, tmp_path: Path) -> None:
    screen, held = open_early(page, voila_url)
    screen.button("intro.file").click()
    expect(page.get_by_text(WORDS("opening.coming"))).to_be_visible()
    page.evaluate("delete navigator.__proto__.userActivation")  # as if it had taken long
    go_on(page, held)
    expect(page.get_by_text(WORDS("opening.here"))).to_be_visible()
    file = tmp_path / "answers.csv"
    file.write_text(write_checkin(INSTRUMENT, {"ready.healed": 4}), newline="")
    with page.expect_file_chooser() as chooser:
        screen.button("intro.file").click()
    chooser.value.set_files(file)
    shown_whole(screen, begun=True).should_have({"ready.healed": 4})


@pytest.mark.parametrize("by", ["Shift", "button"])
def test_leaving_fast_works_before_the_workbook_is_there(
    new_page: NewPage, voila_url: str, by: str
) -> None:
    place = WORDS("frame.leave-to")
    page = new_page(allowed=frozenset({place.split("/")[2]}))
    page.route(f"{place}**", lambda route: route.fulfill(body="<h1>Elsewhere</h1>"))
    _, _held = open_early(page, voila_url)
    if by == "Shift":
        for _ in range(3):
            page.keyboard.press("Shift")
    else:
        page.get_by_text(WORDS("frame.leave")).first.click()
    expect(page.get_by_role("heading", name="Elsewhere")).to_be_visible()
    assert page.url == place


def test_people_who_can_help_are_there_before_the_workbook(page: Page, voila_url: str) -> None:
    screen, held = open_early(page, voila_url)
    screen.button("frame.support").click()
    assert SUPPORT is not None
    country = page.locator("#frame-late").get_by_text(SUPPORT.country[0].name, exact=True)
    expect(country).to_be_in_viewport()
    go_on(page, held)
    expect(page.locator(".wb-support-section")).to_be_visible()
    expect(country).to_be_visible()  # somebody is looking at it


def test_an_old_browser_is_told_so_with_people_who_can_help(
    new_page: NewPage, voila_url: str
) -> None:
    page = new_page()
    page.add_init_script(OLD)
    page.route(SCRIPT, lambda route: route.fulfill(body=""))
    page.goto(voila_url, wait_until="commit")
    expect(page.get_by_text(WORDS("opening.old"))).to_be_in_viewport()
    expect(Screen(page).button("intro.begin")).to_be_hidden()
    assert SUPPORT is not None
    expect(page.locator("#frame-late").get_by_text(SUPPORT.danger)).to_be_visible()


def test_without_scripts_the_page_says_so_at_once(new_page: NewPage, voila_url: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(voila_url)
    assert SUPPORT is not None
    for said in (INSTRUMENT.about.start[0], WORDS("page.noscript"), SUPPORT.title):
        expect(page.get_by_text(said, exact=True).first).to_be_visible()
    expect(page.get_by_text(WORDS("intro.begin"), exact=True)).to_be_hidden()
    expect(page.get_by_text(WORDS("frame.leave")).first).to_have_attribute(
        "href", WORDS("frame.leave-to")
    )


def test_opening_costs_few_bytes_and_opening_again_nothing_that_is_kept(
    page: Page, voila_url: str
) -> None:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    sizes: list[float] = []
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    shown_whole(_opened(page, voila_url))
    assert 5 < len(sizes) <= MOST_REQUESTS
    assert sum(sizes) <= MOST_BYTES
    answers: dict[str, dict] = {}
    near: set[str] = set()  # what the browser had in memory
    line.on("Network.requestServedFromCache", lambda event: near.add(event["requestId"]))
    line.on(
        "Network.responseReceived",
        lambda event: answers.__setitem__(event["requestId"], event["response"]),
    )
    sizes.clear()
    shown_whole(_opened(page, voila_url))
    kept = {n: a for n, a in answers.items() if _is_kept(a)}
    assert len(kept) > 5
    asked = [a["url"] for n, a in kept.items() if n not in near and not a.get("fromDiskCache")]
    assert asked == []
    assert sum(sizes) < MOST_BYTES / 3  # the document itself


def _is_kept(answer: dict) -> bool:
    named = {name.lower(): value for name, value in answer["headers"].items()}
    return "immutable" in named.get("cache-control", "")


def _opened(page: Page, url: str) -> Screen:
    page.goto(url)
    return Screen(page)
