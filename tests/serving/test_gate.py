"""What comes in, what is kept out, and what goes out with every answer."""

from __future__ import annotations

import asyncio
import json
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from driving.servers import ROOT, Answer, Server, ask, voila
from driving.visitor import KERNEL, Visitor
from workbook.records.checkin import MOST_BYTES
from workbook.serving.sockets import PROTOCOL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTINGS: dict[str, Any] = json.loads((ROOT / "voila.json").read_text())
HEADERS: dict[str, str] = SETTINGS["Voila"]["tornado_settings"]["headers"]
NOBODY = "00000000-0000-0000-0000-000000000000"
SHUTDOWN = f"voila/api/shutdown/{NOBODY}"
CHANNELS = f"api/kernels/{NOBODY}/channels"
FILES = [
    "voila/templates/workbook/static/front.js",
    "voila/templates/workbook/static/frame.css",
]
ERRORS = ["nothing", "voila/templates/workbook/static/nothing", CHANNELS, "?a=b"]
CANARY = "canary-7f3a"


@pytest.fixture(scope="module")
def page(server: Server) -> Iterator[Answer]:
    answer = ask(server.url)
    yield answer
    found = KERNEL.search(answer.text)
    assert found is not None
    assert ask(f"{server.url}voila/api/shutdown/{found[1]}", "POST").status == 204


def _check_headers(answer: Answer) -> None:
    for name, value in HEADERS.items():
        assert value in str(answer.headers[name]), name
    assert "Server" not in answer.headers
    for text in answer.headers.get_all("Set-Cookie", []):
        for cookie in SimpleCookie(text).values():
            assert cookie["expires"] < "Thu, 01 Jan 1970", "a cookie is kept"


@pytest.mark.parametrize("path", [*FILES, *ERRORS])
def test_every_answer_has_all_headers(server: Server, path: str) -> None:
    _check_headers(ask(server.url + path))


def test_the_page_has_all_headers_too(page: Answer) -> None:
    _check_headers(page)
    assert "Set-Cookie" not in page.headers
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("X-Robots-Tag", "noindex"),
    ],
)
def test_the_headers_are_strict(name: str, value: str) -> None:
    assert HEADERS[name] == value


def test_the_page_may_use_no_device() -> None:
    devices = HEADERS["Permissions-Policy"].split(", ")
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(devices)


@pytest.mark.parametrize("path", ERRORS)
def test_errors_are_not_kept_by_a_browser(server: Server, path: str) -> None:
    assert ask(server.url + path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["", *FILES, SHUTDOWN, CHANNELS])
def test_another_host_name_is_refused_everywhere(server: Server, path: str) -> None:
    for host in ("workbook.example", "127.0.0.1.workbook.example", "localhost.", ""):
        assert ask(server.url + path, headers={"Host": host}).status == 403, host


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://workbook.example"},
        {"Origin": "https://127.0.0.1"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    ],
)
@pytest.mark.parametrize("path", [SHUTDOWN, CHANNELS, *FILES])
def test_another_site_is_refused_everywhere(
    server: Server, path: str, headers: dict[str, str]
) -> None:
    method = "POST" if path == SHUTDOWN else "GET"
    assert ask(server.url + path, method, headers).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Dest": "image", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Dest": "document", "Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_nobody_takes_a_place_without_going_there(server: Server, headers: dict[str, str]) -> None:
    assert ask(server.url, headers=headers).status in {403, 503}


def test_a_link_on_another_site_may_lead_here(server: Server) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    headers["Sec-Fetch-Dest"] = "document"
    assert ask(f"{server.url}?from=there", headers=headers).status == 303


def test_a_beacon_of_a_browser_that_hides_its_origin_counts(server: Server) -> None:
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    found = KERNEL.search(ask(server.url).text)
    assert found is not None
    assert ask(f"{server.url}voila/api/shutdown/{found[1]}", "POST", headers).status == 204


