"""Run the benchmarks: ``python -m bench [part ...]``, by default all of them.

Whatever can be is measured beside a floor in the same run, in turns, so that a slow or busy machine
shows in both. A benchmark is no test: it always ends well, and says what is not met.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench import core, cost, crowd, cycles, memory, opening, presses, steps, tables
from bench.pages import chromium
from bench.peers import peers
from bench.rows import Row, table
from bench.sites import bare, workbook

if TYPE_CHECKING:
    from collections.abc import Collection

PARTS = ("core", "table", "open", "press", "cost", "memory", "crowd")


def main() -> None:
    """Measure what was asked for, and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"one of: {', '.join(PARTS)}")
    parser.add_argument("--presses", type=int, default=50, help="key presses on each page")
    parser.add_argument("--loads", type=int, default=2, help="times that each page is opened")
    parser.add_argument(
        "--lines",
        nargs="*",
        default=list(opening.NETS),
        choices=opening.NETS,
        metavar="line",
        help=f"to open pages over: {', '.join(opening.NETS)}",
    )
    parser.add_argument("--repeats", type=int, default=25, help="repeats of each run of the core")
    parser.add_argument("--tables", type=int, default=7, help="times that each table is assessed")
    parser.add_argument("--visits", type=int, default=200, help="visits after the warm-up")
    parser.add_argument("--people", type=int, default=40, help="people at once")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    parts = asked.parts or PARTS
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    rows: list[Row] = []
    if "core" in parts:
        rows += core.measure(asked.repeats)
    if "table" in parts:
        rows += tables.measure(asked.tables)
    if {"open", "press", "memory"} & set(parts):
        rows += _in_a_browser(parts, asked)
    if "cost" in parts:
        with tempfile.TemporaryDirectory() as folder:
            rows += cost.measure(Path(folder), asked.presses)
    if "crowd" in parts:
        rows += crowd.measure(asked.people)
        with tempfile.TemporaryDirectory() as folder:
            rows += cycles.measure(Path(folder), asked.visits)
    print(f"load of the machine: {os.getloadavg()[0]:.1f}\n")
    print(table(rows))


def _in_a_browser(parts: Collection[str], asked: argparse.Namespace) -> list[Row]:
    """Measure what needs a browser and the workbook's server."""
    rows: list[Row] = []
    with (
        tempfile.TemporaryDirectory() as name,
        workbook(Path(name) / "workbook") as ours,
        chromium() as browser,
    ):
        folder = Path(name)
        if "open" in parts:
            with peers(folder) as others:
                nets = [opening.NETS[line] for line in asked.lines]
                found, text = opening.measure(browser, [ours, *others], nets, asked.loads)
                print(f"\n{text}\n", flush=True)  # before anything can go wrong with the servers
            rows += found
        if "press" in parts:
            with bare(folder / "bare") as floor:
                rows += presses.measure(browser, ours, floor, asked.presses)
            rows += steps.measure(browser, ours)
        if "memory" in parts:
            rows += memory.measure(browser, ours, 3)
    return rows


if __name__ == "__main__":
    main()
