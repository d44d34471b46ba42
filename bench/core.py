"""One assessment and a table of them, beside a weighted sum and nothing else."""

from __future__ import annotations

import statistics
import timeit
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bench.rows import Row
from driving.servers import ROOT
from workbook import assess, assess_table, load_instrument

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook import Instrument

ROWS = 10_000
MIDDLE = 50  # every score, where what has a weight is in the middle and nothing adds points
MICRO = 1e6
BLANK = ("ready.enriches", "for.care", "for.circles", "against.new-love", "against.old-fights")


def measure(repeats: int) -> list[Row]:
    """Time the scorer. What is worked out only when it is read is timed apart."""
    instrument = load_instrument(ROOT / "data/friendship.toml")
    answers = full(instrument)
    assessed = assess(instrument, answers)
    assert {score.value for score in assessed.scores.values()} == {MIDDLE}
    table = _table(instrument)
    ratings = [i.id for i in instrument.items if i.kind == "rating"]
    one, weights = np.full(len(ratings), 5.0), np.ones(len(ratings))
    many = table[ratings].to_numpy(float)
    dot = _micro(lambda: one @ weights, 1000, repeats)
    dots = _micro(lambda: many @ weights, 10, repeats) / ROWS
    tabled = _micro(lambda: assess_table(instrument, table), 1, repeats) / ROWS
    alone = _micro(lambda: assess(instrument, answers), 50, repeats)
    some = {key: value for key, value in answers.items() if key not in BLANK}
    rows = [Row("one assess", "µs", alone, dot, how="alone", target=500)]
    for name, given in (("all answered", answers), ("five blank", some)):
        for part in ("status", "regions", "parts", "changes", "robustness"):
            late = _late(instrument, given, part, repeats)
            rows.append(Row(f"  .{part}, {name}", "µs", late, how="alone"))
    return [*rows, Row("assess_table, per row", "µs", tabled, dots, how="alone")]


def full(instrument: Instrument) -> dict[str, object]:
    """Return an answer to everything that counts."""
    answers: dict[str, object] = {i.id: "no" for i in instrument.signs}
    ratings = [i for i in instrument.items if i.kind == "rating"]
    adding = {tie.id for scale in instrument.scales for tie in scale.items if tie.add is not None}
    answers |= {i.id: i.min if i.id in adding else 5 for i in ratings}
    return answers | {i.id: False for i in instrument.items if i.listed}


def _table(instrument: Instrument) -> pd.DataFrame:
    chance = np.random.default_rng(0)
    columns: dict[str, object] = {}
    for item in instrument.items:
        if item.kind == "rating":
            columns[item.id] = chance.integers(item.min or 0, (item.max or 0) + 1, ROWS)
        elif item.kind == "sign":
            columns[item.id] = chance.choice(["no", "not sure", "yes"], ROWS)
        elif item.listed:
            columns[item.id] = chance.random(ROWS) < 0.5  # noqa: PLR2004  # a coin
    return pd.DataFrame(columns)


def _micro(run: Callable[[], object], number: int, repeats: int) -> float:
    """Return the median microseconds of a run."""
    run()
    return statistics.median(timeit.repeat(run, number=number, repeat=repeats)) / number * MICRO


def _late(instrument: Instrument, answers: dict[str, object], part: str, repeats: int) -> float:
    """Return what reading a part for the first time takes."""

    def once() -> float:
        fresh = assess(instrument, answers)
        return timeit.timeit(lambda: getattr(fresh, part), number=1) * MICRO

    once()
    return statistics.median(once() for _ in range(repeats))