def test_a_query_is_dropped_before_anything_sees_it(server: Server) -> None:
    answer = ask(f"{server.url}?template=lab&q={CANARY}")
    assert (answer.status, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("what", ["template", "theme"])
def test_nothing_overrides_the_template(what: str) -> None:
    assert SETTINGS["VoilaConfiguration"][f"allow_{what}_override"] == "NO"


@pytest.mark.parametrize(
    "path",
    [
        "api/contents",
        "api/kernels",
        "api/kernelspecs",
        "api/sessions",
        "favicon.ico",
        "lab",
        "login",
        "logout",
        "tree",
        "voila/api/contents",
        "voila/files/workbook.ipynb",
        "voila/files/../../data/friendship.toml",
        "voila/labextensions/@jupyter-notebook/lab-extension/package.json",
        "voila/labextensions/anywidget/package.json",
        "voila/query/" + NOBODY,
        "voila/render/workbook.ipynb",
        "voila/static/voila.js",
        "voila/templates/lab/static/index.css",
        "voila/templates/workbook/static/../conf.json",
        "voila/templates/workbook/static/%2e%2e/%2e%2e/lab/static/index.css",
        "voila/tree",
        "workbook.ipynb",
    ],
)
def test_nothing_but_the_page_is_served(server: Server, path: str) -> None:
    answer = ask(server.url + path)
    assert answer.status in {403, 404}
    assert '<html lang="en">' in answer.text
    assert "http" not in answer.text  # the stock page asks a CDN for a style sheet
    assert "Traceback" not in answer.text


def test_another_site_cannot_end_a_kernel(server: Server, page: Answer) -> None:
    found = KERNEL.search(page.text)
    assert found is not None
    kernel = found[1]
    headers = {"Origin": "http://workbook.example"}
    assert ask(f"{server.url}voila/api/shutdown/{kernel}", "POST", headers).status == 403
    assert ask(f"{server.url}api/kernels/{kernel}").status == 200


def test_a_long_request_is_not_even_read(server: Server) -> None:
    headers = {"Content-Length": "100000"}
    assert ask(server.url + SHUTDOWN, "POST", headers).status == 400


def test_a_log_in_that_is_not_there_is_refused_at_the_start(tmp_path: Path) -> None:
    with (
        pytest.raises(AssertionError, match="There is no log-in here"),
        voila(tmp_path, "--Voila.token=secret"),
    ):
        pass


def test_the_server_is_reached_from_this_machine_only() -> None:
    assert SETTINGS["Voila"]["ip"] == "127.0.0.1"


async def _open(url: str, **headers: str) -> None:
    place = url.replace("http", "ws", 1) + CHANNELS
    await websocket_connect(HTTPRequest(place, headers=headers), subprotocols=[PROTOCOL])


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://workbook.example"}, {"Host": "workbook.example"}]
)
def test_another_site_opens_no_socket(server: Server, headers: dict[str, str]) -> None:
    with pytest.raises(HTTPClientError, match="403"):
        asyncio.run(_open(server.url, **headers))


def test_a_socket_of_the_old_protocol_is_refused(server: Server) -> None:
    assert ask(server.url + CHANNELS, headers={"Upgrade": "websocket"}).status == 400


HUGE = b"\xff" * 8
LARGEST = SETTINGS["Voila"]["tornado_settings"]["websocket_max_message_size"]
BAD_MESSAGES: list[tuple[bytes | str, int]] = [
    (HUGE * 8, 1002),
    (b"", 1002),
    ("{}", 1002),
    ((6).to_bytes(8, "little") + HUGE * 6, 1002),
    (b"x" * (LARGEST + 1), 1009),
]


def test_the_largest_file_that_can_be_read_fits_into_a_message() -> None:
    assert MOST_BYTES + 100_000 < LARGEST


def test_a_message_that_is_none_closes_the_socket_and_no_more(server: Server) -> None:
    async def visit() -> list[int | None]:
        visitor = await Visitor.come(server.url)
        codes = []
        for raw, _code in BAD_MESSAGES:
            visitor.send_raw(raw)
            codes.append(await visitor.closed())
            await visitor.connect()
        await visitor.leave()
        return codes

    *codes, too_large = asyncio.run(visit())
    assert codes == [code for _raw, code in BAD_MESSAGES[:-1]]
    assert too_large in (1009, None)  # None: closed while it was still being sent


def test_a_visitor_can_run_no_code(server: Server) -> None:
    async def visit() -> list[str]:
        visitor = await Visitor.come(server.url)
        before = len(visitor.seen)
        code = {"code": f"print('{CANARY}')", "silent": False, "store_history": False}
        for kind in ("execute_request", "inspect_request", "complete_request", "history_request"):
            visitor.send(kind, code)
        visitor.set("ready.healed", 7)
        await visitor.settled()
        await visitor.leave()
        return visitor.seen[before:]

    assert not [text for text in asyncio.run(visit()) if CANARY in text]


def test_nothing_a_visitor_says_is_logged_and_no_traceback_is_sent(server: Server) -> None:
    async def visit() -> Visitor:
        visitor = await Visitor.come(server.url)
        visitor.set("say.limits.text", CANARY)
        visitor.send(CANARY, {})
        visitor.send("comm_open", {"comm_id": CANARY, "target_name": CANARY, "data": {}})
        bad = {"method": "update", "state": {"value": CANARY}, "buffer_paths": []}
        visitor.send("comm_msg", {"comm_id": visitor.control("ready.healed"), "data": bad})
        visitor.set("ready.healed", 7)
        await visitor.settled()
        await visitor.leave()
        return visitor

    visitor = asyncio.run(visit())
    ask(f"{server.url}{CANARY}?{CANARY}={CANARY}", headers={"Referer": server.url + CANARY})
    ask(f"{server.url}?{CANARY}={CANARY}", headers={"Host": CANARY})
    assert any("ExecutionError" in text for text in visitor.seen)
    assert not [text for text in visitor.seen if "Traceback" in text or 'File "' in text]
    for secret in (CANARY, visitor.kernel, "127.0.0.1)"):
        assert secret not in server.log
    assert visitor.kernel[:8] in server.log
