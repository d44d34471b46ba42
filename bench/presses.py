"""Key press to change on the screen, with everything answered, so that everything changes.

One step is shown, as to most people: what is on others follows when the hand rests.
"""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
from playwright.sync_api import expect

from bench.core import full
from bench.pages import answering, close
from bench.rows import Row, spread
from driving.driver import INSTRUMENT
from workbook import write_checkin

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from bench.sites import Site

SCRIPT = Path(__file__).with_name("presses.js").read_text(encoding="utf-8")
# What follows only when the hand rests.
LATE = ".wb-result, .wb-history, .wb-ways, .wb-summary, .wb-kept"
LOADING = 30_000  # milliseconds for a file to be read on a busy machine
QUIET = 400  # milliseconds without a change after which nothing more is to come
PATIENCE = 5.0  # seconds to wait for a quiet moment
BUSY = 25.0  # percent of all processors
SETTLING = 5  # presses before the first that counts


def measure(browser: Browser, ours: Site, bare: Site, presses: int) -> list[Row]:
    """Press keys in turns on both pages, which stay open."""
    pages = {site.name: answering(browser, site) for site in (ours, bare)}
    _go_to_sliders(pages[ours.name])
    for page in pages.values():
        watch(page)
    _answer_all(pages[ours.name])
    times: dict[str, list[Any]] = {ours.name: [], bare.name: []}
    noisy = 0
    for number in range(SETTLING + presses):
        noisy += not quiet_moment()
        for site in (ours, bare):
            found = press(pages[site.name], site, "ArrowRight" if number % 2 else "ArrowLeft")
            if number >= SETTLING:
                times[site.name].append(found)
    for entry in times[ours.name]:
        _check_all_changed(entry["places"])
    for page in pages.values():
        close(page)
    print(f"  {noisy} of {SETTLING + presses} pairs of presses while other programs were at work")
    median: dict[tuple[str, str], float] = {}
    for name, entries in times.items():
        for moment in ("first", "last"):
            values = [entry[moment] for entry in entries]
            median[name, moment] = statistics.median(values)
            print(spread(f"{name}, {moment} change", values, "ms"))
    first = (median[ours.name, "first"], median[bare.name, "first"])
    last = (median[ours.name, "last"], median[bare.name, "last"])
    return [
        Row("key press to first change", "ms", *first, target=1.0),
        Row("key press to last change", "ms", *last, how="more", target=8),
    ]


def quiet_moment() -> bool:
    """Wait for one in which other programs leave the processors alone; give up after a while."""
    end = time.monotonic() + PATIENCE
    while psutil.cpu_percent(interval=0.2) > BUSY:
        if time.monotonic() > end:
            return False
    return True


def _go_to_sliders(page: Page) -> None:
    """Go to the first chapter with a slider, by way of the contents."""
    chapter = next(i.chapter for i in INSTRUMENT.items if i.kind == "rating")
    title = next(c.title for c in INSTRUMENT.chapters if c.id == chapter)
    page.locator(".wb-contents").get_by_role("button", name=title).click()


def _answer_all(page: Page) -> None:
    """Load answers to everything that counts, with no sign, as a person loads a file."""
    text = write_checkin(INSTRUMENT, full(INSTRUMENT))
    file = {"name": "notes.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.set_input_files(".wb-save input[type=file]", file)  # type: ignore[arg-type]
    expect(page.locator(".wb-save .wb-files .wb-file-said")).not_to_be_empty(timeout=LOADING)


def watch(page: Page) -> None:
    """From here on, presses can be timed on a page."""
    page.evaluate(f"{SCRIPT}\nwatchPresses({json.dumps(LATE)})")


def press(page: Page, site: Site, key: str) -> Any:
    """Press a key on the first slider, and return what changed, and when.

    In milliseconds: ``first`` and ``last``; ``places``: the classes of what changed.
    """
    page.bring_to_front()
    page.locator(site.slider).first.focus()
    page.evaluate("presses.arm()")
    page.keyboard.press(key)
    found = page.evaluate(f"presses.settled({QUIET})")
    assert found["seen"], f"{site.name}: the kernel did not answer"
    return found


def _check_all_changed(places: list[str]) -> None:
    """Fail if a press did not change the panel and the slider's own words."""
    for part in ("wb-panel", "wb-item"):
        assert any(part in place.split() for place in places), f"{part} did not change"
