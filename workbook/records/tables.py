"""Check-ins as tables: many people or many days at once, through the same scorer as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbook.instrument.answers import check_answer
from workbook.records.checkin import read_checkin
from workbook.scoring.rules import judge
from workbook.scoring.sheet import code, form_of, lay_out
from workbook.text.errors import AnswerError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.instrument.model import Instrument
    from workbook.scoring.rules import Verdicts


def stack_checkins(instrument: Instrument, texts: Iterable[str | bytes]) -> pd.DataFrame:
    """Return check-in files as a table: a row a file (index: saved_at), a column an item id.

    Raises CheckinError as :func:`workbook.read_checkin` does.
    """
    checkins = [read_checkin(instrument, text) for text in texts]
    index = pd.Index([c.saved_at for c in checkins], name="saved_at")
    rows = [[c.answers.get(key) for key in instrument.by_id] for c in checkins]
    table = pd.DataFrame(rows, index=index, columns=list(instrument.by_id), dtype=object)
    return table.dropna(axis="columns", how="all")


def assess_table(instrument: Instrument, table: pd.DataFrame) -> pd.DataFrame:
    """Return scores and outcome for each row of ``table`` (columns: item ids; NaN, None: blank).

    The result has the index of ``table`` and, for each scale, the columns ``<id>`` (0..100),
    ``<id>.low``, ``<id>.high``, ``<id>.answered``, ``<id>.band``, then ``outcome``. What is not
    given or withheld is NaN (None for band and outcome). Raises AnswerError (with the row) for an
    unknown column or a value that is no answer.
    """
    form = form_of(instrument)
    coded = {}
    for key, count in Counter(table.columns).items():
        if count > 1:
            words = instrument.words
            raise AnswerError(str(key), count, words("error.allowed.once"), words=words)
        column = _coded(instrument, key, table[key])
        if key in form.columns:
            coded[key] = column
    return _frame(instrument, judge(lay_out(form, coded, len(table))), table.index)


def _coded(instrument: Instrument, key: str, column: pd.Series) -> np.ndarray:
    """Return a column's answers as numbers, each distinct value checked once."""
    check_answer(instrument, key, None)  # that there is such an item
    item = instrument.by_id[key]
    coded = np.full(len(column), np.nan)
    known: dict[tuple[type, object], float] = {}
    blank = column.isna().to_numpy()
    for n, (row, value) in enumerate(column.items()):
        if blank[n]:
            continue
        # 1 and True are equal, and only one of them is a rating: the type belongs to the key
        distinct = (type(value), value) if isinstance(value, Hashable) else None
        if distinct is None or distinct not in known:
            answer = check_answer(instrument, key, value, row=row)
            known[distinct or (type(value), n)] = (
                np.nan if answer is None or item.kind == "text" else code(item, answer)
            )
        coded[n] = known[distinct or (type(value), n)]
    return coded


def _frame(instrument: Instrument, verdicts: Verdicts, index: pd.Index) -> pd.DataFrame:
    hides = [g for g, gate in enumerate(instrument.gates) if "scores" in gate.withhold]
    shown = ~np.isin(verdicts.gate, hides)
    columns: dict[str, np.ndarray] = {}
    for n, scale in enumerate(instrument.scales):
        found = verdicts.scores[n]
        columns[scale.id] = np.where(shown, found.value, np.nan)
        columns[f"{scale.id}.low"] = np.where(shown, found.low, np.nan)
        columns[f"{scale.id}.high"] = np.where(shown, found.high, np.nan)
        columns[f"{scale.id}.answered"] = found.answered
        bands = [b.id for b in scale.bands]
        columns[f"{scale.id}.band"] = _names(bands, np.where(shown, verdicts.bands[n], -1))
    columns["outcome"] = _names([o.id for o in instrument.outcomes], verdicts.outcome)
    # pandas would make another type of names, and NaN of None, in a column that holds only texts
    series = {
        name: pd.Series(column, index=index, dtype=object if column.dtype == object else None)
        for name, column in columns.items()
    }
    return pd.DataFrame(series, index=index)


def _names(names: list[str], numbers: np.ndarray) -> np.ndarray:
    """Return names by number; None for -1."""
    named: np.ndarray = np.array([*names, None], dtype=object)[numbers]
    return named
