"""A slow line: a TCP proxy through which everything of a page comes, its websocket too.

A browser can be told to slow its requests, but not its websockets, by which a widget page gets most
of what it shows. So the line itself is slow here, and alike for every page.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

READ = 65536  # bytes at once where the line has no limit
PIECE = 4096  # bytes at once where it has one: then connections take turns on it
SLACK = 0.005  # seconds by which a piece may make up for one that was late: clocks are coarse
AHEAD = 64  # pieces under way in one direction of one connection


@dataclass(frozen=True)
class Line:
    """What a line is like: the way there and back in seconds, and bits a second each way."""

    round_trip: float = 0.0
    rate: float | None = None


class Direction:
    """One direction of the line, which all connections share."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._free = 0.0
        self.bytes = 0

    async def carry(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, late: float
    ) -> None:
        """Carry all that comes from ``source``, in its order; ``late`` seconds for the first."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(AHEAD)
        async with asyncio.TaskGroup() as both:
            both.create_task(_hand_over(under_way, target))
            await asyncio.sleep(late)
            while data := await source.read(PIECE if self._line.rate else READ):
                await self._send(len(data))
                await under_way.put((time.monotonic() + self._line.round_trip / 2, data))
            await under_way.put((time.monotonic() + self._line.round_trip / 2, b""))

    async def _send(self, size: int) -> None:
        """Wait until so many bytes are on the line."""
        self.bytes += size
        if self._line.rate is None:
            return
        now = time.monotonic()
        self._free = max(self._free, now - SLACK) + size * 8 / self._line.rate
        await asyncio.sleep(max(0, self._free - now))


async def _hand_over(
    under_way: asyncio.Queue[tuple[float, bytes]], target: asyncio.StreamWriter
) -> None:
    while True:
        due, data = await under_way.get()
        await asyncio.sleep(max(0, due - time.monotonic()))
        if not data:
            break
        target.write(data)
        await target.drain()
    if target.can_write_eof():
        target.write_eof()


class Proxy:
    """Leads from ``port`` of this machine to another of its ports, over a slow line.

    ``up`` and ``down`` count the bytes from and to the browser. It runs in a thread of its own.
    """

    def __init__(self, server_port: int, line: Line) -> None:
        self._server_port, self._line = server_port, line
        self.up, self.down = Direction(line), Direction(line)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        opening = asyncio.start_server(self._meet, "127.0.0.1", 0)
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
        """Serve one connection; to make it takes a round trip."""
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._server_port)
        except OSError:
            writer.close()
            return
        ways = (
            self.up.carry(reader, far_writer, self._line.round_trip),
            self.down.carry(far_reader, writer, 0),
        )
        tasks = [asyncio.create_task(way) for way in ways]
        try:
            await asyncio.gather(*tasks)
        except* (OSError, asyncio.CancelledError):
            pass
        finally:
            for task in tasks:
                task.cancel()
            for end in (writer, far_writer):
                with contextlib.suppress(OSError):
                    end.close()
