"""Check-ins as tables: many people or many days at once, through the same scorer as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

import pandas as pd

from workbook.records.columns import Columns
from workbook.records.diary import read_diary
from workbook.records.results import Results
from workbook.scoring.rules import judge
from workbook.scoring.sheet import blank_values, layout_of, sheet_over

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import dask.dataframe as dd

    from workbook.instrument.model import Instrument
    from workbook.records.checkin import Checkin

BLOCK = 8192  # rows at once: their numbers, and what is worked out on the way, fit the cache


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
    return side_by_side(instrument, [c for text in texts for c in read_diary(instrument, text)])


def side_by_side(instrument: Instrument, checkins: Sequence[Checkin]) -> pd.DataFrame:
    """Return check-ins as a table, a row each, and a column an item that any of them answers."""
    index = pd.Index([c.saved_at for c in checkins], name="saved_at")
    rows = [[c.answers.get(key) for key in instrument.by_id] for c in checkins]
    table = pd.DataFrame(rows, index=index, columns=list(instrument.by_id), dtype=object)
    return table.dropna(axis="columns", how="all")


@overload
def assess_table(instrument: Instrument, table: pd.DataFrame) -> pd.DataFrame: ...


@overload
def assess_table(instrument: Instrument, table: dd.DataFrame) -> dd.DataFrame: ...


def assess_table(instrument: Instrument, table: Any) -> Any:
    """Assess many check-ins at once, through the same scorer as one.

    Parameters
    ----------
    instrument
        What :func:`workbook.load_instrument` returned.
    table
        (check-ins, items): a row a check-in, a column an item id; NaN and None are blank. A pandas
        table, or one of Dask, which holds parts of it on many processes or machines.

    Returns
    -------
    pandas.DataFrame or dask.dataframe.DataFrame
        Of the same sort, with its index; for each scale the columns ``<id>``, ``<id>.low``,
        ``<id>.high`` (0 to 100), ``<id>.answered`` and ``<id>.band``, then ``outcome``. NaN (None
        for band and outcome) where something is not given or is withheld.

    Raises
    ------
    AnswerError
        For an unknown column or a value that is no answer, with its ``row``; of a value in a Dask
        table when it is worked out.

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
    if not isinstance(table, pd.DataFrame):
        return _assess_parts(instrument, table)
    layout = layout_of(instrument)
    columns, results = Columns(instrument, table), Results(instrument, len(table))
    values = blank_values(layout, min(BLOCK, len(table)))
    for start in range(0, len(table), BLOCK):
        block = values[: len(table) - start]
        columns.fill(block, start)
        results.put(judge(sheet_over(layout, block, own=columns.own)), start)
    return results.frame(table.index)


def _assess_parts(instrument: Instrument, table: dd.DataFrame) -> Any:
    """Return the results of each part of a Dask table, to be worked out where that part is."""
    from dask import delayed  # noqa: PLC0415  # an extra, and here for sure: the table is of it
    from dask.dataframe.utils import make_meta  # noqa: PLC0415

    # as a task of its own it goes once to each worker, not with every part
    shipped = delayed(instrument, traverse=False)
    meta = assess_table(instrument, make_meta(table))
    return table.map_partitions(_assess_part, shipped, meta=meta)


def _assess_part(part: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    return assess_table(instrument, part)
