"""Whether everything can be seen, read, hit and printed: narrow and wide, light and dark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from driving.driver import INSTRUMENT, WORDS, Screen, contrasts, faults, open_in_voila, with_lists
from workbook import assess, write_checkin

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

INK = "rgb(35, 38, 43)"
OPEN, TEXT = "for.moved-on-me", "say.limits.text"
# All kinds of answers, one open question, and an own item.
ANSWERS = with_lists(
    {item.id: 5 for item in INSTRUMENT.items if item.kind == "rating" and item.id != OPEN}
    | {sign.id: "no" for sign in INSTRUMENT.signs}
    | {
        "why.bond": True,
        "feel.none": True,
        "tie.none": True,
        "choice.lean": "wait",
        TEXT: "Birthdays: yes.",
        "well.support.day": "sun",
    }
    | {"own.1.text": "The dog", "own.1.side": "for", "own.1.rating": 7}
)

# Everything to press or to type into, with its size. Phone numbers stand within a line of text.
TARGETS = """() => [...document.querySelectorAll(
        ":is(.wb, .wb-frame) :is(button, summary, select, textarea, input, .noUi-handle)")]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && e.type !== "file")
    .map(e => {
        const {width, height} = (e.closest("label") ?? e).getBoundingClientRect();
        return [Math.min(width, height), `${e.tagName}.${e.className} ${e.textContent.trim()}`];
    })"""


def fill(screen: Screen, folder: Path) -> None:
    """Load answers of all kinds, and wait for all that follows from them."""
    file = folder / "answers.csv"
    file.write_text(write_checkin(INSTRUMENT, ANSWERS), newline="")
    screen.load(file)
    screen.should_have(ANSWERS)
    expect(screen.page.get_by_role("heading", name=WORDS("firm.title"))).to_be_visible()


def open_all(screen: Screen) -> None:
    """Open everything that can be opened."""
    screen.page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    ask = screen.button("reset.ask")
    if ask.is_visible():
        ask.click()


def resize(page: Page, width: int, height: int) -> None:
    """Give the window another size, and wait until the panel has taken its place."""
    page.set_viewport_size({"width": width, "height": height})
    dock = page.locator(".wb-dock")
    (expect(dock).to_be_hidden if width >= 1000 else expect(dock).to_be_visible)()


def test_nothing_is_too_wide_and_nothing_lies_over_a_question(
    page: Page, voila_url: str, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    screen = open_in_voila(page, voila_url)
    fill(screen, tmp_path)
    open_all(screen)
    for width in (320, 375, 768, 1000, 1280, 1600):
        with subtests.test(width=width):
            resize(page, width, 700)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            dock = screen.panel.locator(".wb-dock")
            if dock.is_visible():
                dock.click()
            screen.button("frame.next").click()
            handle = screen.handle(OPEN)
            expect(handle).to_be_focused()
            # A click that really meets it: Playwright sees to that.
            handle.click(trial=True)
            text, panel = screen.item(OPEN).bounding_box(), screen.panel.bounding_box()
            assert text is not None
            assert panel is not None
            beside = panel["x"] >= text["x"] + text["width"]
            assert beside or panel["y"] >= text["y"] + text["height"]
            page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    with subtests.test("axe on a phone, with the panel open"):
        resize(page, 375, 700)
        screen.panel.locator(".wb-dock").click()
        expect(screen.panel.locator(".wb-full")).to_be_visible()
        assert faults(page) == []


def test_all_can_be_read_and_hit_and_is_named(
    page: Page, voila_url: str, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    screen = open_in_voila(page, voila_url)
    fill(screen, tmp_path)
    open_all(screen)
    assert len(contrasts(page)) > 300
    with subtests.test("targets"):
        sizes: list[tuple[float, str]] = page.evaluate(TARGETS)
        assert len(sizes) > 80
        assert [f"{size:.0f}: {text}" for size, text in sizes if size < 24] == []
    for scheme in SCHEMES:
        with subtests.test("axe and contrast", scheme=scheme):
            page.emulate_media(color_scheme=scheme)
            assert faults(page) == []
    with subtests.test("colours of the system"):
        page.emulate_media(color_scheme="light", forced_colors="active")
        should_hide_nothing(screen)
        page.emulate_media(forced_colors="null")
    screen.sign("walk.fear", "yes")
    screen.should_say(ANSWERS | {"walk.fear": "yes"})
    open_all(screen)
    for scheme in SCHEMES:
        with subtests.test("the calm page", scheme=scheme):
            page.emulate_media(color_scheme=scheme)
            assert faults(page) == []


def should_hide_nothing(screen: Screen) -> None:
    """See that in the system's colours what is marked differs from what is not."""
    page = screen.page

    def ground(selector: str, style: str = "backgroundColor") -> str:
        part = page.locator(selector).locator("visible=true").first
        return str(part.evaluate(f"e => getComputedStyle(e).{style}"))

    for mark in (".wb-full .wb-mark", ".wb-map .wb-point", ".wb-parts rect + rect"):
        for below in (".wb-full .wb-band", ".wb-field > svg rect", ".wb-parts rect:first-of-type"):
            assert ground(mark, "fill") != ground(below, "fill")
    assert ground(".wb-here rect", "stroke") != ground(
        ".wb-field > svg:not(.wb-here) rect", "stroke"
    )
    chosen, other = (f"label:{has}(:checked)" for has in ("has", "not(:has"))
    row = ".wb-sign .widget-radio-box"
    assert ground(f"{row} {chosen}") != ground(f"{row} {other})")
    assert ground(".wb-item .noUi-target") != ground("body")
    expect(screen.button("frame.leave")).to_have_css("border-top-width", "2px")
    assert faults(page) == []


def test_what_is_printed_is_the_summary(new_page: NewPage, voila_url: str, tmp_path: Path) -> None:
    page = new_page(color_scheme="dark")
    screen = open_in_voila(page, voila_url)
    fill(screen, tmp_path)
    page.emulate_media(media="print")
    found = assess(INSTRUMENT, ANSWERS)
    assert found.outcome is not None
    text = page.locator("body").inner_text()
    for shown in (INSTRUMENT.outcome(found.outcome).text, str(ANSWERS[TEXT])):
        assert shown in text
    for scale in INSTRUMENT.scales:
        assert f"{scale.name} is {found.scores[scale.id].value:.0f} of 100" in text
        expect(page.get_by_role("img", name=f"{scale.name} is")).to_be_visible()
    for hidden in ("button", "slider", "textbox", "complementary"):
        expect(page.get_by_role(hidden)).to_have_count(0)
    # Dark ink on white paper, also from a dark screen.
    expect(page.get_by_text("of 100").locator("visible=true").first).to_have_css("color", INK)
    page.emulate_media(media="null")
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert sheets in (1, 2)
