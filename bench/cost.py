"""What a press costs the machine in all: its kernel and the server, what follows at rest included.

Without a browser, everything answered. Counted is time on the processor, which a busy machine does
not change much.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

from bench.core import full
from bench.pages import calm
from bench.rows import Row
from driving.servers import voila
from driving.visitor import INSTRUMENT, Visitor
from workbook.reflection.journey import RESULT

if TYPE_CHECKING:
    from pathlib import Path

    from driving.servers import Server

PLACES = {"a chapter": "ready", "the result": RESULT, "all on one page": ""}
KEY = "ready.healed"
TO_AND_FRO = (3, 4)  # neither is what was loaded
LIMIT = 12  # milliseconds of a core for a press where one chapter is shown
PAUSE = 0.3  # seconds of a hand after what it has seen at rest
SETTLING = 5  # presses before the first that counts


@dataclass(frozen=True)
class Spent:
    """Milliseconds of a core, messages, and bytes of them before compression."""

    kernel: float
    server: float
    sent: float
    heard: float
    heard_bytes: float

    def __str__(self) -> str:
        return (
            f"kernel {self.kernel:.1f} ms, server {self.server:.1f} ms, "
            f"{self.sent:.1f} messages to the kernel, {self.heard:.1f} to the page "
            f"with {self.heard_bytes / 1000:.1f} kB"
        )


def measure(folder: Path, presses: int) -> list[Row]:
    """Press a slider so often in each place, each time waiting for what follows at rest."""
    with voila(folder) as server:
        found = asyncio.run(_visit(server, presses))
    for place, spent in found.items():
        print(f"  a press, {place} shown: {spent}")
    return [
        Row(
            f"processor for a press, {place} shown",
            "ms",
            spent.kernel + spent.server,
            how="alone",
            target=LIMIT if PLACES[place] not in ("", RESULT) else None,
        )
        for place, spent in found.items()
    ]


async def _visit(server: Server, presses: int) -> dict[str, Spent]:
    visitor = await Visitor.come(server.url)
    visitor.load(full(INSTRUMENT))
    await visitor.settled()
    await asyncio.to_thread(calm)  # another kernel warms up meanwhile
    found = {}
    for place, step in PLACES.items():
        visitor.show(step)
        for _ in range(SETTLING):
            await _press(visitor)
        found[place] = await _spend(server, visitor, presses)
    await visitor.leave()
    return found


async def _spend(server: Server, visitor: Visitor, presses: int) -> Spent:
    kernels, before = _used(server.kernels), _used([psutil.Process(server.pid)])
    sent, heard, size = visitor.sent.messages, visitor.heard.messages, visitor.heard.size
    for _ in range(presses):
        await _press(visitor)
    return Spent(
        (_used(server.kernels) - kernels) * 1000 / presses,
        (_used([psutil.Process(server.pid)]) - before) * 1000 / presses,
        (visitor.sent.messages - sent) / presses,
        (visitor.heard.messages - heard) / presses,
        (visitor.heard.size - size) / presses,
    )


async def _press(visitor: Visitor) -> None:
    """Move a slider, wait for its scores and for what follows at rest; then the hand pauses."""
    before = visitor.kept
    at = visitor.state.answers[KEY]
    visitor.set(KEY, TO_AND_FRO[at == TO_AND_FRO[0]])
    await visitor.settled()
    await visitor.until(lambda: visitor.kept != before, "nothing follows at rest")
    await asyncio.sleep(PAUSE)


def _used(processes: list[psutil.Process]) -> float:
    """Return the seconds that processes have used."""
    used = 0.0
    for process in processes:
        with contextlib.suppress(psutil.Error):
            times = process.cpu_times()
            used += times.user + times.system
    return used
