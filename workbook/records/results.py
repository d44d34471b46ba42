"""Results of many people as a pandas table, filled in some thousand rows at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbook.scoring.rules import NONE

if TYPE_CHECKING:
    from workbook.instrument.model import Instrument
    from workbook.scoring.rules import Verdicts


class Results:
    """The results, block after block."""

    def __init__(self, instrument: Instrument, rows: int) -> None:
        self._instrument = instrument
        # the last place is that of no gate, -1
        hides = [*("scores" in gate.withhold for gate in instrument.gates), False]
        self._hides = np.array(hides)
        self._outcomes = _names([o.id for o in instrument.outcomes])
        self._bands = [_names([b.id for b in s.bands]) for s in instrument.scales]
        self._columns: dict[str, np.ndarray] = {}
        for scale in instrument.scales:
            for name in (scale.id, f"{scale.id}.low", f"{scale.id}.high"):
                self._columns[name] = np.empty(rows)
            self._columns[f"{scale.id}.answered"] = np.empty(rows, np.int64)
            self._columns[f"{scale.id}.band"] = np.empty(rows, object)
        self._columns["outcome"] = np.empty(rows, object)

    def put(self, verdicts: Verdicts, start: int) -> None:
        """Put in what the rules say of some rows, from ``start`` on."""
        stop = start + len(verdicts.outcome)
        hidden = self._hides.take(verdicts.gate)
        for n, scale in enumerate(self._instrument.scales):
            found, bands = verdicts.scores[n], verdicts.bands[n]
            for end, score in (("", found.value), (".low", found.low), (".high", found.high)):
                self._columns[scale.id + end][start:stop] = np.where(hidden, np.nan, score)
            self._columns[f"{scale.id}.answered"][start:stop] = found.answered
            place = self._columns[f"{scale.id}.band"][start:stop]
            self._bands[n].take(np.where(hidden, NONE, bands), out=place, mode="wrap")
        place = self._columns["outcome"][start:stop]
        self._outcomes.take(verdicts.outcome, out=place, mode="wrap")

    def frame(self, index: pd.Index) -> pd.DataFrame:
        """Return all of it; without a copy, because it may be large."""
        # pandas would make another type of names, and NaN of None, in a column of texts alone
        series = {
            name: pd.Series(
                column, index=index, dtype=object if column.dtype == object else None, copy=False
            )
            for name, column in self._columns.items()
        }
        return pd.DataFrame(series, index=index, copy=False)


def _names(names: list[str]) -> np.ndarray:
    """Return names by number; None for -1."""
    return np.array([*names, None], dtype=object)
