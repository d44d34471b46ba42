"""From the start of the navigation to the first slider that gets an answer from its kernel."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from bench.pages import calm, close
from bench.rows import Row, spread

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from bench.pages import Site


def measure(browser: Browser, ours: Site, bare: Site, loads: int) -> list[Row]:
    """Load both pages in turns: ours with its warm pool, the bare one with a cold kernel."""
    seconds: dict[str, list[float]] = {ours.name: [], bare.name: []}
    for number in range(loads + 1):
        for site in (ours, bare):
            calm()
            page = site.open(browser)
            if number:  # the first of each warms the server's own caches
                seconds[site.name].append(page.evaluate("bench.usable") / 1000)
            close(page)
    for name, values in seconds.items():
        print(spread(f"{name}, first slider usable", values, "s"))
    first, floor = (statistics.median(seconds[site.name]) for site in (ours, bare))
    return [Row("first slider usable", "s", first, floor, target=1.0)]
