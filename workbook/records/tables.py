"""Check-ins as tables: many people or many days at once, through the same scorer as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbook.instrument.answers import check_answer
from workbook.records.diary import read_diary
from workbook.scoring.rules import judge
from workbook.scoring.sheet import encode, layout_of, sheet_from
from workbook.text.errors import AnswerError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.instrument.model import Instrument
    from workbook.scoring.rules import Verdicts


def stack_checkins(instrument: Instrument, texts: Iterable[str | bytes]) -> pd.DataFrame:
    """Lay check-in files under each other, those of one check-in and those of many.

    Parameters
    ----------
    instrument
        What :func:`workbook.load_instrument` returned.
    texts
        The files' contents, str or bytes, in any order.

    Returns
    -------
    pandas.DataFrame
        (check-ins, items): a row a check-in, file by file, in each by time (index ``saved_at``, as
        written), a column an item that any of them answers; None for blank.

    Raises
    ------
    CheckinError
        As :func:`workbook.read_diary` does, for the first file that cannot be read. One whose end
        is missing is taken as it is; ``cut`` of its check-in tells.

    Notes
    -----
    Answers only: results are worked out anew by :func:`workbook.assess_table`, so that files of
    older versions are scored like new ones.

    Examples
    --------
    >>> import workbook
    >>> car = workbook.load_instrument("data/examples/car.toml")
    >>> files = [workbook.write_checkin(car, {"them.late": late}) for late in (2, 4)]
    >>> workbook.stack_checkins(car, files)["them.late"].tolist()
    [2, 4]

    """
    checkins = [c for text in texts for c in read_diary(instrument, text)]
    index = pd.Index([c.saved_at for c in checkins], name="saved_at")
    rows = [[c.answers.get(key) for key in instrument.by_id] for c in checkins]
    table = pd.DataFrame(rows, index=index, columns=list(instrument.by_id), dtype=object)
    return table.dropna(axis="columns", how="all")


def assess_table(instrument: Instrument, table: pd.DataFrame) -> pd.DataFrame:
    """Assess many check-ins at once, through the same scorer as one.

    Parameters
    ----------
    instrument
        What :func:`workbook.load_instrument` returned.
    table
        (check-ins, items): a row a check-in, a column an item id; NaN and None are blank.

    Returns
    -------
    pandas.DataFrame
        The index of ``table``; for each scale the columns ``<id>``, ``<id>.low``, ``<id>.high``
        (0 to 100), ``<id>.answered`` and ``<id>.band``, then ``outcome``. NaN (None for band and
        outcome) where something is not given or is withheld.

    Raises
    ------
    AnswerError
        For an unknown column or a value that is no answer, with its ``row``.

    Notes
    -----
    The rules are those of :func:`workbook.assess`, to the last digit.

    Examples
    --------
    >>> import pandas as pd, workbook
    >>> car = workbook.load_instrument("data/examples/car.toml")
    >>> two = pd.DataFrame({"them.driving": [5, 1], "them.owning-up": [5, 1], "them.late": [1, 5]})
    >>> workbook.assess_table(car, two)["trust"].tolist()
    [100.0, 0.0]

    """
    layout = layout_of(instrument)
    coded = {}
    for key, count in Counter(table.columns).items():
        if count > 1:
            words = instrument.words
            raise AnswerError(str(key), count, words("error.allowed.once"), words=words)
        column = _coded(instrument, key, table[key])
        if key in layout.columns:
            coded[key] = column
    return _frame(instrument, judge(sheet_from(layout, coded, len(table))), table.index)


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
            known[distinct or (type(value), n)] = np.nan if answer is None else encode(item, answer)
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
