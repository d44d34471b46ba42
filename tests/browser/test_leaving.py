"""Leaving fast: covered at once, wiped, replaced by another site, and no kernel left behind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import ViewportSize, expect

from driving.chromium import ARGUMENTS, find_chromium
from driving.driver import WORDS, Screen, all_on_one_page, begin, open_in_voila, uncovered
from driving.servers import Site, ask, neutral_site, voila_copy
from driving.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

PRIVATE = "Nobody else needs to read this"
DIALOG = """() => {
    const dialog = document.createElement("dialog");
    document.body.append(dialog);
    dialog.innerHTML = "<textarea></textarea>";
    dialog.showModal();
}"""
BEFORE = "data:text/html,before"
FIELD = "say.limits.text"

# What the page tells once it is covered: how long after the last press that was, and what is left.
TELL = """
let pressed = null;
for (const name of ["keyup", "click"]) {
    addEventListener(name, event => (pressed = event.timeStamp), true);
}
const seen = () => [[1, 1], [innerWidth / 2, innerHeight / 2], [innerWidth - 2, 70], [20, 300]]
    .map(([x, y]) => document.elementFromPoint(x, y).className);
const watch = new MutationObserver(() => {
    if (!document.querySelector(".wb-cover")) return;
    watch.disconnect();
    const added = performance.now() - pressed;
    requestAnimationFrame(() => setTimeout(() => {
        const painted = performance.now() - pressed;
        const fields = [...document.querySelectorAll("input, textarea")];
        console.info(JSON.stringify({
            added, painted, seen: seen(), title: document.title,
            stored: JSON.stringify([localStorage, sessionStorage]),
            typed: fields.map(field => field.value).join(""),
            text: document.body.textContent,
        }));
    }));
});
watch.observe(document, {childList: true, subtree: true});
"""


def by_button(screen: Screen) -> None:
    screen.button("frame.leave").click(no_wait_after=True)


def by_shift(screen: Screen) -> None:
    for _ in range(3):
        screen.page.keyboard.press("Shift")


def kernel_of(page: Page) -> str:
    config: Any = page.evaluate("JSON.parse(document.querySelector('#jupyter-config-data').text)")
    return str(config["kernelId"])


def ended(url: str, kernel: str) -> bool:
    return ask(f"{url}api/kernels/{kernel}").status == 404


def fill(screen: Screen) -> None:
    """Enter something private, and have it remembered."""
    screen.rate("for.care", 6)
    screen.write(FIELD, PRIVATE)
    screen.page.get_by_role("checkbox", name=WORDS("remember.label")).check()
    eventually(
        lambda: PRIVATE in stored(screen.page), 10, lambda: f"stored is {stored(screen.page)}"
    )


def stored(page: Page) -> str:
    return str(page.evaluate("JSON.stringify([localStorage, sessionStorage])"))


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """Serve a page to leave for."""
    with neutral_site() as site:
        yield site


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[str]:
    """Serve a copy of the notebook that is left for that page."""
    line = 'Workbook("../data/friendship.toml"'

    def change(code: str) -> str:
        assert line in code
        return code.replace(line, f'{line}, leave_to="{site.url}"')

    with voila_copy(tmp_path_factory.mktemp("leaving"), change) as server:
        yield server.url


@pytest.mark.parametrize("way", [by_button, by_shift])
def test_all_is_gone_before_the_next_site_answers(
    new_page: NewPage, url: str, site: Site, way: Callable[[Screen], None]
) -> None:
    page = new_page(allowed=frozenset({urlsplit(site.url).netloc}))
    page.add_init_script(TELL)
    page.goto(BEFORE)
    screen = open_in_voila(page, url)
    kernel = kernel_of(page)
    fill(screen)
    if way is by_shift:  # also from within a text, and above a dialog that makes all else inert
        page.evaluate(DIALOG)
    site.open.clear()
    site.asked.clear()
    with page.expect_console_message(lambda message: "painted" in message.text) as told:
        way(screen)
    left = json.loads(told.value.text)
    assert left["seen"] == ["wb-cover"] * 4
    assert left["added"] < 100
    assert left["painted"] < 1000  # a frame later, however busy the machine
    assert left["title"] == left["typed"] == ""
    assert left["stored"] == "[{},{}]"
    assert PRIVATE not in left["text"]
    eventually(lambda: ended(url, kernel), 3, lambda: "the kernel still runs")
    eventually(lambda: bool(site.asked), 10, lambda: "no other site was asked for")
    assert "referer" not in site.asked[0]

    site.open.set()
    page.wait_for_url(site.url)
    page.go_back()
    assert page.url == BEFORE
    page.go_forward()
    assert page.url == site.url
    page.goto(url)
    expect(screen.button("intro.begin")).to_be_visible()
    assert stored(page) == "[{},{}]"  # nothing came late


@pytest.fixture
def usual_page(browser: Browser) -> Iterator[Page]:
    """Open a phone's page in a browser that keeps pages in memory for the way back."""
    path = find_chromium(browser.browser_type)
    drop = ["--disable-back-forward-cache"]  # which Playwright adds
    usual = browser.browser_type.launch(
        executable_path=path, args=ARGUMENTS, ignore_default_args=drop
    )
    yield usual.new_page(viewport=ViewportSize(width=375, height=667))
    usual.close()


