"""Answers kept on the device, only on request; and whether the page says truly what is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import (
    INSTRUMENT,
    WORDS,
    Screen,
    begin,
    check_file,
    faults,
    open_in_voila,
    shown_whole,
)
from driving.waiting import eventually
from workbook import read_checkin, write_checkin
from workbook.page.snapshot import Snapshots
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

KEY = Snapshots(INSTRUMENT).key
PRIVATE = "Nobody else needs to read this"
ANSWERS: dict[str, object] = {"for.care": 6, "say.limits.text": PRIVATE}
# A browser whose storage is full, as full as it gets.
FILL = """() => {
    let piece = "x".repeat(1 << 20);
    while (piece) {
        try {
            localStorage.setItem("other", (localStorage.getItem("other") ?? "") + piece);
        } catch {
            piece = piece.slice(piece.length / 2 + 1);
        }
    }
}"""
FORBID = """Object.defineProperty(window, "localStorage", {get() {
    throw new DOMException("The operation is insecure.", "SecurityError");
}})"""


def box(screen: Screen) -> Locator:
    return screen.page.get_by_role("checkbox", name=WORDS("remember.label"))


def said(screen: Screen) -> Locator:
    """Return what came of remembering."""
    return screen.page.locator(".wb-remember").get_by_role("status")


PLACE = f"{KEY}.at"  # where somebody was, beside the answers


def note(screen: Screen) -> Locator:
    """Return what stands beside the panel's save button."""
    return screen.panel.locator(".wb-kept")


def stored(page: Page) -> dict[str, str]:
    """Return all that the browser keeps for the page."""
    found: dict[str, str] = page.evaluate("({...localStorage, ...sessionStorage})")
    return found


def check_stored(page: Page, answers: dict[str, object]) -> None:
    """Wait until just these answers are stored, to the letter as a file would hold them."""

    def same() -> bool:
        kept = stored(page)
        text = kept.get(KEY, "")
        if kept.keys() - {PLACE} != {KEY} or not text or "99.0.0" in text:
            return False
        return text == write_checkin(INSTRUMENT, answers, read_checkin(INSTRUMENT, text).saved_at)

    eventually(same, 30, lambda: f"stored is {stored(page)}")


def test_answers_are_remembered_only_on_request_and_forgotten_in_one_step(
    page: Page, voila_url: str
) -> None:
    screen = open_in_voila(page, voila_url)
    expect(note(screen)).to_be_empty()
    screen.enter(ANSWERS)
    screen.should_have(ANSWERS)
    expect(note(screen)).to_have_text(WORDS("frame.kept-unsaved"))
    expect(box(screen)).not_to_be_checked()
    expect(page.get_by_text(WORDS("remember.why"))).to_be_visible()
    assert stored(page) == {}
    box(screen).check()
    expect(said(screen)).to_have_text(WORDS("remember.done"))
    expect(note(screen)).to_have_text(WORDS("frame.kept-remembered"))
    check_stored(page, ANSWERS)
    assert faults(page) == []
    screen.rate("for.care", 7)
    answers = ANSWERS | {"for.care": 7}
    check_stored(page, answers)

    page.reload()
    expect(page.locator(".wb-chapter").first).to_be_visible()  # without another click
    shown_whole(Screen(page), begun=True)
    screen.should_have(answers)
    expect(box(screen)).to_be_checked()
    expect(note(screen)).to_have_text(WORDS("frame.kept-remembered"))
    back = re.escape(WORDS.count("remember.back", len(answers), date="@", time="@")).replace(
        "@", ".+"
    )
    expect(page.locator(".wb-back-said")).to_have_text(re.compile(back))
    assert faults(page) == []
    screen.rate("for.care", 8)
    check_stored(page, ANSWERS | {"for.care": 8})

    # Not remembering any more keeps the answers that are on the page.
    box(screen).uncheck()
    expect(said(screen)).to_have_text(WORDS("remember.off"))
    assert stored(page) == {}
    expect(note(screen)).to_have_text(WORDS("frame.kept-unsaved"))
    screen.should_have(ANSWERS | {"for.care": 8})
    box(screen).check()
    check_stored(page, ANSWERS | {"for.care": 8})

    screen.button("remember.forget").click()
    expect(said(screen)).to_have_text(WORDS("remember.forgotten"))
    screen.should_have({})
    assert faults(page) == []
    expect(box(screen)).not_to_be_checked()
    expect(note(screen)).to_be_empty()
    screen.rate("for.care", 3)
    screen.should_have({"for.care": 3})
    assert stored(page) == {}
    page.reload()
    begin(Screen(page))
    shown_whole(Screen(page), begun=True)
    screen.should_have({})


