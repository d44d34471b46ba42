"""From one step to the next, all the way through, on a processor as slow as a phone's."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from bench.pages import answering, close
from bench.rows import Row, spread

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from bench.sites import Site

SLOWER = 4  # times: a phone against this machine
AT_ONCE = 100  # milliseconds: what a person takes for at once
NEXT = ".wb-step-foot .wb-main"
# Milliseconds from doing something to the end of the frame that shows it.
FRAME = """async ways => {
    const from = performance.now();
    for (const way of ways) way.click();
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - from;
}"""


def measure(browser: Browser, ours: Site) -> list[Row]:
    """Press *Next* to the last step, beside frames in which nothing happens."""
    page = answering(browser, ours)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    steps, frames = [], []
    while page.locator(NEXT).is_visible():
        steps.append(_frame(page, NEXT))
        frames.append(_frame(page, "none"))
    close(page)
    print(spread("step to step", steps, "ms"))
    print(spread("a frame", frames, "ms"))
    medians = statistics.median(steps), statistics.median(frames)
    return [Row(f"step to step, processor x{SLOWER}", "ms", *medians, "alone", AT_ONCE)]


def _frame(page: Page, selector: str) -> float:
    return float(page.locator(selector).evaluate_all(FRAME))
