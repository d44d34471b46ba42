"""The socket between a page and its kernel, on its way through a proxy."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
import time
import uuid

from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketError, websocket_connect

from workbook.serving.doctor.asking import QUICK, origin_of
from workbook.serving.doctor.findings import Finding
from workbook.serving.sockets import PROTOCOL

SPOKEN = "Sec-WebSocket-Protocol"
PATIENCE = 20.0  # seconds for a kernel's first answer
EATEN = (
    "let it pass Upgrade and Connection, and speak HTTP/1.1 (nginx: proxy_http_version 1.1;"
    " proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade)."
)


async def tie_findings(url: str, site: str, kernel: str, silent: float) -> list[Finding]:
    """Return what keeps a page from its kernel; ``silent`` seconds nothing is sent."""
    place = f"{site.replace('http', 'ws', 1)}api/kernels/{kernel}/channels"
    request = HTTPRequest(
        f"{place}?session_id={uuid.uuid4()}",
        headers={"Origin": origin_of(url)},
        connect_timeout=QUICK,
        ssl_options=ssl.create_default_context(),
    )
    heard = Heard()
    try:
        async with asyncio.timeout(PATIENCE):
            tie = await websocket_connect(
                request, subprotocols=[PROTOCOL], on_message_callback=heard.take
            )
    except HTTPClientError as error:
        return [Finding(f"The proxy does not pass websockets (it answers {error.code}): {EATEN}")]
    except (OSError, TimeoutError, WebSocketError):
        return [Finding(f"The proxy does not pass websockets: {EATEN}")]
    try:
        if tie.selected_subprotocol != PROTOCOL:
            return [Finding(f"The proxy takes {SPOKEN} away: let it pass all headers, both ways.")]
        await tie.write_message(_question(), binary=True)
        return await _listen(heard, silent)
    finally:
        tie.close()
        await heard.until_closed(QUICK)


class Heard:
    """What came through a socket."""

    def __init__(self) -> None:
        self._something, self._closed = asyncio.Event(), asyncio.Event()

    def take(self, message: str | bytes | None) -> None:
        """Note a message; None is the end."""
        (self._closed if message is None else self._something).set()

    async def until_something(self, seconds: float) -> bool:
        """Wait for a message; return whether one came."""
        ways = [asyncio.create_task(e.wait()) for e in (self._something, self._closed)]
        await asyncio.wait(ways, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        return self._something.is_set()

    async def until_closed(self, seconds: float) -> bool:
        """Wait for the end; return whether it came."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closed.wait(), seconds)
        return self._closed.is_set()


async def _listen(heard: Heard, silent: float) -> list[Finding]:
    if not await heard.until_something(PATIENCE):
        return [Finding(f"The proxy opens websockets, but nothing comes through: {EATEN}")]
    start = time.monotonic()
    if not await heard.until_closed(silent):
        return []
    return [
        Finding(
            f"The proxy closes a websocket on which nothing is sent for"
            f" {time.monotonic() - start:.1f} seconds: let it wait for ten minutes (nginx:"
            " proxy_read_timeout 600s; HAProxy: timeout tunnel)."
        )
    ]


def _question() -> bytes:
    """Return a message that every kernel answers."""
    header = {"msg_type": "kernel_info_request", "msg_id": uuid.uuid4().hex, "version": "5.3"}
    header |= {"session": "", "username": "", "date": "2000-01-01T00:00:00Z"}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": {}}
    raw: bytes = serialize_msg_to_ws_v1(message, "shell", lambda part: json.dumps(part).encode())
    return raw
