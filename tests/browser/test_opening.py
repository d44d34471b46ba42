"""How the page opens where something is missing: encryption, a script, the frame, the kernel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.chromium import NAME
from driving.driver import SUPPORT, WORDS, Screen, open_in_voila, shown_whole
from driving.servers import voila, voila_copy
from tests.browser.network import Network
from tests.browser.test_leaving import kernel_of, kill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page, Route

    from driving.servers import Server
    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

PATIENCE = 3  # seconds after which these pages say that something is missing
SETTINGS = (
    f"--VoilaConfiguration.resources={{'support': 'data/support.toml', 'patience': {PATIENCE}}}"
)
FIELD = "say.limits.text"

# What the frame of the page meets with. Its scripts are the only ones that come from a blob.
THROWS = """
window.ResizeObserver = new Proxy(ResizeObserver, {construct(what, given) {
    if (new Error().stack.includes("blob:")) throw new Error("made to fail");
    return new what(...given);
}});
"""
NO_SCRIPT = """
window.Blob = new Proxy(Blob, {construct: (what, [parts, options]) =>
    new what(String(parts).includes("function buildBar") ? ["nonsense("] : parts, options)});
"""
# The last is what "nonsense(" alone is told: a script of which the rest is missing.
MADE_TO_FAIL = (
    *("made to fail", "SyntaxError", "Could not create a view", "[anywidget] Fail"),
    "Unexpected end of input",
)


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve pages that wait for less long."""
    with voila(tmp_path_factory.mktemp("impatient"), SETTINGS) as server:
        yield server


def test_under_a_name_without_encryption_all_works_and_the_page_says_so(
    page: Page, voila_url: str
) -> None:
    screen = open_in_voila(page, voila_url.replace("127.0.0.1", NAME))
    assert page.evaluate("isSecureContext") is False
    expect(page.get_by_text(WORDS("opening.open"))).to_be_visible()
    expect(page.get_by_text(WORDS("intro.returning"))).to_be_hidden()
    expect(screen.button("frame.leave")).to_be_visible()
    screen.rate("for.care", 6)
    screen.write(FIELD, "No, thank you")
    screen.should_have({"for.care": 6, FIELD: "No, thank you"})
    screen.chapter("say").get_by_role("button", name=WORDS("take.copy")).click()
    expect(screen.chapter("say").get_by_text(WORDS("take.copied"))).to_be_visible()


def test_on_this_machine_nothing_is_said_of_encryption(page: Page, voila_url: str) -> None:
    open_in_voila(page, voila_url)
    expect(page.get_by_text(WORDS("opening.open"))).to_be_hidden()
    expect(page.locator("#frame-late")).to_have_count(0)


def check_ways_on(page: Page, why: str) -> None:
    """See that the page says what is wrong, and offers all that works without the workbook."""
    late = page.locator("#frame-late")
    expect(late.get_by_text(WORDS(why))).to_be_visible(timeout=15_000)
    assert SUPPORT is not None
    links = f"{WORDS('opening.again')} · {WORDS('frame.leave')}"
    people = [SUPPORT.danger, SUPPORT.checked_note, *SUPPORT.planning, SUPPORT.reviewed_note]
    # one reason, the links, and what stands round the lists of people
    expect(late.locator("p:visible")).to_have_text([WORDS(why), links, *people])
    expect(late.get_by_role("link", name=WORDS("opening.again"))).to_be_visible()
    out = late.get_by_role("link", name=WORDS("frame.leave"))
    expect(out).to_have_attribute("href", WORDS("frame.leave-to"))
    country = SUPPORT.country[0]
    late.get_by_text(country.name, exact=True).click()
    number = country.service[0].phone
    expect(late.get_by_role("link", name=number).first).to_have_attribute("href", f"tel:{number}")
    expect(page.get_by_text(WORDS("intro.returning"))).to_be_hidden()


@pytest.mark.parametrize("fault", [THROWS, NO_SCRIPT], ids=["throws", "no script"])
def test_a_frame_that_fails_says_so_and_shows_the_ways_out(
    new_page: NewPage, impatient: Server, fault: str
) -> None:
    page = new_page(expected=MADE_TO_FAIL)
    page.add_init_script(fault)
    page.goto(impatient.url)
    check_ways_on(page, "opening.missing")


def test_a_script_that_does_not_come_is_said_at_once(new_page: NewPage, voila_url: str) -> None:
    page = new_page(breaks=True)
    page.route("**/static/front.js*", lambda route: route.abort())
    page.goto(voila_url)
    check_ways_on(page, "opening.missing")


def test_a_page_that_is_slow_says_so_and_goes_on(new_page: NewPage, impatient: Server) -> None:
    page = new_page()
    waiting: list[Route] = []
    page.route("**/static/front.js*", partial(list.append, waiting))
    page.goto(impatient.url, wait_until="commit")
    expect(page.get_by_text(WORDS("opening.slow"))).to_be_visible()
    check_ways_on(page, "opening.late")
    # Somebody has opened the list of numbers, and keeps it.
    waiting[0].continue_()
    expect(Screen(page).button("intro.begin")).to_be_visible()
    expect(page.get_by_text(WORDS("opening.late"))).to_be_hidden()
    assert SUPPORT is not None
    number = SUPPORT.country[0].service[0].phone
    expect(page.locator("#frame-late").get_by_role("link", name=number).first).to_be_visible()


def test_a_document_that_stops_within_what_a_script_reads_goes_on(
    new_page: NewPage, impatient: Server
) -> None:
    with Network(impatient.url) as network:
        page = new_page(extra_http_headers={"Accept-Encoding": "identity"})
        network.stall_after(b'id="jupyter-config-data" type="application/json">')
        page.goto(network.url, wait_until="commit")
        expect(page.locator("#jupyter-config-data")).to_have_text("")
        expect(page.get_by_text(WORDS("opening.slow"))).to_be_visible()
        network.mend()
        expect(Screen(page).button("intro.begin")).to_be_visible()


CODES = {"ends at once": "import os\nos._exit(1)", "never answers": "import time\ntime.sleep(600)"}


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_a_page_without_an_answer_from_its_kernel_says_so(
    new_page: NewPage, tmp_path: Path, code: str
) -> None:
    with voila_copy(tmp_path, lambda _: code, SETTINGS) as server:
        page = new_page(breaks=True)
        page.goto(server.url, wait_until="commit")
        ended = "exit" in code
        check_ways_on(page, "opening.broken" if ended else "opening.late")


def test_a_kernel_that_is_killed_while_the_page_loads_is_missed(
    new_page: NewPage, impatient: Server
) -> None:
    page = new_page(breaks=True)
    waiting: list[Route] = []
    page.route("**/static/front.js*", partial(list.append, waiting), times=1)
    page.goto(impatient.url, wait_until="domcontentloaded")
    kill(kernel_of(page))
    check_ways_on(page, "opening.broken")
    page.get_by_role("link", name=WORDS("opening.again")).click()
    shown_whole(Screen(page))
