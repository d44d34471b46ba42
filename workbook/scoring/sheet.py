"""Answers as arrays: a row a person, a column a scored item, NaN for blank."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from workbook.instrument.content import is_own, own_key
from workbook.instrument.kinds import kind_of
from workbook.instrument.scales import TOP
from workbook.scoring.arrays import ScaleArrays, scale_arrays

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from workbook.instrument.answers import Answers
    from workbook.instrument.items import Item
    from workbook.instrument.kinds import Scalar
    from workbook.instrument.model import Instrument

    Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Layout:
    """What of an instrument is needed to lay out and score answers, made once."""

    instrument: Instrument
    columns: Mapping[str, int]
    scales: tuple[ScaleArrays, ...]


@dataclass(frozen=True, eq=False)
class Sheet:
    """Answers of some people. ``own_*`` hold one (people, own items) array a scale."""

    layout: Layout
    values: Floats
    own_points: tuple[Floats, ...]
    own_weights: tuple[Floats, ...]

    def column(self, item_id: str) -> Floats:
        """Return one item's values (people)."""
        return self.values[:, self.layout.columns[item_id]]

    def points(self, scale: int) -> Floats:
        """Return a scale's ratings on 0..100 (people, ratings), own items last."""
        arrays = self.layout.scales[scale]
        # adding 0 makes the -0 of a reversed scale a plain 0
        ratings = (self._block(arrays.ratings) - arrays.start) * arrays.step + 0.0
        return np.hstack([ratings, self.own_points[scale]])

    def ratings(self, scale: int) -> tuple[str, ...]:
        """Return the ids that go with the columns of :meth:`points`."""
        own = self.own_points[scale].shape[1]
        return (*self.layout.scales[scale].ratings, *(own_key(n + 1, "rating") for n in range(own)))

    def ticks(self, scale: int) -> Floats:
        """Return a scale's checks (people, checks)."""
        return self._block(self.layout.scales[scale].checks)

    def weights(self, scale: int) -> Floats:
        """Return the weights that go with :meth:`points`: (ratings), or (people, ratings)."""
        base, own = self.layout.scales[scale].weights, self.own_weights[scale]
        if not own.shape[1]:
            return base
        return np.hstack([np.broadcast_to(base, (len(own), len(base))), own])

    def _block(self, ids: tuple[str, ...]) -> Floats:
        return self.values[:, [self.layout.columns[i] for i in ids]]


@lru_cache(maxsize=8)
def layout_of(instrument: Instrument) -> Layout:
    """Return the layout of ``instrument``."""
    scored = [i for i in instrument.by_id.values() if kind_of(i).scored]
    sides = [i for i in instrument.own_items if is_own(i.id, "side")]
    return Layout(
        instrument,
        {item.id: n for n, item in enumerate((*scored, *sides))},
        tuple(scale_arrays(instrument, s) for s in instrument.scales),
    )


def encode(item: Item, answer: Scalar) -> float:
    """Return an answer as the number that stands for it on a sheet; NaN for a text."""
    number = kind_of(item).encode
    return float("nan") if number is None else number(item, answer)


def sheet_of(instrument: Instrument, answers: Answers) -> Sheet:
    """Return one person's answers as a sheet with one row."""
    layout = layout_of(instrument)
    return sheet_from(
        layout,
        {k: encode(instrument.by_id[k], v) for k, v in answers.items() if k in layout.columns},
        1,
    )


def sheet_from(layout: Layout, coded: Mapping[str, Floats | float], people: int) -> Sheet:
    """Return a sheet from coded columns; a column that is not given is blank."""
    values = np.full((people, len(layout.columns)), np.nan)
    for key, column in coded.items():
        values[:, layout.columns[key]] = column
    return _with_own(layout, values, any(map(is_own, coded)))


def sheet_like(sheet: Sheet, values: Floats) -> Sheet:
    """Return a sheet with other ``values`` (people, columns), of the same layout."""
    return _with_own(sheet.layout, values, any(p.shape[1] for p in sheet.own_points))


def _with_own(layout: Layout, values: Floats, own_used: bool) -> Sheet:  # noqa: FBT001  # a fact
    scales = range(len(layout.scales))
    if not own_used:
        none = np.empty((len(values), 0))
        return Sheet(layout, values, tuple(none for _ in scales), tuple(none for _ in scales))
    own = [_own(layout, values, s) for s in scales]
    return Sheet(layout, values, tuple(p for p, _ in own), tuple(w for _, w in own))


def _own(layout: Layout, values: Floats, scale: int) -> tuple[Floats, Floats]:
    """Return points and weights of the own items on one scale; blank ones weigh nothing."""
    own = layout.instrument.own
    assert own is not None  # noqa: S101  # the caller looked
    slots = range(1, own.most + 1)
    side, rating, weight = (
        values[:, [layout.columns[own_key(n, field)] for n in slots]]
        for field in ("side", "rating", "weight")
    )
    here = [n for n, s in enumerate(own.sides) if s.scale == layout.instrument.scales[scale].id]
    counts = np.isin(side, here) & ~np.isnan(rating)
    points = (rating - own.min) * (TOP / (own.max - own.min))
    return np.where(counts, points, np.nan), np.where(counts, np.nan_to_num(weight, nan=1.0), 0.0)
