"""Many people at once, on one server and on three behind a balancer. They need no browser.

People come within some seconds, then each moves a slider now and then, and reads. What the servers
use of the processors is counted apart from what the crowd itself uses, on the same machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from bench.rows import Row, spread
from driving.cluster import cluster
from driving.passer import WORD, Passer
from driving.servers import voila
from driving.visitor import NoRoom
from driving.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MB = 1024 * 1024
SERVERS = 3
WARM = 10  # kernels that wait, as where a public name is served
COMING = 10.0  # seconds in which they all come
PAUSE = 2.0  # seconds on average between a move and the next one of the same person
PRESSES = 10  # of each person, each time they are measured
FEW, SOON = 10, 2.0  # so many people within so many seconds
SLOW = 0.2  # seconds from a move to its scores, for one in twenty: too long
STEP = 40  # people more, until it is too slow
LOOKS = 10  # at what is used, a tenth of a second or so apart
IDLE = 0.1  # seconds of a processor in between, for all of them
READY = 60.0  # seconds until so many kernels wait


@dataclass
class Site:
    """What is visited: its address, and the processes of which it is made, kernels included."""

    url: str
    _roots: Callable[[], Sequence[int]]
    people: list[Passer] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(18))  # noqa: S311

    @property
    def processes(self) -> list[psutil.Process]:
        """All that run now."""
        roots = [psutil.Process(pid) for pid in self._roots()]
        return [p for root in roots for p in (root, *root.children(recursive=True))]

    @property
    def used(self) -> float:
        """Seconds of a processor so far."""
        total = 0.0
        for process in self.processes:
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                total += float(times.user + times.system)
        return total

    @property
    def memory(self) -> float:
        """Megabytes; what processes share counts once."""
        return float(sum(p.memory_full_info().pss for p in self.processes)) / MB

    async def come(self, number: int, seconds: float) -> list[float]:
        """Let so many people come, evenly spread; return how long each waits for the first scores.

        Who finds no room is not waited for.
        """
        gaps = [number and seconds * n / number for n in range(number)]
        found = await asyncio.gather(*map(self._one, gaps))
        return [wait for wait in found if wait is not None]

    async def _one(self, after: float) -> float | None:
        await asyncio.sleep(after)
        start = time.monotonic()
        try:
            passer = await Passer.come(self.url)
        except NoRoom:
            return None
        self.people.append(passer)
        await passer.press(self.chance)
        passer.waits.clear()
        return time.monotonic() - start

    async def answer(self, pause: float) -> list[float]:
        """Let everybody move sliders, with such pauses on average; return all their waits."""

        async def one(passer: Passer) -> None:
            passer.waits.clear()
            for _ in range(PRESSES):
                await asyncio.sleep(self.chance.uniform(0, 2 * pause))
                await passer.press(self.chance)

        await asyncio.gather(*map(one, self.people))
        return [wait for passer in self.people for wait in passer.waits]

    async def check(self) -> int:
        """Return how many see wrong scores, or the words of others."""
        for number, passer in enumerate(self.people):
            passer.write(f"{WORD}{number:03}-{self.chance.getrandbits(64):016x}")
        await self.answer(0)
        words = frozenset(passer.word for passer in self.people)
        return sum(not p.is_right or bool(p.foreign(words)) for p in self.people)

    async def leave(self) -> None:
        """Let everybody leave."""
        await asyncio.gather(*(passer.leave() for passer in self.people))
        self.people.clear()


@contextlib.contextmanager
def one_server(places: int) -> Iterator[Site]:
    """Serve by one server, as ``make app`` does, with kernels that wait for a crowd."""
    options = (f"--BoundedKernels.max_kernels={places}", f"--BoundedKernels.warm={WARM}")
    with tempfile.TemporaryDirectory() as folder, voila(Path(folder), *options) as server:
        yield Site(server.url, lambda: [server.pid])


@contextlib.contextmanager
def three_servers(places: int) -> Iterator[Site]:
    """Serve by three servers behind a balancer, as ``make cluster`` does."""
    warm = f"--BoundedKernels.warm={WARM}"
    with (
        tempfile.TemporaryDirectory() as folder,
        cluster(Path(folder), warm, servers=SERVERS, places=places) as here,
    ):
        yield Site(here.url, lambda: [here.balancer.pid, *(s.pid for s in here.servers)])


def measure(people: int) -> list[Row]:
    """Measure one server, and three where there is a balancer."""
    rows = _measure("one server", one_server, people, 1)
    try:
        return rows + _measure("three servers", three_servers, people, SERVERS)
    except SystemExit as missing:
        print(f"  three servers are not measured: {missing}")
        return rows


def _measure(
    name: str,
    serve: Callable[[int], contextlib.AbstractContextManager[Site]],
    people: int,
    servers: int,
) -> list[Row]:
    most = 5 * people  # as far as is tried
    with serve(most) as site:
        rows = asyncio.run(_visit(site, people, servers, most))
    with serve(FEW) as site:
        rows += asyncio.run(_overfill(site, FEW * servers))
    return [Row(f"{name}: {r.what}", r.unit, r.ours, r.floor, r.how, r.target) for r in rows]


async def _visit(site: Site, people: int, servers: int, most: int) -> list[Row]:
    await _until_warm(site, WARM * servers)
    alone = max([await site.come(1, 0) for _ in range(3)])[0]
    await site.leave()
    await _until_warm(site, WARM * servers)
    soon = await site.come(FEW, SOON)
    print(spread("alone, and ten soon: works after", [alone, *soon], "s"))
    await site.leave()
    await _until_warm(site, WARM * servers)
    empty = site.memory
    opened = await site.come(people, COMING)
    print(spread(f"{people} come: works after", opened, "s"))
    waits = await site.answer(PAUSE)
    print(spread("a move of a slider to its scores", [wait * 1000 for wait in waits], "ms"))
    wrong = await site.check()
    await _until_warm(site, people + WARM * servers)
    memory = (site.memory - empty) / people
    limit, cores = await _break(site, most)
    return [
        Row("ten within two seconds, the last works after", "s", max(soon), alone, target=2),
        Row(f"{people} come, the last works after", "s", max(opened), how="alone", target=20),
        Row(
            f"{people} people: move to scores, median",
            "ms",
            1000 * statistics.median(waits),
            how="alone",
        ),
        Row(
            f"{people} people: move to scores, 95 of 100",
            "ms",
            1000 * slow(waits),
            how="alone",
            target=150,
        ),
        Row(f"{people} people: wrong scores, or words of others", "", wrong, how="alone", target=0),
        Row("memory for a visitor", "MB", memory, how="alone"),
        Row(f"visitors until one move in twenty takes 0.2 s, up to {most}", "", limit, how="alone"),
        Row("visitors for each processor that is used then", "", limit / cores, how="alone"),
    ]


async def _break(site: Site, most: int) -> tuple[int, float]:
    """Add people until it is too slow; return how many that were, and how many processors."""
    while True:
        before, start = site.used, time.monotonic()
        late = slow(await site.answer(PAUSE))
        cores = (site.used - before) / (time.monotonic() - start)
        here = len(site.people)
        print(f"  {here} people: 95 of 100 moves within {1000 * late:.0f} ms, {cores:.2f} cores")
        if late > SLOW or here + STEP > most:
            await site.leave()
            return here, cores
        await site.come(STEP, COMING)


async def _overfill(site: Site, places: int) -> list[Row]:
    """Let twice as many come as there are places."""
    came = await site.come(2 * places, COMING)
    wrong = await site.check()
    await site.leave()
    return [
        Row(f"twice as many as places: let in, of {places}", "", len(came), how="alone"),
        Row("twice as many as places: wrong scores", "", wrong, how="alone", target=0),
    ]


async def _until_warm(site: Site, kernels: int) -> None:
    """Wait until so many kernels are there, and nothing more is done."""
    seen: list[float] = []

    def still() -> bool:
        seen.append(site.used)
        there = sum("ipykernel_launcher" in " ".join(p.cmdline()) for p in site.processes)
        return there >= kernels and len(seen) > LOOKS and seen[-1] - seen[-LOOKS] < IDLE

    await asyncio.to_thread(eventually, still, READY, lambda: f"never {kernels} at rest: {seen}")


def slow(waits: Sequence[float]) -> float:
    """Return the wait that one in twenty exceeds."""
    return sorted(waits)[int(len(waits) * 0.95)]
