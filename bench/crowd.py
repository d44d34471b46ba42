"""Many people: who come and go, and who are there at once. Visitors here need no browser."""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]

from bench.pages import chromium, close
from bench.rows import Row, spread
from tests.browser.driver import open_in_voila
from tests.browser.servers import voila
from tests.serving.crowd import come_and_go, together

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.servers import Server

MB = 1024 * 1024
MOVES = 25  # of a slider, each a burst of up to four values
WARM_UP = 60  # visits after which caches are full; Jupyter holds on to a closed socket for a minute
WARM = 2  # kernels that wait
REAL = 5  # visits in a real browser
ENOUGH = 1.5  # MB, or files, that the server may grow by in a hundred visits
PATIENCE = 30.0  # seconds until the last kernel is gone


def measure_cycles(folder: Path, times: int) -> list[Row]:
    """Open and leave the page, and look at what stays behind."""
    # Kernels start while others are in use, so that the visits need not wait for them.
    pool = f"--VoilaConfiguration.default_pool_size={WARM}"
    quick = ("--VoilaKernelManager.fill_delay=0", pool)
    with voila(folder, *quick) as server:
        process = psutil.Process(server.pid)
        sizes: list[float] = []
        files: list[float] = []

        def look() -> None:
            sizes.append(process.memory_info().rss / MB)
            files.append(process.num_fds())

        asyncio.run(come_and_go(server.url, times, look))
        with chromium() as browser:
            for _ in range(REAL):
                page = browser.new_context().new_page()
                open_in_voila(page, server.url)
                close(page)
        left = _left(server)
    growth = _slope(sizes[WARM_UP:]) * 100
    print(f"  server from {sizes[0]:.0f} to {sizes[-1]:.0f} MB in {times} visits")
    visits = times + REAL
    return [
        Row(f"kernels left after {visits} visits", "", left, how="alone", target=0),
        Row("server's growth in 100 visits", "MB", growth, how="alone", target=ENOUGH),
        Row("open files more in 100 visits", "", _slope(files) * 100, how="alone", target=ENOUGH),
    ]


def measure_crowd(folder: Path, people: int) -> list[Row]:
    """Let many people answer at once; fails on any lost, swapped or stale score."""
    places = f"--BoundedKernels.max_kernels={people + 1}"
    with voila(folder, places) as server:
        memory: list[float] = []
        kernels: list[float] = []

        def look() -> None:
            kernels.extend(k.memory_full_info().uss / MB for k in server.kernels)
            all_of_it = [psutil.Process(server.pid), *server.kernels]
            memory.append(sum(p.memory_full_info().pss for p in all_of_it) / MB / people)

        met = asyncio.run(together(server.url, people, MOVES, look))
    swapped = sum(len(one.foreign) for one in met)
    waits = sorted(wait * 1000 for one in met for wait in one.waits)
    opened = [one.opened for one in met]
    print(spread("page opened", opened, "s"))
    print(spread("move to score", waits, "ms"))
    print(spread("a kernel's own memory", kernels, "MB"))
    slow = waits[int(len(waits) * 0.95)]
    return [
        Row(f"{people} people: scores or texts of others", "", swapped, how="alone", target=0),
        Row(f"{people} people: page opened, the last", "s", max(opened), how="alone"),
        Row(f"{people} people: move to score, median", "ms", statistics.median(waits), how="alone"),
        Row(f"{people} people: move to score, 95 of 100", "ms", slow, how="alone"),
        Row(f"{people} people: memory per person", "MB", memory[0], how="alone"),
    ]


def _left(server: Server) -> int:
    """Return the kernels beyond the two that wait, once nothing more changes."""
    end = time.monotonic() + PATIENCE
    while len(server.kernels) != WARM and time.monotonic() < end:
        time.sleep(0.2)
    return len(server.kernels) - WARM


def _slope(values: list[float]) -> float:
    return statistics.linear_regression(range(len(values)), values).slope