def test_with_a_dead_kernel_too_and_back_does_not_return(
    usual_page: Page, url: str, site: Site
) -> None:
    page = usual_page
    site.open.set()
    page.goto(f"{site.url}?before")
    screen = open_in_voila(page, url)
    fill(screen)
    kill(kernel_of(page))
    by_button(screen)
    page.wait_for_url(site.url)
    page.evaluate("history.back()")
    expect(page).to_have_url(f"{site.url}?before")
    page.evaluate("history.forward()")
    expect(page).to_have_url(site.url)
    page.goto(url)
    expect(screen.button("intro.begin")).to_be_visible()
    assert stored(page) == "[{},{}]"


def kill(kernel: str) -> None:
    """End a kernel without a word to anyone."""
    found = [p for p in psutil.process_iter(["cmdline"]) if kernel in " ".join(words(p))]
    assert found
    for process in found:
        process.kill()
        process.wait(10)


def words(process: psutil.Process) -> list[str]:
    return process.info["cmdline"] or []


def test_shift_is_counted_aloud_and_never_by_mistake(page: Page, voila_url: str) -> None:
    screen = open_in_voila(page, voila_url)
    hint = page.locator(".wb-leave-hint")
    two, one = WORDS("frame.leave-two"), WORDS("frame.leave-one")
    press = page.keyboard.press
    expect(hint).to_be_empty()
    press("Shift")
    expect(hint).to_have_text(two)
    expect(page.get_by_role("status").filter(has_text=two)).to_be_visible()
    press("Shift")
    expect(hint).to_have_text(one)
    expect(hint).to_be_empty()  # after two seconds it starts anew
    press("Shift")
    expect(hint).to_have_text(two)

    field = screen.item(FIELD).get_by_role("textbox")
    field.click()
    expect(hint).to_be_empty()  # a click between
    for key in ("Shift+A", "Shift+B", "Shift+C", "Shift", "Shift", "Shift+D"):
        press(key)
    expect(hint).to_be_empty()
    press("Shift")
    press("Shift")
    press("e")  # another key between
    press("Shift")
    expect(hint).to_have_text(two)
    press("f")
    for key in ("Control+Shift", "Alt+Shift", "Control+Shift", "Shift+Tab"):
        press(key)
    expect(hint).to_be_empty()
    expect(field).to_have_value("ABCDef")
    assert page.url == voila_url


def test_the_way_out_is_in_view_however_narrow_and_large(
    new_page: NewPage, voila_url: str, subtests: pytest.Subtests
) -> None:
    page = new_page(viewport=(320, 500))
    screen = Screen(page)
    page.goto(voila_url)
    expect(screen.button("intro.begin")).to_be_visible()
    with subtests.test("the start page"):
        check_way_out(page)
    begin(screen)
    screen.panel.locator(".wb-dock").click()
    with subtests.test("the panel open"):
        check_way_out(page)
    page.keyboard.press("Escape")
    all_on_one_page(screen)
    screen.button("reset.ask").click()
    with subtests.test("a question asked"):
        check_way_out(page)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    with subtests.test("twice the text size"):
        check_way_out(page)
    page.set_viewport_size({"width": 640, "height": 450})  # what 200 % make of 1280 by 900
    page.evaluate("document.documentElement.style.fontSize = ''")
    with subtests.test("twice the size"):
        check_way_out(page)


def check_way_out(page: Page) -> None:
    """See that the button can be hit, whole, at every place of the page."""
    screen = Screen(page)
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, max(400, height // 12)):
        page.evaluate("top => scrollTo({top, behavior: 'instant'})", top)
        assert uncovered(screen.button("frame.leave")), f"{top} of {height}"
        assert uncovered(screen.button("frame.support")), f"{top} of {height}"
