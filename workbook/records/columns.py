"""The columns of a table as numbers that stand for answers, some thousand rows at a time.

Columns that hold numbers already are looked at where they lie. Of all others each distinct value
is checked once, however many rows have it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np
import pandas as pd

from workbook.instrument.answers import check_answer
from workbook.instrument.content import is_own
from workbook.scoring.sheet import encode, layout_of
from workbook.text.errors import AnswerError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from workbook.instrument.items import Item
    from workbook.instrument.model import Instrument

    Bools: TypeAlias = NDArray[np.bool_]
    Floats: TypeAlias = NDArray[np.float64]
    Ints: TypeAlias = NDArray[np.signedinteger[Any]]

# What pandas calls texts, or objects of types that are equal only where they mean the same answer.
PLAIN = {"string", "integer", "floating", "mixed-integer-float", "boolean", "empty"}
SMALL = 127  # codes that fit one byte


class Coded(Protocol):
    """A checked column."""

    def put(self, place: Floats, start: int, stop: int) -> None:
        """Put the numbers of some rows into ``place`` (rows); NaN for blank."""


class Numbers:
    """A column whose values are the numbers themselves, whole or not."""

    def __init__(self, column: pd.Series) -> None:
        self._plain = column.to_numpy() if isinstance(column.dtype, np.dtype) else None
        self._array = column.array

    def put(self, place: Floats, start: int, stop: int) -> None:
        """Put the numbers of some rows into ``place`` (rows); NaN for blank."""
        if self._plain is not None:
            place[:] = self._plain[start:stop]
        else:
            place[:] = self._array[start:stop].to_numpy(dtype=float, na_value=np.nan)


class Codes:
    """A column of few distinct values: for each row the place of its number, -1 for blank."""

    def __init__(self, codes: Ints, numbers: Floats) -> None:
        self._codes = codes
        self._numbers = np.append(numbers, np.nan)

    def put(self, place: Floats, start: int, stop: int) -> None:
        """Put the numbers of some rows into ``place`` (rows); NaN for blank."""
        self._numbers.take(self._codes[start:stop], out=place, mode="wrap")


class Columns:
    """A table's columns, checked as far as they are no numbers; those are when they are read."""

    def __init__(self, instrument: Instrument, table: pd.DataFrame) -> None:
        self._instrument, self._table = instrument, table
        words = instrument.words
        for key, count in Counter(table.columns).items():
            if count > 1:
                raise AnswerError(str(key), count, words("error.allowed.once"), words=words)
        coded = {key: _coded(instrument, key, table[key]) for key in table.columns}
        places = layout_of(instrument).columns
        self._coded = {key: column for key, column in coded.items() if key in places}
        self._open = [key for key, c in coded.items() if isinstance(c, Numbers) and self._ends(key)]
        self._refuse(k for k in self._open if k not in places)
        self._open = [key for key in self._open if key in places]
        self._places = np.array([places[key] for key in self._open], np.int64)
        ends = np.array([self._ends(key) for key in self._open], float)
        self._low, self._high = ends.reshape(-1, 2, 1).swapaxes(0, 1)
        self.own = any(map(is_own, self._coded))

    def fill(self, values: Floats, start: int) -> None:
        """Put rows from ``start`` on into ``values`` (people, columns of the layout).

        Raises AnswerError where a number is no answer.
        """
        places = layout_of(self._instrument).columns
        for key, column in self._coded.items():
            column.put(values[:, places[key]], start, start + len(values))
        if _misfits(values.T.take(self._places, axis=0), self._low, self._high).any():
            self._refuse(self._open)

    def _ends(self, key: str) -> tuple[int, int] | None:
        """Return the lowest and the highest answer to a rating; None for another item."""
        item = self._instrument.by_id[key]
        return None if item.min is None or item.max is None else (item.min, item.max)

    def _refuse(self, keys: Iterable[str]) -> None:
        """Raise AnswerError for the first number that is no answer, column by column."""
        for key in keys:
            column = self._table[key]
            numbers = np.empty(len(column))
            Numbers(column).put(numbers, 0, len(column))
            if (found := _misfits(numbers, *(self._ends(key) or (0, 0)))).any():
                _refuse(self._instrument, key, column, int(found.argmax()))


def _misfits(numbers: Floats, low: Any, high: Any) -> Bools:
    """Return which numbers are neither NaN nor whole and from ``low`` to ``high``."""
    whole = np.rint(numbers)
    np.clip(whole, low, high, out=whole)
    found: Bools = whole != numbers
    found &= ~np.isnan(numbers)
    return found


def _coded(instrument: Instrument, key: str, column: pd.Series) -> Coded:
    """Return a column as numbers; raises AnswerError for its first value that is no answer."""
    check_answer(instrument, key, None)  # that there is such an item
    item = instrument.by_id[key]
    if _is_numbers(item, column):
        return Numbers(column)
    codes, values = _distinct(column)
    numbers = np.full(len(values), np.nan)
    wrong = []
    for n, value in enumerate(values):
        try:
            answer = check_answer(instrument, key, value)
        except AnswerError:
            wrong.append(n)
        else:
            numbers[n] = np.nan if answer is None else encode(item, answer)
    if wrong and (found := np.isin(codes, wrong)).any():  # a category need not be used
        _refuse(instrument, key, column, int(found.argmax()))
    return Codes(codes, numbers)


def _refuse(instrument: Instrument, key: str, column: pd.Series, at: int) -> None:
    value = column.iloc[at]
    plain = value.item() if isinstance(value, np.generic) else value  # reads better in a sentence
    check_answer(instrument, key, plain, row=column.index[at])


def _is_numbers(item: Item, column: pd.Series) -> bool:
    """Return whether a column holds numbers, blank or not, where ``item`` takes such numbers."""
    kind = column.dtype
    if isinstance(kind, pd.SparseDtype | pd.CategoricalDtype):
        return False
    if item.kind == "check":
        return pd.api.types.is_bool_dtype(kind)
    numeric = pd.api.types.is_integer_dtype(kind) or pd.api.types.is_float_dtype(kind)
    return item.kind == "rating" and numeric


def _distinct(column: pd.Series) -> tuple[Ints, list[object]]:
    """Return for each row which of the distinct values it has (-1: none), and these values."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return np.asarray(column.cat.codes), list[object](column.cat.categories)
    try:
        found, uniques = pd.factorize(column)
    except TypeError:  # something in it has no hash
        return _distinct_by_type(column)
    codes, values = found, list[object](uniques)
    if not all(isinstance(value, str) for value in values) and (
        column.dtype == object and pd.api.types.infer_dtype(column, skipna=True) not in PLAIN
    ):
        return _distinct_by_type(column)
    return codes.astype(np.int8) if len(values) <= SMALL else codes, values


def _distinct_by_type(column: pd.Series) -> tuple[Ints, list[object]]:
    """Return the same where 1 and True may stand side by side: equal, and only one is a rating."""
    codes = np.full(len(column), -1)
    values: list[object] = []
    known: dict[object, int] = {}
    blank = column.isna().to_numpy()
    for row, value in enumerate(column):
        if blank[row]:
            continue
        try:
            codes[row] = known.setdefault((type(value), value), len(values))
        except TypeError:
            codes[row] = len(values)
        if codes[row] == len(values):
            values.append(value)
    return codes, values