def test_what_cannot_be_read_is_said_and_stays_until_the_person_decides(
    page: Page, voila_url: str
) -> None:
    newer = write_checkin(INSTRUMENT, ANSWERS).replace(f'"v{INSTRUMENT.version}"', '"99.0.0"')
    page.goto(voila_url)
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, newer])
    page.reload()
    with pytest.raises(CheckinError) as caught:
        read_checkin(INSTRUMENT, newer)
    sentence = WORDS("remember.unread", error=str(caught.value))
    expect(page.locator(".wb-back-said")).to_have_text(sentence)
    screen = shown_whole(Screen(page))
    screen.should_have({})
    expect(said(screen)).to_have_text(sentence)
    assert faults(page) == []
    expect(box(screen)).not_to_be_checked()
    screen.rate("for.care", 3)
    screen.should_have({"for.care": 3})
    assert stored(page) == {KEY: newer}
    with page.expect_download() as file:
        screen.button("remember.hand").click()
    assert file.value.path().read_bytes().decode() == newer
    assert file.value.suggested_filename == WORDS("remember.hand-name")
    box(screen).check()
    check_stored(page, {"for.care": 3})
    expect(screen.button("remember.hand")).to_be_hidden()


@pytest.mark.parametrize("why", ["full", "forbidden"])
def test_a_browser_that_cannot_remember_says_so(page: Page, voila_url: str, why: str) -> None:
    if why == "forbidden":
        page.add_init_script(FORBID)
    screen = open_in_voila(page, voila_url)
    if why == "full":
        page.evaluate(FILL)
    screen.rate("for.care", 3)
    box(screen).click()
    expect(said(screen)).to_have_text(WORDS("remember.full"))
    assert faults(page) == []
    expect(box(screen)).not_to_be_checked()
    expect(note(screen)).to_have_text(WORDS("frame.kept-unsaved"))
    screen.rate("for.care", 4)
    screen.should_have({"for.care": 4})
    if why == "full":
        assert stored(page).keys() == {"other"}


def test_what_one_window_forgets_the_other_does_not_bring_back(page: Page, voila_url: str) -> None:
    first = open_in_voila(page, voila_url)
    first.rate("for.care", 3)
    box(first).check()
    check_stored(page, {"for.care": 3})
    other = page.context.new_page()
    other.goto(voila_url)
    second = shown_whole(Screen(other), begun=True)
    second.should_have({"for.care": 3})
    first.button("remember.forget").click()
    expect(said(second)).to_have_text(WORDS("remember.elsewhere"))
    expect(box(second)).not_to_be_checked()
    second.rate("for.care", 5)
    second.should_have({"for.care": 5})
    assert stored(other) == {}


def gives_way(screen: Screen) -> None:
    """Wait until a window says that another one keeps its answers, and claims nothing itself."""
    expect(said(screen)).to_have_text(WORDS("remember.taken"))
    expect(box(screen)).not_to_be_checked()
    expect(note(screen)).to_have_text(WORDS("frame.kept-unsaved"))


