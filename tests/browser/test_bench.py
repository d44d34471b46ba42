"""The benchmark looks at pages as a person does: at what is drawn, and at what answers."""

from __future__ import annotations

import http.server
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bench.opening import NETS, measure
from bench.pages import answering, close
from bench.presses import press, watch
from bench.rows import table
from bench.sites import Site
from bench.visits import Traffic, visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

LATE = 100  # milliseconds after which the toy page has its next part
FIRST = 8  # times as late is its heading, when it has long been drawn without one
SCRIPT = """
const later = (what, times = 1) => setTimeout(what, times * LATE);
const inside = document.querySelector("div").attachShadow({mode: "open"});
inside.innerHTML = "<h1 hidden>Toy</h1><button>Begin</button>";
const [heading, begin] = inside.children;
const total = document.querySelector("p");
const slider = document.createElement("input");
Object.assign(slider, {type: "range", value: 5});
later(() => {
    heading.hidden = false;
    later(() => begin.onclick = () => {
        begin.remove();
        document.body.append(slider);
        later(() => slider.oninput = async () =>
            total.textContent = await (await fetch("/answer?" + slider.value)).text());
    });
}, FIRST);
""".replace("LATE", str(LATE)).replace("FIRST", str(FIRST))
PAGE = """<title>Toy</title><link rel=icon href=data:,>
<div></div><p class=toy-total>0</p><script src=toy.js></script>"""


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves the toy page; its script may be kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        kind, text = "text/html", PAGE
        if self.path == "/toy.js":
            kind, text = "text/javascript", SCRIPT
        elif "?" in self.path:
            text = self.path.split("?")[1]
        self.send_response(http.HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.send_header("Cache-Control", "max-age=60" if kind != "text/html" else "no-store")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def toy() -> Iterator[Site]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site("toy", f"http://127.0.0.1:{server.server_port}/", begin="Begin")
        server.shutdown()


def test_a_visit_waits_for_what_is_drawn_and_what_answers(browser: Browser, toy: Site) -> None:
    page = browser.new_page()
    found = visit(page, toy)
    close(page)
    # A part that is seen late does not make the next one come later, so each counts from the start.
    moments = (found.readable, found.pressable, found.answered)
    assert all(at >= n * LATE / 1000 for n, at in enumerate(moments, FIRST))
    assert found.pressable < found.answered


def test_a_second_visit_counts_only_what_the_browser_has_not_kept(
    browser: Browser, toy: Site
) -> None:
    context = browser.new_context()
    found = []
    for _ in range(2):
        page = context.new_page()
        traffic = Traffic()
        traffic.listen(context.new_cdp_session(page))
        visit(page, toy)
        page.close()
        found.append([asked.kind for asked in traffic.over_the_line])
    context.close()
    assert found == [["Document", "Script", "Fetch"], ["Document", "Fetch"]]


def test_pages_are_compared_in_turns(
    browser: Browser, toy: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("workbook", "Streamlit", "Panel")
    rows, text = measure(browser, [replace(toy, name=n) for n in names], [NETS["4g"]], 1)
    assert len(rows) == 8
    assert all(0.2 < row.compared < 5 for row in rows)
    assert "4G, second visit, answered" in table(rows)
    assert [line.split(" | ")[2] for line in text.splitlines()[2:]] == [
        name for name in names for _ in range(2)
    ]
    drawn = capsys.readouterr().out
    kinds = [line.split()[0] for line in drawn.splitlines()[1:]]
    assert list(dict.fromkeys(kinds)) == [  # a page that is slow is pressed again
        "document",
        "toy.js",
        "fetch",
        "readable",
        "answers",
    ]


def test_a_press_is_timed(browser: Browser, toy: Site) -> None:
    page = answering(browser, toy)
    watch(page)
    found: Any = press(page, toy, "ArrowLeft")
    close(page)
    assert 0 < found["first"] <= found["last"]
