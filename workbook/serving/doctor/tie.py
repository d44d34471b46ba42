"""The socket between a page and its kernel, on its way through a proxy."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
import uuid
from typing import TYPE_CHECKING

from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketError, websocket_connect

from workbook.serving.doctor.asking import QUICK, origin_of
from workbook.serving.doctor.findings import Finding
from workbook.serving.sockets import PROTOCOL

if TYPE_CHECKING:
    from tornado.websocket import WebSocketClientConnection

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
    try:
        async with asyncio.timeout(PATIENCE):
            tie = await websocket_connect(request, subprotocols=[PROTOCOL])
    except HTTPClientError as error:
        return [Finding(f"The proxy does not pass websockets (it answers {error.code}): {EATEN}")]
    except (OSError, TimeoutError, WebSocketError):
        return [Finding(f"The proxy does not pass websockets: {EATEN}")]
    try:
        return await _use(tie, silent)
    finally:
        tie.close()


async def _use(tie: WebSocketClientConnection, silent: float) -> list[Finding]:
    if tie.selected_subprotocol != PROTOCOL:
        return [
            Finding(
                "The proxy takes Sec-WebSocket-Protocol away: let it pass all headers, both ways."
            )
        ]
    await tie.write_message(_question(), binary=True)
    try:
        async with asyncio.timeout(PATIENCE):
            answered = await tie.read_message() is not None
    except TimeoutError:
        answered = False
    if not answered:
        return [Finding("The proxy opens websockets, but nothing comes through: " + EATEN)]
    end = time.monotonic() + silent
    try:
        async with asyncio.timeout(silent):
            while await tie.read_message() is not None:
                continue
    except TimeoutError:
        return []
    after = silent - (end - time.monotonic())
    return [
        Finding(
            f"The proxy closes a websocket on which nothing is sent for {after:.1f} seconds: let it"
            " wait for ten minutes (nginx: proxy_read_timeout 600s; HAProxy: timeout tunnel)."
        )
    ]


def _question() -> bytes:
    """Return a message that every kernel answers."""
    header = {"msg_type": "kernel_info_request", "msg_id": uuid.uuid4().hex, "version": "5.3"}
    header |= {"session": "", "username": "", "date": "2000-01-01T00:00:00Z"}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": {}}
    raw: bytes = serialize_msg_to_ws_v1(message, "shell", lambda part: json.dumps(part).encode())
    return raw
