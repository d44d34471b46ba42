"""The page's own front end: what came with the page, what the kernel says, and Voilà's instead."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from driving.driver import (
    WORDS,
    Screen,
    all_on_one_page,
    begin,
    check_file,
    open_in_voila,
    shown_whole,
)
from driving.servers import voila
from tests.browser.breaking import SOCKETS
from workbook.serving.front import VOILA

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import NewPage
    from tests.browser.network import Network

pytestmark = pytest.mark.browser

KEY = "for.care"
SCRIPT = "**/static/front.js*"
MOST_BYTES = 320_000  # of all that comes, the kernel's messages too
MOST_REQUESTS = 20
# Lets a page come with another state of its widgets.
CHANGED = """document.addEventListener("readystatechange", () => {
    const kind = "application/vnd.jupyter.widget-state+json";
    const brought = document.querySelector(`script[type="${kind}"]`);
    const whole = JSON.parse(brought.textContent);
    for (const {state} of Object.values(whole.state)) {%s}
    whole.digest = "that of another state";
    brought.textContent = JSON.stringify(whole);
}, {once: true})"""
OTHER_ANSWERS = """
    if (state._model_name === "IntSliderModel") state.value = 5;
    if (state.panel) state.panel.headline = "Not from here";
"""
NO_SUCH_CONTROL = """
    if (state._view_name !== "DropdownView") continue;
    Object.assign(state, {_view_name: "GaugeView", _view_module: "gauges"});
"""
# Says what no kernel would, and says twice what it has said.
SAY = """() => {
    const [socket] = sockets;
    const half = socket.last.slice(0, socket.last.byteLength / 2);
    for (const data of [socket.last, half, new ArrayBuffer(0), "", "{}", "null", "nonsense"]) {
        socket.dispatchEvent(new MessageEvent("message", {data}));
    }
}"""


def test_all_of_it_takes_little_of_a_network(network: Network, page: Page) -> None:
    # (in this order: the page is closed before its network goes)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_in_voila(page, network.url).rate(KEY, 6)
    Screen(page).should_have({KEY: 6})
    names = [url.rpartition("/")[2].partition("?")[0] for url in asked]
    assert len(asked) <= MOST_REQUESTS, names
    assert network.brought <= MOST_BYTES


def come_without_a_connection(page: Page, network: Network, gap: str = "stall") -> Screen:
    """Go to the page; it is all there, but does not hear from its kernel."""
    held = list[Any]()
    page.route(SCRIPT, partial(list.append, held))
    page.goto(network.url, wait_until="domcontentloaded")
    script = held[0].fetch()
    getattr(network, gap)()
    held[0].fulfill(response=script)
    screen = Screen(page)
    begin(screen)
    all_on_one_page(screen)
    return screen


@pytest.mark.parametrize("gap", ["stall", "cut"])
def test_an_answer_before_the_connection_is_sent_when_it_comes(
    new_page: NewPage, network: Network, gap: str
) -> None:
    page = new_page(breaks=True)
    screen = come_without_a_connection(page, network, gap)
    screen.rate(KEY, 6)
    expect(page.get_by_role("status").filter(has_text=WORDS("link.coming"))).to_be_visible()
    expect(screen.handle(KEY)).to_have_attribute("aria-valuenow", "6.0")
    network.mend()
    shown_whole(screen, begun=True).should_have({KEY: 6})
    expect(page.get_by_text(WORDS("link.coming"))).to_have_count(0)


def test_where_the_page_came_with_another_state_the_kernel_is_right(
    page: Page, voila_url: str
) -> None:
    page.add_init_script(CHANGED % OTHER_ANSWERS)
    page.goto(voila_url)
    screen = Screen(page)
    begin(screen)
    shown_whole(screen, begun=True).should_have({})
    expect(page.get_by_text("Not from here")).to_have_count(0)
    expect(screen.handle(KEY)).to_have_attribute("aria-valuenow", "-1.0")


def test_a_control_that_the_page_lacks_leaves_a_sentence_and_all_else_works(
    new_page: NewPage, network: Network
) -> None:
    page = new_page(breaks=True, expected=("no GaugeView of gauges",))
    page.add_init_script(CHANGED % NO_SUCH_CONTROL)
    screen = come_without_a_connection(page, network)  # its kernel knows better
    missing = page.get_by_role("alert").get_by_text(WORDS("opening.missing"))
    expect(missing.first).to_be_visible()
    network.mend()
    screen.rate(KEY, 6)
    expect(screen.item(KEY).locator(".wb-said")).to_contain_text("6")


def test_messages_that_no_one_asked_for_change_nothing(new_page: NewPage, voila_url: str) -> None:
    page = new_page(expected=("Kernel message validation error", "uncaught"))
    page.add_init_script(SOCKETS)
    screen = open_in_voila(page, voila_url)
    screen.rate(KEY, 6)
    screen.should_have({KEY: 6})
    page.evaluate(SAY)
    screen.rate(KEY, 7)
    screen.should_have({KEY: 7})
    expect(page.get_by_role("region", name=WORDS("link.title"))).to_be_hidden()


def test_with_voilas_own_front_end_one_can_begin_answer_and_save(
    page: Page, tmp_path: Path
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with voila(tmp_path, WORKBOOK_FRONT=VOILA) as server:
        screen = open_in_voila(page, server.url)
        screen.rate(KEY, 6)
        screen.should_have({KEY: 6})
        check_file(
            screen.save(screen.panel.get_by_role("button", name=WORDS("frame.save"))), {KEY: 6}
        )
        page.close()
    assert any("/voila/static/voila.js" in url for url in asked)
    assert not any("/static/front." in url for url in asked)