def two_windows(page: Page, url: str) -> tuple[Screen, Screen]:
    """Return two windows that remember the same answers."""
    first = open_in_voila(page, url)
    first.rate("for.care", 3)
    box(first).check()
    check_stored(page, {"for.care": 3})
    other = page.context.new_page()
    other.goto(url)
    second = shown_whole(Screen(other), begun=True)
    second.should_have({"for.care": 3})
    expect(note(second)).to_have_text(WORDS("frame.kept-remembered"))
    return first, second


def test_of_two_windows_only_one_says_that_its_answers_are_remembered(
    page: Page, voila_url: str
) -> None:
    first, second = two_windows(page, voila_url)
    first.rate("for.care", 4)
    check_stored(page, {"for.care": 4})
    gives_way(second)
    assert faults(second.page) == []
    expect(note(first)).to_have_text(WORDS("frame.kept-remembered"))
    # The second overwrites nothing until it is asked to, and offers what would be lost.
    second.rate("for.care", 5)
    second.should_have({"for.care": 5})
    check_stored(page, {"for.care": 4})
    with second.page.expect_download() as file:
        second.button("remember.hand").click()
    assert read_checkin(INSTRUMENT, file.value.path().read_bytes()).answers == {"for.care": 4}
    box(second).check()
    check_stored(page, {"for.care": 5})
    expect(note(second)).to_have_text(WORDS("frame.kept-remembered"))
    expect(second.button("remember.hand")).to_be_hidden()
    gives_way(first)
    first.should_have({"for.care": 4})
    # Once the other forgets, there is nothing to hand out any more.
    second.button("remember.forget").click()
    expect(said(first)).to_have_text(WORDS("remember.elsewhere"))
    expect(first.button("remember.hand")).to_be_hidden()
    assert stored(page) == {}


@pytest.mark.parametrize("wakes", ["visibilitychange", "change"])
def test_a_window_that_slept_through_it_overwrites_nothing(
    page: Page, voila_url: str, wakes: str
) -> None:
    deaf = "addEventListener('storage', event => event.stopImmediatePropagation(), true)"
    page.context.add_init_script(deaf)
    first, second = two_windows(page, voila_url)
    first.rate("for.care", 4)
    check_stored(page, {"for.care": 4})
    expect(box(second)).to_be_checked()
    if wakes == "change":
        second.rate("for.care", 5)
    else:
        second.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    gives_way(second)
    check_stored(page, {"for.care": 4})


def test_before_the_first_file_the_panel_says_that_it_stays(
    new_page: NewPage, voila_url: str
) -> None:
    page = new_page(viewport=(375, 667))
    screen = open_in_voila(page, voila_url)
    screen.rate("for.care", 3)
    screen.panel.locator(".wb-dock").click()
    save = screen.panel.get_by_role("button", name=WORDS("frame.save"))
    downloads: list[str] = []
    page.on("download", lambda download: downloads.append(download.url))
    save.click()
    expect(screen.panel.get_by_text(WORDS("frame.save-first"))).to_be_in_viewport(ratio=1)
    expect(screen.button("frame.save-no")).to_be_in_viewport(ratio=1)
    screen.button("frame.save-no").click()
    expect(save).to_be_focused()
    expect(note(screen)).to_have_text(WORDS("frame.kept-unsaved"))
    assert downloads == []
    save.click()
    with page.expect_download() as file:
        screen.button("frame.save-yes").click()
    check_file(file.value, {"for.care": 3})
    time = page.evaluate(
        "l => new Date().toLocaleTimeString(l, {hour: '2-digit', minute: '2-digit'}).slice(0, 3)",
        WORDS("language.formats"),
    )
    expect(note(screen)).to_have_text(re.compile(f"^{WORDS('frame.kept-saved', time=time)}"))
    # Once it is said, it is not said again.
    with page.expect_download():
        save.click()
    page.keyboard.press("Escape")
    screen.rate("for.care", 4)
    expect(note(screen)).to_have_text(WORDS("frame.kept-unsaved"))
