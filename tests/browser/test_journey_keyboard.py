"""The workbook with the keyboard alone: Tab, arrows, Space and Enter, from the first page on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import (
    BLANK,
    INSTRUMENT,
    WORDS,
    Screen,
    check_file,
    open_in_voila,
    shown_whole,
    with_lists,
)

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

# The element with the focus, or what stands round it, has to look different from the rest.
OUTLINED = """() => {
    const here = document.activeElement;
    const drawn = [here, here.closest("label")].filter(Boolean).map(e => getComputedStyle(e));
    return drawn.some(s => s.outlineStyle === "solid" && parseFloat(s.outlineWidth) >= 2);
}"""
# What covers the middle of the element with the focus, or its name if nothing does.
COVER = """() => {
    const here = document.activeElement;
    const box = here.getBoundingClientRect();
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const whole = here.closest("label") ?? here;
    if (hit && (whole.contains(hit) || hit.contains(here))) return null;
    return `${here.outerHTML.slice(0, 80)} under ${hit?.className ?? "the edge of the window"}`;
}"""


def press_until(page: Page, key: str, target: Locator, most: int = 120) -> None:
    """Press ``key`` until ``target`` has the focus, and see that one sees where it is."""
    wanted = target.element_handle()
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("wanted => document.activeElement === wanted", wanted):
            assert page.evaluate(OUTLINED), f"{target} has the focus, and nothing shows it"
            return
    pytest.fail(f"{most} times {key} does not lead to {target}")


def begin_by_keyboard(page: Page, url: str) -> Screen:
    """Go on from the start page; the focus is then at the first chapter."""
    page.goto(url)
    press_until(page, "Tab", Screen(page).button("intro.begin"), 10)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=INSTRUMENT.chapters[0].title)).to_be_focused()
    return shown_whole(Screen(page), begun=True)


def test_by_keyboard_alone(page: Page, voila_url: str) -> None:
    keys = page.keyboard
    screen = begin_by_keyboard(page, voila_url)
    press_until(page, "Shift+Tab", screen.button("frame.next"), 10)
    keys.press("Enter")
    # The first sign is what a result needs first; the sliders come after the signs.
    sign = screen.item("walk.delays").get_by_role("radio").first
    expect(sign).to_be_focused()
    assert page.evaluate(OUTLINED)
    slider = page.get_by_role("slider", name=INSTRUMENT.by_id["for.care"].text, exact=True)
    press_until(page, "Tab", slider)
    expect(slider).to_have_attribute("aria-valuetext", BLANK)
    for _ in range(5):
        keys.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "4 of 10")
    screen.should_have({"for.care": 4})

    press_until(page, "Shift+Tab", screen.item("why.nostalgia").get_by_role("checkbox"))
    keys.press("Space")
    given = with_lists({"for.care": 4, "why.nostalgia": True})
    screen.should_have(given)

    # A sign is one stop; nothing is chosen by getting there.
    press_until(page, "Tab", sign)
    screen.should_have(given)
    keys.press("Space")
    screen.should_have(given | {"walk.delays": "yes"})
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    keys.press("ArrowLeft")
    given |= {"walk.delays": "no"}
    screen.should_have(given)
    keys.press("Tab")
    expect(screen.item("walk.delays").get_by_role("button")).to_be_focused()
    keys.press("Tab")
    expect(screen.item("walk.one-sided").get_by_role("radio").first).to_be_focused()

    # Back to "not answered", by its button and by the slider itself.
    clear = screen.item("for.care").get_by_role("button")
    press_until(page, "Tab", clear)
    keys.press("Enter")
    given.pop("for.care")
    screen.should_have(given)
    expect(slider).to_be_focused()
    keys.press("End")
    screen.should_have(given | {"for.care": 10})
    keys.press("Home")
    screen.should_have(given)
    expect(slider).to_have_attribute("aria-valuetext", BLANK)

    save = screen.panel.get_by_role("button", name=WORDS("frame.save"))
    press_until(page, "Shift+Tab", save)
    keys.press("Enter")
    expect(screen.button("frame.save-yes")).to_be_focused()  # a file stays: it says so first
    with page.expect_download() as file:
        keys.press("Enter")
    check_file(file.value, given)
    expect(save).to_be_focused()


def test_what_has_the_focus_is_never_covered(
    page: Page, voila_url: str, subtests: pytest.Subtests
) -> None:
    open_in_voila(page, voila_url)
    for width, height in ((1280, 900), (375, 667)):
        page.set_viewport_size({"width": width, "height": height})
        for key, end in (("Tab", "body"), ("Shift+Tab", ".wb-bar .wb-link")):
            with subtests.test(key, width=width):
                assert covered(page, key, end) == []


def covered(page: Page, key: str, end: str) -> list[str]:
    """Press ``key`` until the focus is at ``end``, and return what was covered when it had it."""
    found: list[str] = []
    for stops in range(200):
        page.keyboard.press(key)
        if page.evaluate("end => document.activeElement.matches(end)", end):
            assert stops > 60
            return found
        if cover := page.evaluate(COVER):
            found.append(cover)
    pytest.fail("the focus goes round in circles")
