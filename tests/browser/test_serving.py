"""The page round the workbook, and how it is served: what is sent, what is kept back, what ends."""

from __future__ import annotations

import base64
import hashlib
import inspect
import json
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
import voila.handler
from jupyter_core.paths import jupyter_path
from playwright.sync_api import expect

from driving.driver import WORDS, Screen, all_on_one_page, begin
from driving.servers import ROOT, Answer, ask
from driving.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

TEMPLATE = ROOT / "share/jupyter/voila/templates/workbook"
NOTEBOOK = json.loads((ROOT / "notebooks/workbook.ipynb").read_text())

LOOKS: list[tuple[Literal["light", "dark"], str, str]] = [
    ("light", "rgb(251, 250, 247)", "rgb(35, 38, 43)"),
    ("dark", "rgb(21, 24, 27)", "rgb(233, 230, 223)"),
]
SIZE = """() => {
    const {scrollWidth, scrollHeight} = document.documentElement;
    return [scrollWidth, scrollHeight];
}"""
STICKS = """() => {
    const bar = document.createElement("p");
    bar.id = "bar";
    bar.textContent = "in view";
    bar.style = "position: sticky; top: 0; margin: 0";
    document.querySelector(".jp-OutputArea-output").append(bar);
}"""
ANNOUNCED = """let times = 0;
addEventListener("beforeunload", () => {
    times += 1;
    document.documentElement.dataset.announced = times;
}, true);"""
LINK = """href => document.body.prepend(Object.assign(document.createElement("a"), {
    href, textContent: href, style: "position: fixed; z-index: 99"
}))"""


@contextmanager
def visit(url: str) -> Iterator[Answer]:
    """Get the page as a browser does, and end the kernel that came with it."""
    answer = ask(url)
    yield answer
    assert shut_down(answer.text, url) == 204


@pytest.fixture(scope="module")
def front(voila_url: str) -> Iterator[Answer]:
    """Get the page as it is sent, before any script runs."""
    with visit(voila_url) as answer:
        yield answer


def kernel_of(html: str) -> str:
    found = re.search(r'"kernelId": "([0-9a-f-]+)"', html)
    assert found is not None
    return found[1]


def shut_down(html: str, url: str, **headers: str) -> int:
    place = url.partition("?")[0] + "voila/api/shutdown/" + kernel_of(html)
    return ask(place, "POST", headers).status


def alive(url: str, kernel: str) -> bool:
    return ask(f"{url}api/kernels/{kernel}").status == 200


def open_workbook(page: Page, url: str) -> str:
    """Begin, wait until every cell shows its widgets, and return the kernel's id."""
    page.goto(url)
    screen = Screen(page)
    begin(screen)
    all_on_one_page(screen)
    expect(page.locator("script[type*=cell-output]")).to_have_count(0)
    expect(page.get_by_text("Loading widget")).to_have_count(0)
    expect(page.get_by_role("slider").first).to_be_visible()
    return kernel_of(page.content())


def test_the_page_opens_as_one_that_scrolls_down_only(
    page: Page, voila_url: str, front: Answer, subtests: pytest.Subtests
) -> None:
    open_workbook(page, voila_url)
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("main")).not_to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("slider").first).to_be_visible()
    expect(page.locator("#loading")).to_have_count(0)
    assert page.context.cookies() == []
    with subtests.test("its title is a neutral one"):
        title = WORDS("page.title")
        assert f"<title>{title}</title>" in front.text
        expect(page).to_have_title(title)
        assert not re.search(r"friend|\bex\b|workbook|voil", title, re.IGNORECASE)
    for width in (320, 1600):
        with subtests.test("it is one page", width=width):
            page.set_viewport_size({"width": width, "height": 700})
            wide, high = page.evaluate(SIZE)
            assert wide <= width
            assert high > 2 * 700
    with subtests.test("what sticks to the top stays in view"):
        page.evaluate(STICKS)
        page.mouse.wheel(0, 3000)
        eventually(lambda: page.evaluate("scrollY > 1500"), 30, lambda: "the page does not scroll")
        box = page.locator("#bar").bounding_box()
        assert box is not None
        assert box["y"] == 0


