"""What is true after a gap: what was lost is sent again; nothing comes back that was cleared."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import INSTRUMENT, WORDS, Screen, check_file, open_in_voila
from driving.servers import ask
from driving.waiting import eventually
from tests.browser.breaking import SOCKETS, cut_off, kernel_id
from tests.browser.network import Network
from workbook import write_checkin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

KEY, OTHER = "for.care", "for.circles"
LOADED: dict[str, object] = {OTHER: 9}
# Notes when a file has been read, and what follows from that in the page is done.
READ = """() => {
    window.fileRead = false;
    const read = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = async function () {
        const content = await read.call(this);
        setTimeout(() => (window.fileRead = true));
        return content;
    };
}"""


def nothing(_: Screen) -> None:
    """Need no preparation."""


def remember(screen: Screen) -> None:
    box = screen.page.get_by_role("checkbox", name=WORDS("remember.label"))
    if not box.is_checked():
        box.check()
    status = screen.page.locator(".wb-remember").get_by_role("status")
    expect(status).to_have_text(WORDS("remember.done"))


def load(screen: Screen, folder: Path) -> None:
    """Load a file; come back only once the page has read it and sent it off."""
    screen.page.evaluate(READ)
    screen.load(folder / "notes.csv")
    # not wait_for_function: the page's policy forbids what that evaluates
    eventually(lambda: screen.page.evaluate("fileRead"), 30, lambda: "the file was not read")


def start_over(screen: Screen) -> None:
    if not screen.button("reset.yes").is_visible():
        screen.button("reset.ask").click()
    expect(screen.button("reset.yes")).to_be_visible()


@dataclass(frozen=True)
class Act:
    """What clears or replaces answers: how it is begun, done, and what is then answered.

    ``lost`` is what is answered if the kernel never hears of it, None where that must not be.
    """

    does: Callable[[Screen, Path], None]
    after: dict[str, object]
    lost: dict[str, object] | None
    prepare: Callable[[Screen], None] = field(default=nothing)


MOVED: dict[str, object] = {KEY: 7, OTHER: 3}
ACTS = {
    "clear": Act(lambda s, _: s.button("reset.yes").click(), {}, MOVED, start_over),
    "clear one": Act(lambda s, _: s.clear(KEY), {OTHER: 3}, MOVED),
    "load": Act(load, LOADED, MOVED),
    "forget": Act(lambda s, _: s.button("remember.forget").click(), {}, None, remember),
}


@pytest.fixture
def network(voila_url: str) -> Iterator[Network]:
    """Lead to a server that notices a gap only after a while, over a network that breaks."""
    with Network(voila_url) as network:
        yield network


@pytest.fixture
def screen(new_page: NewPage, network: Network, tmp_path: Path) -> Screen:
    (tmp_path / "notes.csv").write_text(write_checkin(INSTRUMENT, LOADED))
    page = new_page(breaks=True)
    page.add_init_script(SOCKETS)
    return open_in_voila(page, network.url)


def begin_with(screen: Screen, act: Act) -> None:
    for key, rating in ((KEY, 6), (OTHER, 3)):
        screen.rate(key, rating)
    screen.should_have({KEY: 6, OTHER: 3})
    act.prepare(screen)


def heard(screen: Screen, url: str) -> None:
    """Wait until the kernel has dealt with all that the page has sent."""
    address = f"{url}api/kernels/{kernel_id(screen.page)}"
    looks: list[str] = []

    def rests() -> bool:
        looks.append(ask(address).text)
        return len(set(looks[-6:])) == 1 and len(looks) > 6 and _idle(looks[-1])

    eventually(rests, 30, lambda: looks[-1])


def _idle(kernel: str) -> bool:
    return bool(json.loads(kernel)["execution_state"] == "idle")


def should_hold(screen: Screen, answers: dict[str, object]) -> None:
    """Wait until the page goes on with these answers, and the kernel hands out no others."""
    expect(screen.panel).to_be_visible()
    screen.should_have(answers)
    expect(screen.page.locator(".wb [inert]")).to_have_count(0)
    save = screen.panel.get_by_role("button", name=WORDS("frame.save"))
    check_file(screen.save(save), answers)


def is_forgotten(screen: Screen) -> None:
    expect(screen.page.get_by_role("checkbox", name=WORDS("remember.label"))).not_to_be_checked()
    assert screen.page.evaluate("localStorage.length") == 0


def test_what_the_kernel_cleared_unheard_stays_so(
    screen: Screen, network: Network, voila_url: str, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    for name, act in ACTS.items():
        with subtests.test(name):
            begin_with(screen, act)
            network.deafen()
            screen.handle(KEY).press("ArrowRight")
            act.does(screen, tmp_path)
            heard(screen, voila_url)
            network.cut()
            network.mend()
            should_hold(screen, act.after)
            if name == "forget":
                is_forgotten(screen)


def test_what_was_cleared_in_a_gap_stays_so(
    screen: Screen, network: Network, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    for name, act in ACTS.items():
        with subtests.test(name):
            begin_with(screen, act)
            network.stall()
            screen.handle(KEY).press("ArrowRight")  # this is lost, what follows is not
            cut_off(screen.page, network)
            act.does(screen, tmp_path)
            network.mend()
            should_hold(screen, act.after)
            if name == "forget":
                is_forgotten(screen)


def test_what_was_lost_whole_is_seen_to_be_lost(
    screen: Screen, network: Network, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    for name, act in ACTS.items():
        with subtests.test(name):
            begin_with(screen, act)
            network.stall()
            screen.handle(KEY).press("ArrowRight")
            act.does(screen, tmp_path)
            network.cut()
            network.mend()
            should_hold(screen, {} if act.lost is None else act.lost)
            if name == "clear":
                expect(screen.button("reset.yes")).to_be_visible()
            if name == "forget":
                is_forgotten(screen)
