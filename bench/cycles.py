"""People who come and go, one after the other: nothing of them may stay behind."""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import TYPE_CHECKING

import psutil

from bench.pages import chromium, close
from bench.rows import Row
from driving.crowd import come_and_go
from driving.driver import open_in_voila
from driving.servers import voila

if TYPE_CHECKING:
    from pathlib import Path

    from driving.servers import Server

MB = 1024 * 1024
# Visits until the server has its full size. It keeps none of their objects, but the memory that
# they were in comes back in pieces: measured, 124 to 198 MB in 240 visits, 3 MB in the 240 after.
WARM_UP = 250
WARM = 2  # kernels that wait
REAL = 5  # visits in a real browser
ENOUGH = 1.5  # MB, or files, that the server may grow by in a hundred visits
PATIENCE = 30.0  # seconds until the last kernel is gone


def measure(folder: Path, times: int) -> list[Row]:
    """Open and leave the page so often after the warm-up, and look at what stays behind."""
    # Kernels start while others are in use, so that the visits need not wait for them.
    with voila(folder, f"--BoundedKernels.warm={WARM}") as server:
        process = psutil.Process(server.pid)
        sizes: list[float] = []
        files: list[float] = []

        def look() -> None:
            sizes.append(process.memory_info().rss / MB)
            files.append(process.num_fds())

        asyncio.run(come_and_go(server.url, WARM_UP + times, look))
        with chromium() as browser:
            for _ in range(REAL):
                page = browser.new_context().new_page()
                open_in_voila(page, server.url)
                close(page)
        left = _left(server)
    growth = _slope(sizes[WARM_UP:]) * 100
    full = f"{sizes[WARM_UP]:.0f} MB after {WARM_UP} visits"
    print(f"  server: {sizes[0]:.0f} MB at first, {full}, {sizes[-1]:.0f} MB after {len(sizes)}")
    visits = len(sizes) + REAL
    return [
        Row(f"kernels left after {visits} visits", "", left, how="alone", target=0),
        Row("server's growth in 100 visits", "MB", growth, how="alone", target=ENOUGH),
        Row(
            "open files more in 100 visits",
            "",
            _slope(files[WARM_UP:]) * 100,
            how="alone",
            target=ENOUGH,
        ),
    ]


def _left(server: Server) -> int:
    """Return the kernels beyond the two that wait, once nothing more changes."""
    end = time.monotonic() + PATIENCE
    while len(server.kernels) != WARM and time.monotonic() < end:
        time.sleep(0.2)
    return len(server.kernels) - WARM


def _slope(values: list[float]) -> float:
    return statistics.linear_regression(range(len(values)), values).slope
