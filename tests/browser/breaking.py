"""What a person sees when the connection to the kernel breaks, and when it is back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil
from playwright.sync_api import expect

from driving.driver import WORDS, Screen
from driving.waiting import eventually

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.network import Network

SOON = 10_000  # milliseconds within which the page says that something is wrong
KEY, TEXT = "for.care", "say.limits.text"

# Keeps the sockets, and the last thing that each has said.
SOCKETS = """
window.sockets = [];
window.WebSocket = new Proxy(WebSocket, {construct(what, given) {
    const socket = new what(...given);
    socket.addEventListener("message", ({data}) => (socket.last = data));
    sockets.push(socket);
    return socket;
}});
"""
OPEN = "sockets.some(socket => socket.readyState === WebSocket.OPEN)"


def kernel_id(page: Page) -> str:
    found = page.evaluate(
        "JSON.parse(document.querySelector('#jupyter-config-data').text).kernelId"
    )
    return str(found)


def process_of(kernel: str) -> psutil.Process:
    """Return the process of a kernel, by the name of its connection file."""
    for process in psutil.process_iter(["cmdline"]):
        if any(kernel in word for word in process.info["cmdline"] or []):
            return process
    raise AssertionError(kernel)


def notice(page: Page, code: str) -> None:
    """Wait until the page says what stands under ``code``, while nothing on it can be moved."""
    said = page.get_by_role("alert").filter(has_text=WORDS(f"link.{code}"))
    expect(said).to_be_visible(timeout=SOON)
    expect(Screen(page).item(KEY).locator(".noUi-target[inert]")).to_have_count(1)
    expect(Screen(page).panel).to_be_hidden()
    expect(Screen(page).item(TEXT).get_by_role("textbox")).not_to_be_editable()


def cut_off(page: Page, network: Network) -> None:
    """Cut the network, and wait until the page has heard of it. It begins with SOCKETS."""
    network.cut()
    eventually(lambda: not page.evaluate(OPEN), 30, lambda: "the page has a connection")


def well_again(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text=WORDS("link.back"))).to_be_visible()
    expect(page.locator(".wb [inert]")).to_have_count(0)
    expect(Screen(page).panel).to_be_visible()


def at_rest(screen: Screen, answers: dict[str, object]) -> None:
    """Wait until all is shown, also what is worked out only when the hand rests.

    Signs are left open, knowingly: before that nothing follows from an answer.
    """
    screen.skip_signs()
    screen.should_have(answers)
    later = screen.page.locator(".wb-result-later")
    expect(later.get_by_text(WORDS("turn.wait"), exact=True)).to_have_count(0)
