"""A large table of check-ins, beside one masked weighted mean of both scales in numpy."""

from __future__ import annotations

import statistics
import time
import tracemalloc
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from bench.rows import Row
from driving.servers import ROOT
from workbook import assess_table, load_instrument

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook import Instrument

    Floats: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float64]]

PEOPLE, ITEMS = 1_000_000, 30
BLANK = 0.05
SIGNS = {"no": 0.8, "not sure": 0.15, "yes": 0.05}
# How signs are kept, and how many times longer than the mean all may take.
KEPT = {"category": 4, "str": 15, "object": 15}
MEMORY = 3  # times the input


def measure(repeats: int) -> list[Row]:
    """Time a table of each kind beside the mean of its ratings, in turns."""
    instrument = load_instrument(ROOT / "data/friendship.toml")
    rows: list[Row] = []
    for kept, target in KEPT.items():
        table = people(instrument, PEOPLE, kept)
        assert table.shape == (PEOPLE, ITEMS)
        ratings = [table[[tie.id for tie in s.ratings]].to_numpy() for s in instrument.scales]
        weights = [np.array([t.weight for t in s.ratings], float) for s in instrument.scales]
        ours = partial(assess_table, instrument, table)
        times = _in_turns(ours, partial(_means, ratings, weights), repeats)
        rows.append(Row(f"a million people, signs as {kept}", "s", *times, target=target))
        size = int(table.memory_usage(index=False).sum()) / 1e6
        more = _peak(ours)
        rows.append(Row("  memory at most, with the table", "MB", size + more, size, target=MEMORY))
    return rows


def people(instrument: Instrument, rows: int, kept: str) -> pd.DataFrame:
    """Return made-up answers to what has most to say: ratings, signs, then boxes."""
    chance = np.random.default_rng(0)
    columns: dict[str, object] = {}
    scored = [item for item in instrument.items if item.scored]
    for item in (i for kind in ("rating", "sign", "check") for i in scored if i.kind == kind):
        if item.kind == "rating":
            found = chance.integers(item.min or 0, (item.max or 0) + 1, rows).astype(float)
            found[chance.random(rows) < BLANK] = np.nan
            columns[item.id] = found
        elif item.kind == "sign":
            signs = np.array(list(SIGNS), object)[chance.choice(3, rows, p=list(SIGNS.values()))]
            columns[item.id] = pd.DataFrame({"sign": signs}).astype({"sign": kept})["sign"]
        else:
            columns[item.id] = chance.random(rows) < BLANK
    return pd.DataFrame({key: columns[key] for key in list(columns)[:ITEMS]})


def _means(values: list[Floats], weights: list[np.ndarray]) -> list[np.ndarray]:
    return [mean(*pair) for pair in zip(values, weights, strict=True)]


def mean(values: Floats, weights: np.ndarray) -> np.ndarray:
    """Return the weighted mean of what is answered: the least that a score could cost."""
    there = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        total = (np.where(there, values, 0.0) * weights).sum(axis=1)
        return np.asarray(total / (there * weights).sum(axis=1))


def _in_turns(
    ours: Callable[[], object], floor: Callable[[], object], repeats: int
) -> tuple[float, float]:
    """Return the median seconds of both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeats):
        for run, found in zip((ours, floor), times, strict=True):
            begun = time.perf_counter()
            run()
            found.append(time.perf_counter() - begun)
    return statistics.median(times[0]), statistics.median(times[1])


def _peak(run: Callable[[], object]) -> float:
    """Return the megabytes that a run needs at most, beside what was there."""
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
