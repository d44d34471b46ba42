"""Run the benchmarks: ``python -m bench [core] [page] [load] [memory] [crowd]``, by default all.

Whatever can be is measured beside a floor in the same run, in turns, so that a slow or busy machine
shows in both. A benchmark is no test: it always ends well, and says what is not met.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from bench import core, crowd, loads, memory, presses
from bench.pages import both, chromium
from bench.rows import Row, table

PARTS = ("core", "page", "load", "memory", "crowd")


def main() -> None:
    """Measure what was asked for, and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"one of: {', '.join(PARTS)}")
    parser.add_argument("--presses", type=int, default=50, help="key presses on each page")
    parser.add_argument("--loads", type=int, default=5, help="loads of each page")
    parser.add_argument("--repeats", type=int, default=25, help="repeats of each run of the core")
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
    if {"page", "load", "memory"} & set(parts):
        with (
            tempfile.TemporaryDirectory() as folder,
            both(Path(folder)) as (ours, bare),
            chromium() as browser,
        ):
            if "page" in parts:
                rows += presses.measure(browser, ours, bare, asked.presses)
            if "load" in parts:
                rows += loads.measure(browser, ours, bare, asked.loads)
            if "memory" in parts:
                rows += memory.measure(browser, ours, 3)
    if "crowd" in parts:
        with tempfile.TemporaryDirectory() as folder:
            rows += crowd.measure_crowd(Path(folder), asked.people)
        with tempfile.TemporaryDirectory() as folder:
            rows += crowd.measure_cycles(Path(folder), asked.visits)
    print(f"load of the machine: {os.getloadavg()[0]:.1f}\n")
    print(table(rows))


if __name__ == "__main__":
    main()