def frame_of(front: Answer) -> str:
    """Return the document without the state of its widgets, whose texts are those of the cells."""
    frame, found = re.subn(
        r'<script type="application/vnd.jupyter.widget-state.+?</script>', "", front.text
    )
    assert found == 1
    return frame


def test_neither_code_nor_notes_for_maintainers_are_sent(front: Answer) -> None:
    lines = {
        line.strip().lstrip("# ")
        for cell in NOTEBOOK["cells"]
        for line in "".join(cell["source"]).splitlines()
        if len(line.strip()) > 10
    }
    assert not [line for line in lines if line in frame_of(front)]


def test_the_page_says_its_language_and_what_it_needs(front: Answer) -> None:
    assert '<html lang="en">' in front.text
    assert '<body dir="ltr"' in front.text
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in front.text
    assert re.search(r"<noscript><p>.+JavaScript.+</p></noscript>", front.text)


def test_the_page_is_of_our_template(front: Answer) -> None:
    assert "/voila/templates/workbook/static/frame.js" in front.text
    assert "/voila/templates/lab/" not in front.text
    # The one address of another site is the way out, which only opens when somebody goes there.
    (out,) = set(re.findall(r'[\w-]+="https:[^"]*" rel="noreferrer"', frame_of(front)))
    assert out.startswith(f'href="{WORDS("frame.leave-to")}"')
    assert "https:" not in frame_of(front).replace(out, "")


def test_nothing_of_jupyterlab_loads(front: Answer) -> None:
    files = re.findall(r'(?:src|href)="(/[^"?]+)', front.text)
    assert files
    assert all(file.startswith("/voila/templates/workbook/static/") for file in files)
    assert "federated_extensions" not in front.text


def test_the_policy_lets_nothing_in_from_outside(front: Answer) -> None:
    policy = front.headers["Content-Security-Policy"]
    rules = {words[0]: words[1:] for rule in policy.split(";") if (words := rule.split())}
    assert rules["default-src"] == rules["frame-ancestors"] == rules["form-action"] == ["'none'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(rules["script-src"])
    assert "http" not in policy


def test_the_policy_knows_the_one_script_voila_puts_into_a_slow_page(front: Answer) -> None:
    script = re.search(r"<script>(.+?)</script>", inspect.getsource(voila.handler))
    assert script is not None
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in front.headers["Content-Security-Policy"]


def test_paper_and_ink_follow_the_system(page: Page, voila_url: str) -> None:
    for scheme, paper, ink in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.goto(voila_url, wait_until="domcontentloaded")
        # Already while the page loads: no flash of white in a dark room.
        expect(page.locator("html")).to_have_css("background-color", paper)
        expect(page.locator("body")).to_have_css("color", ink)
        # What charts take the colour of their texts from.
        page.evaluate("document.body.style.color = 'var(--jp-content-font-color1)'")
        expect(page.locator("body")).to_have_css("color", ink)


def test_leaving_the_page_ends_its_kernel(page: Page, voila_url: str) -> None:
    kernel = open_workbook(page, voila_url)
    assert alive(voila_url, kernel)
    page.goto("about:blank")
    eventually(lambda: not alive(voila_url, kernel), 3, lambda: "the answers stay in memory")


def test_a_link_to_call_or_write_leaves_the_kernel_alive(page: Page, voila_url: str) -> None:
    # Heard before the page's own listeners: such a link does announce that the page is left.
    page.add_init_script(ANNOUNCED)
    kernel = open_workbook(page, voila_url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for number, address in enumerate(("tel:116123", "mailto:help@example.org"), 1):
        page.evaluate(LINK, address)
        page.get_by_text(address).click()
        expect(page.locator("html")).to_have_attribute("data-announced", str(number))
    assert not [url for url in asked if "shutdown" in url]
    assert alive(voila_url, kernel)


@pytest.mark.parametrize("source", sorted(TEMPLATE.rglob("*.*")), ids=lambda path: path.name)
def test_what_is_served_is_the_source_and_no_old_copy(voila_url: str, source: Path) -> None:
    name = source.relative_to(TEMPLATE)
    places = [Path(place) / "templates/workbook" / name for place in jupyter_path("voila")]
    used = next(place for place in places if place.exists())
    assert used.read_bytes() == source.read_bytes()
    if name.parent.name == "static":
        served = ask(f"{voila_url}voila/templates/workbook/{name}")
        assert served.text == source.read_text()
