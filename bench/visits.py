"""One visit to a page, up to the first answer to a key press, and what it asked for."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

    from bench.sites import Site

SCRIPT = Path(__file__).with_name("visit.js").read_text(encoding="utf-8")
PATIENCE = 120.0  # seconds


@dataclass(frozen=True)
class Visit:
    """Seconds from the start of the navigation, as the page itself has them.

    ``readable``: its heading is drawn. ``pressable``: a control is there. ``answered``: the
    server's answer to a key press on it is drawn.
    """

    readable: float
    pressable: float
    answered: float


@dataclass
class Asked:
    """One request of a page; times in seconds of a clock of the browser's own."""

    url: str
    kind: str
    start: float
    end: float = 0.0
    bytes: int = 0
    kept: bool = False


@dataclass
class Traffic:
    """What a page asks for, as the browser counts it."""

    requests: dict[str, Asked] = field(default_factory=dict)

    def listen(self, session: CDPSession) -> None:
        """Begin to count."""
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.responseReceived", self._received)
        session.on("Network.requestServedFromCache", self._kept)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketCreated", self._socket)
        session.on("Network.webSocketFrameReceived", self._frame)
        session.send("Network.enable")

    @property
    def over_the_line(self) -> list[Asked]:
        """What the browser had not kept from an earlier visit."""
        return [asked for asked in self.requests.values() if not asked.kept]

    def _sent(self, event: Any) -> None:
        url: str = event["request"]["url"]
        if url.startswith("http"):
            asked = Asked(url, event.get("type", "Other"), event["timestamp"], event["timestamp"])
            self.requests[event["requestId"]] = asked

    def _received(self, event: Any) -> None:
        if (asked := self.requests.get(event["requestId"])) is not None:
            asked.kept |= bool(event["response"].get("fromDiskCache"))
            asked.end = event["timestamp"]

    def _kept(self, event: Any) -> None:
        if (asked := self.requests.get(event["requestId"])) is not None:
            asked.kept = True

    def _finished(self, event: Any) -> None:
        if (asked := self.requests.get(event["requestId"])) is not None:
            asked.end, asked.bytes = event["timestamp"], int(event["encodedDataLength"])

    def _socket(self, event: Any) -> None:
        self.requests[event["requestId"]] = Asked(event["url"], "WebSocket", 0.0)

    def _frame(self, event: Any) -> None:
        socket = self.requests[event["requestId"]]
        socket.start = socket.start or event["timestamp"]
        socket.end = event["timestamp"]
        socket.bytes += len(event["response"]["payloadData"])


def visit(page: Page, site: Site) -> Visit:
    """Go to a page and press a key on its first control, again until the server has answered.

    Fails where that takes too long.
    """
    settings = {"begin": site.begin, "control": site.control, "said": site.said}
    page.add_init_script(f"{SCRIPT}\nvisit({json.dumps(settings)});")
    page.goto(site.url, wait_until="commit", timeout=PATIENCE * 1000)
    # Asked from outside: the workbook's own policy forbids scripts that are made of text.
    deadline = time.monotonic() + PATIENCE
    pause, pressed = 0.05, 0.0
    while (found := page.evaluate("bench"))["answered"] is None:
        assert time.monotonic() < deadline, f"{site.name}: no control, or no answer to it"
        if time.monotonic() - pressed > pause and page.evaluate("bench.focus()"):
            page.keyboard.press(site.key)
            # One press may come before anybody listens. Many would keep the server busy.
            pressed, pause = time.monotonic(), pause * 2
        time.sleep(0.02)
    assert found["readable"] is not None, f"{site.name}: no heading"
    times = (found[name] / 1000 for name in ("readable", "pressable", "answered"))
    return Visit(*times)
