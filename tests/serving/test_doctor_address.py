"""What the doctor sees of an address: each fault is that of a real proxy before a real server."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import json
import socket
import ssl
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import trustme

from driving.servers import ROOT, Server, ask, free_port
from driving.visitor import KERNEL
from driving.waiting import eventually
from tests.serving.proxies import (
    Habits,
    Head,
    Proxy,
    adding,
    has,
    saying,
    then,
    with_header,
    without,
)
from workbook.serving.doctor import asking, encryption, proxying, public, tie
from workbook.serving.doctor.findings import Finding, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADERS: dict[str, str] = json.loads((ROOT / "voila.json").read_text())["Voila"][
    "tornado_settings"
]["headers"]
NAME = "notes.example"
QUIET = 0.5  # seconds
HSTS = "Strict-Transport-Security: max-age=31536000"
AUTHORITY = trustme.CA()


def sentences(found: list[Finding]) -> str:
    return "\n".join(finding.sentence for finding in found)


def port_of(server: Server) -> int:
    port = urlsplit(server.url).port
    assert port is not None
    return port


@contextlib.contextmanager
def behind(server: Server, habits: Habits, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Put a proxy before the server, and say its address."""
    with Proxy(port_of(server), habits, tls) as proxy:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{proxy.port}/"


def look(url: str) -> list[Finding]:
    return asyncio.run(public.address_findings(url, HEADERS, QUIET))


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the name of the example lead to this machine, and nothing elsewhere."""
    real = socket.getaddrinfo

    def here(host: Any, *others: Any, **more: Any) -> Any:
        assert host in {NAME, "127.0.0.1", "localhost"}, f"asks {host}"
        return real("127.0.0.1" if host == NAME else host, *others, **more)

    monkeypatch.setattr(socket, "getaddrinfo", here)


@pytest.fixture
def _trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this machine trust the authority of these tests."""
    AUTHORITY.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


def certificate(name: str = NAME, days: int = 90, by: trustme.CA = AUTHORITY) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    until = dt.datetime.now(dt.UTC) + dt.timedelta(days=days, hours=1)
    since = until - dt.timedelta(days=180)
    by.issue_cert(name, not_before=since, not_after=until).configure_cert(context)
    return context


def known_as(name: str, server: Server) -> Habits:
    """Return a good proxy for a name that the server is not started with.

    As behind a balancer, the page stands at "/", and all that belongs to it below "/a/".
    """
    own = f"127.0.0.1:{port_of(server)}"

    def request(head: Head) -> Head:
        host = next(line for line in head if line.startswith("Host:")).removeprefix("Host: ")
        assert host.startswith(name)
        head = then(
            saying(host, own),
            saying("https:", "http:"),
            saying(" /a/", " /"),
            without("Accept-Encoding"),
        )(head)
        # A page in pieces of a length that is told could not be made longer.
        return head if has(head, "Upgrade") else saying("HTTP/1.1", "HTTP/1.0")(head)

    return Habits(
        request=request,
        answer=adding(HSTS),
        body=lambda part: part.replace(b'"baseUrl": "/"', b'"baseUrl": "/a/"'),
        instead=lambda head: "" if head[0].split()[1].startswith("/a/") else known(head),
    )


def known(head: Head) -> str:
    return "" if head[0].split()[1] == "/" else "404 Not Found"


@pytest.mark.usefixtures("_trusted")
def test_behind_a_good_proxy_nothing_is_found_and_nobody_stays(server: Server) -> None:
    with Proxy(port_of(server), known_as(NAME, server), certificate()) as proxy:
        assert sentences(look(f"https://{NAME}:{proxy.port}/")) == ""
    eventually(lambda: len(server.kernels) == 1, 20, lambda: f"{len(server.kernels)} kernels")


def test_what_a_proxy_does_wrong_is_found_in_one_visit_each_with_a_remedy(server: Server) -> None:
    wrong = Habits(
        answer=then(
            without("Referrer-Policy"),
            with_header("Cache-Control", "public"),
            adding("X-Frame-Options: SAMEORIGIN", "Set-Cookie: server=3", "NEL: {}"),
        ),
        buffers=True,
        idle=QUIET / 2,
    )
    with behind(server, wrong) as url:
        found = sentences(look(url))
    for sentence in (
        "takes away Referrer-Policy:",
        "changes or doubles X-Frame-Options:",
        "changes Cache-Control,",
        "sets a cookie,",
        "adds NEL:",
        "holds the page back until all of it is there",
        "closes a websocket on which nothing is sent for 0.",
    ):
        assert sentence in found
    assert len(found.splitlines()) == 7


def test_a_server_that_was_started_elsewhere(server: Server) -> None:
    stock = Habits(
        request=without("Accept-Encoding"),
        body=lambda part: part.replace(b"templates/workbook/", b"templates/another_/"),
    )
    with behind(server, stock) as url:
        assert f"At {url} Voilà runs without voila.json" in sentences(look(url))


@pytest.fixture(scope="module")
def kernel(server: Server) -> Iterator[str]:
    found = KERNEL.search(ask(server.url).text)
    assert found is not None
    yield found[1]
    assert ask(f"{server.url}voila/api/shutdown/{found[1]}", "POST").status == 204


TIES = {
    "(it answers 400)": Habits(request=without("Upgrade", "Connection")),
    "(it answers 501)": Habits(
        instead=lambda head: "501 Not Implemented" if "channels" in head[0] else ""
    ),
    "does not pass websockets:": Habits(
        instead=lambda head: "200 OK" if "channels" in head[0] else ""
    ),
    "takes Sec-WebSocket-Protocol away": Habits(answer=without("Sec-WebSocket-Protocol")),
    "nothing comes through": Habits(mute=True, idle=QUIET),
    "nothing is sent for 0.": Habits(idle=0.15),
    "": Habits(),
}


