"""What happens when things break: the page says so, stops, hands out the answers, catches up."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from playwright.sync_api import expect

from driving.driver import (
    WORDS,
    Screen,
    check_file,
    faults,
    open_in_voila,
    shown_whole,
    uncovered,
)
from driving.servers import (
    PACE,
    ask,
    at_pace,
    changed_copy,
    free_port,
    jupyterlab,
    voila,
    voila_copy,
)
from driving.waiting import eventually
from tests.browser.breaking import (
    KEY,
    TEXT,
    at_rest,
    kernel_id,
    notice,
    process_of,
    well_again,
)
from tests.browser.lab import run_all
from tests.browser.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

# From here on, notes every sentence that the page has shown about its connection.
NOTE = """() => {
    window.noted = [];
    const look = () => {
        const said = [...document.querySelectorAll(".wb-notice:not([hidden]) p, .wb-rejoined")];
        noted.push(...said.map(p => p.textContent).filter(Boolean));
    };
    new MutationObserver(look).observe(document.body,
        {attributes: true, childList: true, subtree: true});
}"""
SLEEP = "ms => { const end = Date.now() + ms; while (Date.now() < end); }"


def test_a_kernel_that_hangs_and_then_is_killed(
    new_page: NewPage, quick_url: str, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    page = new_page(breaks=True)
    screen = open_in_voila(page, quick_url)
    screen.rate(KEY, 6)
    screen.should_have({KEY: 6})
    kernel = process_of(kernel_id(page))
    kernel.suspend()
    notice(page, "silent")
    expect(page.get_by_role("button", name=WORDS("link.reload"))).to_be_hidden()
    kernel.resume()
    well_again(page)
    answers = {KEY: 7, TEXT: "Not tonight."}
    screen.rate(KEY, 7)
    at_rest(screen, {KEY: 7})
    screen.write(TEXT, "Not tonight.")
    # It stands there only once the hand rests, as does what the page hands out from now on.
    expect(page.locator(".wb-summary")).to_contain_text("Not tonight.")

    kernel.kill()
    notice(page, "gone")
    expect(page.locator(".wb-chart:visible, .wb-result-said:visible")).to_have_count(0)
    with subtests.test("the ways out stay"):
        for width, scheme in ((320, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 700})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert uncovered(screen.button("frame.leave"))
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert faults(page) == []
    file = screen.save(
        page.get_by_role("region", name=WORDS("link.title")).get_by_role(
            "button", name=WORDS("files.save")
        )
    )
    check_file(file, answers)
    file.save_as(tmp_path / "notes.csv")
    page.get_by_role("button", name=WORDS("link.reload")).click()
    screen = shown_whole(Screen(page))
    screen.load(tmp_path / "notes.csv")
    screen.should_have(answers)


def test_a_server_that_stops_and_starts_again(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page(breaks=True)
    port = free_port()
    notebook = changed_copy(tmp_path, at_pace)
    serve = partial(voila, tmp_path, f"--Voila.notebook_path={notebook}", port=port)
    with serve() as server:
        screen = open_in_voila(page, server.url)
        screen.rate(KEY, 6)
        at_rest(screen, {KEY: 6})
    notice(page, "offline")
    save = page.get_by_role("region", name=WORDS("link.title")).get_by_role(
        "button", name=WORDS("files.save")
    )
    check_file(screen.save(save), {KEY: 6})
    with serve():
        notice(page, "gone")
        check_file(screen.save(save), {KEY: 6})
        page.get_by_role("button", name=WORDS("link.reload")).click()
        shown_whole(Screen(page)).should_have({})
        page.close()


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[Network]:
    """Lead to a server that takes its time to notice a gap: this machine may be slow to mend it."""
    slower = partial(at_pace, pace=2)
    with voila_copy(tmp_path, slower) as server, Network(server.url) as network:
        yield network


def test_gaps_that_nobody_need_notice(new_page: NewPage, patient: Network) -> None:
    page, network = new_page(breaks=True), patient
    screen = open_in_voila(page, network.url)
    screen.rate(KEY, 6)
    screen.should_have({KEY: 6})
    page.evaluate(NOTE)
    # A page that gets no time to work, as on a busy machine or in a tab that sleeps ...
    page.evaluate(SLEEP, 11_000)
    # ... and one whose connection ends in its sleep.
    network.cut()
    network.mend()
    page.evaluate(SLEEP, 1000)
    screen.rate(KEY, 7)
    # It has caught up: meanwhile nothing can be moved, for a moment.
    at_rest(screen, {KEY: 7})
    expect(page.locator(".wb [inert]")).to_have_count(0)
    # The network is away for a moment.
    network.cut()
    screen.handle(KEY).press("ArrowRight")
    page.evaluate(SLEEP, 500)
    network.mend()
    screen.should_have({KEY: 8})
    assert [said for said in page.evaluate("noted") if said] == []


def asleep(meanwhile: Callable[[], object]) -> None:
    """Let something happen while all pages stand still, as when a laptop is shut."""
    children = psutil.Process().children(recursive=True)
    # what Chromium calls the process of a page, and what Firefox does
    pages = [p for p in children if {"--type=renderer", "-contentproc"} & set(p.cmdline())]
    assert pages
    for process in pages:
        process.suspend()
    try:
        meanwhile()
    finally:
        for process in pages:
            process.resume()


def test_a_page_that_slept_catches_up_or_says_what_it_missed(
    new_page: NewPage, network: Network
) -> None:
    page = new_page(breaks=True)
    screen = open_in_voila(page, network.url)
    screen.rate(KEY, 6)
    screen.should_have({KEY: 6})
    asleep(network.cut)
    network.mend()
    screen.rate(KEY, 7)
    at_rest(screen, {KEY: 7})
    kernel = process_of(kernel_id(page))
    asleep(lambda: (kernel.kill(), kernel.wait()))
    notice(page, "gone")
    region = page.get_by_role("region", name=WORDS("link.title"))
    check_file(screen.save(region.get_by_role("button", name=WORDS("files.save"))), {KEY: 7})


def test_what_was_lost_on_the_way_is_sent_again(new_page: NewPage, network: Network) -> None:
    page = new_page(breaks=True)
    screen = open_in_voila(page, network.url)
    screen.rate(KEY, 6)
    screen.should_have({KEY: 6})
    network.stall()
    screen.handle(KEY).press("ArrowRight")
    screen.item(TEXT).get_by_role("textbox").fill("Not tonight.")
    notice(page, "silent")
    notice(page, "offline")
    network.cut()  # with it goes all that was under way
    network.mend()
    well_again(page)
    screen.should_have({KEY: 7, TEXT: "Not tonight."})
    # Nothing waits for an answer that was lost as well.
    screen.rate(KEY, 3)
    screen.write(TEXT, "Not today.")
    screen.should_have({KEY: 3, TEXT: "Not today."})


@pytest.mark.parametrize(
    "answer", [{"status": 502}, {"status": 200, "body": ""}], ids=["of a proxy", "torn off"]
)
def test_an_answer_that_says_nothing_of_the_kernel_is_not_its_end(
    new_page: NewPage, network: Network, answer: dict[str, Any]
) -> None:
    page = new_page(breaks=True)
    screen = open_in_voila(page, network.url)
    page.route("**/api/kernels/*", lambda route: route.fulfill(**answer))
    network.cut()
    notice(page, "offline")
    page.unroute_all()
    network.mend()
    well_again(page)
    screen.rate(KEY, 6)
    screen.should_have({KEY: 6})


def test_a_page_that_nobody_uses_ends(page: Page, voila_url: str) -> None:
    screen = open_in_voila(page, voila_url)
    screen.write(TEXT, "Not tonight.")
    screen.should_have({TEXT: "Not tonight."})
    kernel = kernel_id(page)
    page.clock.install()
    asks = page.get_by_role("alertdialog")
    stay = asks.get_by_role("button", name=WORDS("link.stay"))
    page.clock.fast_forward("29:00")
    expect(asks).to_be_hidden()
    page.clock.fast_forward("01:05")
    expect(stay).to_be_focused()
    assert uncovered(screen.button("frame.leave"))
    assert faults(page) == []
    page.clock.fast_forward("01:00")
    stay.click()
    expect(asks).to_be_hidden()
    page.clock.fast_forward("29:00")
    screen.should_have({TEXT: "Not tonight."})
    page.clock.fast_forward("01:05")
    expect(stay).to_be_focused()
    page.clock.fast_forward("02:05")

    again = page.get_by_role("button", name=WORDS("link.again"))
    expect(again).to_be_focused()
    assert page.locator("body").inner_text().split("\n")[0] == WORDS("link.ended")
    assert "Not tonight." not in page.content()
    assert faults(page) == []
    gone = f"{voila_url}api/kernels/{kernel}"
    eventually(lambda: ask(gone).status == 404, 10, lambda: "the answers stay in memory")
    # Not to its end: a page cannot be put together under a clock that stands still.
    with page.expect_request(voila_url):
        again.click()
    page.goto("about:blank")


@pytest.fixture
def own_lab_url(tmp_path: Path) -> Iterator[str]:
    """Serve JupyterLab once more: a kernel that another test has used would go on here."""
    with jupyterlab(tmp_path, at_pace) as server:
        yield server.url


def test_in_jupyterlab_the_kernel_is_waited_for(own_lab_url: str, new_page: NewPage) -> None:
    page, lab_url = new_page(viewport=(1600, 900), breaks=True), own_lab_url
    run_all(page, lab_url)
    screen = shown_whole(Screen(page))
    screen.rate(KEY, 6)
    screen.should_have({KEY: 6})
    # Another cell takes long: what is changed meanwhile is taken, now or after it.
    page.get_by_role("heading", name="Check").click()
    for key in ("Escape", "b", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".jp-Cell.jp-mod-active .cm-content")).to_be_focused()
    page.keyboard.type(f"import time; time.sleep({6 * PACE})")
    page.keyboard.press("Shift+Enter")
    screen.rate(KEY, 7)
    screen.should_have({KEY: 7})
    sessions = json.loads(ask(f"{lab_url}api/sessions").text)
    kernel = process_of(next(s for s in sessions if "workbook" in s["path"])["kernel"]["id"])
    kernel.suspend()
    notice(page, "silent")
    kernel.resume()
    well_again(page)
    screen.rate(KEY, 8)
    at_rest(screen, {KEY: 8})

    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_text("Restart Kernel…", exact=True).click()
    # To its end: a server that is told to stop in the middle of it never does.
    with page.expect_response(re.compile("/restart")):
        page.get_by_role("button", name="Confirm Kernel Restart").click()
    notice(page, "gone-lab")
    save = page.get_by_role("region", name=WORDS("link.title")).get_by_role(
        "button", name=WORDS("files.save")
    )
    check_file(screen.save(save), {KEY: 8})
    # Nobody there for long: nothing ends, the kernel is the person's own.
    page.clock.install()
    page.clock.fast_forward("40:00")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    page.clock.fast_forward("03:00")
    expect(screen.item(KEY)).to_be_visible()
