"""A real browser on the real servers. Every page is watched: watch.py says what it must not do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

import pytest
from playwright.sync_api import Error, ViewportSize, expect, sync_playwright

from driving.chromium import ARGUMENTS, NAME, find_headless
from driving.servers import Server, at_pace, jupyterlab, voila, voila_copy
from tests.browser.network import Network
from tests.browser.watch import BROKEN, Watch

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PATIENCE = 30_000  # milliseconds a page may take on a slow machine that does other things too
WATCHES = pytest.StashKey[list[Watch]]()
SERVERS = pytest.StashKey[list[Server]]()


class NewPage(Protocol):
    """Opens a watched page, each with cookies and storage of its own."""

    def __call__(
        self,
        *,
        viewport: tuple[int, int] = (1280, 900),
        color_scheme: Literal["light", "dark"] = "light",
        allowed: frozenset[str] = frozenset(),
        breaks: bool = False,
        expected: tuple[str, ...] = (),
        **more: Any,
    ) -> Page: ...


@pytest.fixture(scope="session")
def voila_server(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Server]:
    """Serve the workbook as ``make app`` does, under another name as well."""
    more = (f"--Visitors.hosts={NAME}", "--BoundedKernels.warm=2")
    with voila(tmp_path_factory.mktemp("voila"), *more) as server:
        request.config.stash.setdefault(SERVERS, []).append(server)
        yield server


@pytest.fixture(scope="session")
def voila_url(voila_server: Server) -> str:
    """Return the address of the workbook; it ends in a slash."""
    return voila_server.url


@pytest.fixture(scope="session")
def quick_url(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[str]:
    """Serve a workbook that notices sooner when its connection breaks."""
    with voila_copy(tmp_path_factory.mktemp("quick"), at_pace) as server:
        request.config.stash.setdefault(SERVERS, []).append(server)
        yield server.url


@pytest.fixture
def network(quick_url: str) -> Iterator[Network]:
    """Lead to the shared server, over a network that a test may break."""
    with Network(quick_url) as network:
        yield network


@pytest.fixture(scope="session")
def lab_url(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[str]:
    """Serve JupyterLab on a copy of the notebooks, at this address + "lab/tree/notebooks/..."."""
    with jupyterlab(tmp_path_factory.mktemp("lab")) as server:
        request.config.stash.setdefault(SERVERS, []).append(server)
        yield server.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one Chromium for all tests."""
    with sync_playwright() as playwright:
        path = find_headless(playwright.chromium)
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[NewPage]:
    """Open pages, and afterwards check what they have asked for and complained about.

    ``allowed`` names hosts that a test means to reach; it has to answer them with ``page.route``.
    ``breaks`` says that a test takes the server away, which the browser then complains about;
    ``expected`` are complaints that it provokes otherwise. ``more`` goes to the browser's context.
    """
    watches: list[Watch] = []
    request.node.stash[WATCHES] = watches

    def open_page(
        *,
        viewport: tuple[int, int] = (1280, 900),
        color_scheme: Literal["light", "dark"] = "light",
        allowed: frozenset[str] = frozenset(),
        breaks: bool = False,
        expected: tuple[str, ...] = (),
        **more: Any,
    ) -> Page:
        size = ViewportSize(width=viewport[0], height=viewport[1])
        context = browser.new_context(viewport=size, color_scheme=color_scheme, **more)
        watch = Watch(allowed, (*expected, *(BROKEN if breaks else ())))
        watch.start(context)
        watches.append(watch)
        return context.new_page()

    yield open_page
    for watch in watches:
        _close(watch)
    for watch in watches:
        watch.check()


def _close(watch: Watch) -> None:
    """Close page by page: only a page that is left tells Voilà to end its kernel."""
    context = watch.pages[0].context
    for page in context.pages:
        page.close()
    context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """Open one watched page, as wide as on a desk."""
    return new_page()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show with a failure what the person in front of the screen would have seen."""
    report = yield
    watches = item.stash.get(WATCHES, [])
    if report.failed and watches:
        if report.when == "call":
            report.sections += [("Picture", str(path)) for path in _pictures(item, watches)]
        for server in item.config.stash.get(SERVERS, []):
            report.sections.append((f"Log of {server.url}", server.log[-4000:]))
    return report


def _pictures(item: pytest.Item, watches: list[Watch]) -> Iterator[Path]:
    factory: pytest.TempPathFactory = item.config._tmp_path_factory  # type: ignore[attr-defined]  # noqa: SLF001
    folder = factory.mktemp("pictures")
    open_pages = [page for watch in watches for page in watch.pages if not page.is_closed()]
    for number, page in enumerate(open_pages):
        path = folder / f"{number}.png"
        try:
            page.screenshot(path=path)
        except Error:  # a page that hangs must not hide why the test failed
            continue
        yield path