@pytest.mark.parametrize("sentence", TIES)
def test_what_becomes_of_websockets(server: Server, kernel: str, sentence: str) -> None:
    with behind(server, TIES[sentence]) as url:
        found = asyncio.run(tie.tie_findings(url, url, kernel, QUIET))
    assert sentence in sentences(found)
    assert len(found) == bool(sentence)


WAYS = {
    "The proxy changes Host": Habits(request=with_header("Host", "127.0.0.1:1")),
    "answers 404, though the page is there": Habits(request=saying("GET /voila", "GET /x/voila")),
    "": Habits(),
}


@pytest.mark.parametrize("sentence", WAYS)
def test_what_becomes_of_the_name_and_the_path(server: Server, sentence: str) -> None:
    with behind(server, WAYS[sentence]) as url:
        found = asyncio.run(proxying.way_findings(url, url))
    assert sentence in sentences(found)
    assert len(found) == bool(sentence)


INSTEAD = {
    "401 Unauthorized": "asks for a log-in",
    "403 Forbidden": "answers 403, and not the workbook does",
    "404 Not Found": "answers 404, and not the workbook does",
    "502 Bad Gateway": "the proxy reaches no server",
    "503 Service Unavailable": "answers 503, and not the workbook does",
    "504 Gateway Timeout": "the server behind the proxy does not answer",
    "418 I'm a teapot": "answers 418",
    "200 OK": "shows another page than the workbook",
    "302 Found\r\nLocation: https://elsewhere.example/": "leads to https://elsewhere.example/",
}


@pytest.mark.parametrize("answer", INSTEAD)
def test_what_a_proxy_answers_by_itself(server: Server, answer: str) -> None:
    with behind(server, Habits(instead=lambda _request: answer)) as url:
        assert INSTEAD[answer] in sentences(look(url))


def test_a_name_that_the_server_does_not_go_by(server: Server) -> None:
    with Proxy(port_of(server), Habits()) as proxy:
        found = sentences(look(f"http://{NAME}:{proxy.port}/"))
    assert f"start it with --Visitors.hosts={NAME}" in found
    assert "is not encrypted, and whoever listens in" in found


def test_nobody_there() -> None:
    for scheme in ("http", "https"):
        found = sentences(look(f"{scheme}://127.0.0.1:{free_port()}/"))
        assert "does not answer: Connection refused" in found


def test_a_page_that_breaks_off(server: Server) -> None:
    with behind(server, Habits(most=500)) as url:
        found = asyncio.run(public.address_findings(f"{url}nothing", HEADERS, QUIET))
    assert "the answer breaks off in the middle. Let the proxy wait" in sentences(found)


def test_a_page_that_a_browser_could_not_leave_is_left_all_the_same(server: Server) -> None:
    page = asyncio.run(asking.ask(server.url))
    kernel = KERNEL.search(page.text)
    assert kernel is not None
    closed = Habits(instead=lambda head: "405 No" if head[0].startswith("POST") else "")
    for habits, status in ((closed, 200), (Habits(request=with_header("Host", "[::1]:1")), 404)):
        with behind(server, habits) as url:
            assert not asyncio.run(public._leave(url, page))  # noqa: SLF001
        assert ask(f"{server.url}api/kernels/{kernel[1]}").status == status


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize(
    ("context", "sentence"),
    [
        (certificate(days=-1), f"The certificate of {NAME} is out of date"),
        (certificate(days=365), f"The certificate of {NAME} is not valid yet"),
        (certificate("other.example"), f"The certificate is not for {NAME}"),
        (certificate(by=trustme.CA()), "is vouched for by nobody whom browsers know"),
    ],
)
def test_a_certificate_that_browsers_do_not_take(
    server: Server, context: ssl.SSLContext, sentence: str
) -> None:
    with Proxy(port_of(server), Habits(), context) as proxy:
        (found,) = look(f"https://{NAME}:{proxy.port}/")
    assert sentence in found.sentence
    assert found.weight == Weight.FAULT


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize(("days", "weight"), [(5, Weight.REMARK), (3, Weight.FAULT)])
def test_a_certificate_that_soon_ends(server: Server, days: int, weight: Weight) -> None:
    with Proxy(port_of(server), Habits(), certificate(days=days)) as proxy:
        found = asyncio.run(encryption.certificate_findings(f"https://{NAME}:{proxy.port}/"))
    assert [(f.sentence.partition(":")[0], f.weight) for f in found] == [
        (f"The certificate of {NAME} ends in {days} days", weight)
    ]


def test_the_same_name_without_encryption(server: Server) -> None:
    leads = Habits(instead=lambda _head: f"301 Moved\r\nLocation: https://{NAME}/")
    astray = Habits(instead=lambda _head: f"301 Moved\r\nLocation: http://{NAME}/")
    for habits, wrong in ((leads, False), (astray, True), (Habits(), True)):
        with Proxy(port_of(server), habits) as proxy:
            found = asyncio.run(encryption.plain_findings(f"https://{NAME}/", proxy.port))
        assert ("does not lead to https" in sentences(found)) == wrong
    assert not asyncio.run(encryption.plain_findings(f"https://{NAME}/", free_port()))


def test_a_missing_header_of_a_public_name_is_a_remark(server: Server) -> None:
    answer = asyncio.run(asking.ask(server.url + "nothing"))
    (found,) = proxying.header_findings(f"https://{NAME}/", answer, HEADERS)
    assert found.sentence.startswith("Strict-Transport-Security is missing")
    assert found.weight == Weight.REMARK
