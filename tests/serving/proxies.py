"""Proxies in front of a server, as somebody else may have configured them."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from types import TracebackType

END = b"\r\n\r\n"
READ = 65536  # bytes at once
Head = list[str]  # the lines of a request or an answer, before its body


@dataclass(frozen=True)
class Habits:
    """What a proxy does on the way. Without any it passes everything as it is."""

    request: Callable[[Head], Head] = list
    answer: Callable[[Head], Head] = list
    body: Callable[[bytes], bytes] = bytes
    instead: Callable[[Head], str] = lambda _request: (
        ""
    )  # "401 Unauthorized": the server is not asked
    buffers: bool = False
    most: int | None = None  # bytes of an answer, after which the connection ends
    mute: bool = False  # websockets are opened, and nothing is passed on
    idle: float | None = None  # seconds after which a silent websocket is closed


class Proxy:
    """Leads from ``port`` to a port of this machine. It runs in a thread of its own."""

    def __init__(self, server: int, habits: Habits, tls: ssl.SSLContext | None = None) -> None:
        self._server_port, self._habits, self._tls = server, habits, tls
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        opening = asyncio.start_server(self._meet, "127.0.0.1", 0, ssl=self._tls)
        self._server = asyncio.run_coroutine_threadsafe(opening, self._loop).result()
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._serve(reader, writer)
        writer.close()
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await writer.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass one request on, and its answer back; a connection serves no more than that."""
        asked = _lines(await reader.readuntil(END))
        if said := self._habits.instead(asked):
            writer.write(
                f"HTTP/1.1 {said}\r\nContent-Length: 0\r\nConnection: close".encode() + END
            )
            await writer.drain()
            return
        request = self._habits.request(asked)
        if not has(request, "Upgrade"):
            request = [*without("Connection")(request), "Connection: close"]
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._server_port)
        try:
            far_writer.write("\r\n".join(request).encode() + END)
            answer = _lines(await far_reader.readuntil(END))
            writer.write("\r\n".join(self._habits.answer(answer)).encode() + END)
            if " 101 " in answer[0]:
                await self._tie((reader, writer), (far_reader, far_writer))
            else:
                await self._carry(far_reader, writer)
        finally:
            far_writer.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held = b""
        while part := await reader.read(self._habits.most or READ):
            if self._habits.buffers:
                held += part
            else:
                writer.write(self._habits.body(part))
                await writer.drain()
            if self._habits.most:
                break
        writer.write(held)
        await writer.drain()

    async def _tie(
        self,
        near: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        far: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        """Pass on what comes through a websocket, both ways, until one end closes it."""

        async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while part := await asyncio.wait_for(reader.read(READ), self._habits.idle):
                if not self._habits.mute:
                    writer.write(part)
                    await writer.drain()

        ways = [
            asyncio.create_task(pass_on(near[0], far[1])),
            asyncio.create_task(pass_on(far[0], near[1])),
        ]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)


def _lines(head: bytes) -> Head:
    return head.removesuffix(END).decode().split("\r\n")


def has(head: Head, name: str) -> bool:
    """Return whether there is a header of this name."""
    return any(line.lower().startswith(f"{name.lower()}:") for line in head)


def without(*names: str) -> Callable[[Head], Head]:
    """Take headers away."""
    beginnings = tuple(f"{name.lower()}:" for name in names)
    return lambda head: [line for line in head if not line.lower().startswith(beginnings)]


def with_header(name: str, value: str) -> Callable[[Head], Head]:
    """Set a header, in place of one that is there."""
    return lambda head: [*without(name)(head), f"{name}: {value}"]


def adding(*lines: str) -> Callable[[Head], Head]:
    """Add headers, beside those that are there."""
    return lambda head: [*head, *lines]


def then(*changes: Callable[[Head], Head]) -> Callable[[Head], Head]:
    """Make several changes."""

    def change(head: Head) -> Head:
        for one in changes:
            head = one(head)
        return head

    return change


def saying(old: str, new: str) -> Callable[[Head], Head]:
    """Replace a text in every line."""
    return lambda head: [line.replace(old, new) for line in head]
