"""From the start of the navigation to the heading, and to the first control that gets an answer.

The workbook beside the same toy page in other tools, over lines that are made slow, in turns.
"""

from __future__ import annotations

import contextlib
import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.pages import calm
from bench.peers import NEAREST
from bench.rows import Row, middle_half
from bench.shaping import Line, Proxy
from bench.visits import Traffic, Visit, visit
from bench.waterfall import waterfall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser, BrowserContext

    from bench.sites import Site

VIEW = {"width": 1280, "height": 900}
KB = 1000
MOMENTS = ("readable", "answered")


@dataclass(frozen=True)
class Net:
    """A line, and how many times slower than here the visitor's processor is."""

    name: str
    line: Line
    slower: int = 1


NETS = {
    "loopback": Net("loopback", Line()),
    "4g": Net("4G", Line(0.070, 9e6), 2),
    "slow4g": Net("slow 4G", Line(0.150, 1.6e6), 4),
}
VISITS = ("first", "second")


@dataclass
class Series:
    """All visits of one kind to one page."""

    times: list[Visit] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    last: Traffic = field(default_factory=Traffic)

    def median(self, moment: str) -> float:
        """Return the median seconds to one of the moments of a visit."""
        return float(statistics.median(getattr(one, moment) for one in self.times))

    def cells(self) -> tuple[str, ...]:
        """Return the seconds with their middle half, kilobytes and requests."""
        seconds = [middle_half([getattr(one, m) for one in self.times]) for m in MOMENTS]
        kilobytes = statistics.median(self.bytes) / KB
        return (*seconds, f"{kilobytes:.0f}", f"{statistics.median(self.requests):.0f}")


def measure(
    browser: Browser, sites: Sequence[Site], nets: Sequence[Net], loads: int
) -> tuple[list[Row], str]:
    """Visit all pages in turns, each twice; the second time with what the browser has kept.

    Returns rows that compare the first of the pages with the others, and a table for people.
    """
    rows: list[Row] = []
    lines = ["| line | visit | page | readable, s | answers, s | kB | requests |"]
    lines += ["| --- | --- | --- | --- | --- | --- | --- |"]
    for site in sites:  # warms the server's own caches
        _visits(browser, site, NETS["loopback"], 1)
    for net in nets:
        found = {(site.name, which): Series() for site in sites for which in VISITS}
        for _ in range(loads):
            for site in sites:
                for which, (times, traffic, bytes_) in zip(
                    VISITS, _visits(browser, site, net, len(VISITS)), strict=True
                ):
                    series = found[site.name, which]
                    series.times.append(times)
                    series.bytes.append(bytes_)
                    series.requests.append(len(traffic.over_the_line))
                    series.last = traffic
        for (name, which), series in found.items():
            cells = (net.name, which, name, *series.cells())
            lines.append(f"| {' | '.join(cells)} |")
        rows += _compared(net, found, [site.name for site in sites])
        ours = found[sites[0].name, "first"]
        print(
            f"{sites[0].name} over {net.name}, first visit\n{waterfall(ours.last, ours.times[-1])}"
        )
    return rows, "\n".join(lines)


def _compared(net: Net, found: dict[tuple[str, str], Series], names: list[str]) -> list[Row]:
    """Return the first page beside the quicker of the nearest, and beside the quickest of all."""
    ours, *others = names
    groups = {"Streamlit, Panel": NEAREST, "quickest": others}
    return [
        Row(
            f"{net.name}, {which} visit, {moment}: to {group}",
            "s",
            found[ours, which].median(moment),
            min(found[name, which].median(moment) for name in members),
        )
        for which in VISITS
        for moment in MOMENTS
        for group, members in groups.items()
        if set(members) <= set(others) and members
    ]


def _visits(browser: Browser, site: Site, net: Net, times: int) -> list[tuple[Visit, Traffic, int]]:
    """Visit a page, at first with an empty cache."""
    with (
        Proxy(site.port, net.line) as proxy,
        contextlib.closing(browser.new_context(viewport=VIEW)) as context,  # type: ignore[arg-type]
    ):
        return [_once(context, site.through(proxy.port), net, proxy) for _ in range(times)]


def _once(
    context: BrowserContext, site: Site, net: Net, proxy: Proxy
) -> tuple[Visit, Traffic, int]:
    calm(0.4)
    page = context.new_page()
    session = context.new_cdp_session(page)
    traffic = Traffic()
    traffic.listen(session)
    session.send("Emulation.setCPUThrottlingRate", {"rate": net.slower})
    before = proxy.down.bytes
    times = visit(page, site)
    came = proxy.down.bytes - before
    page.close()
    return times, traffic, came
