"""The one scorer: numbers in, scores out, over arrays.

Values are (people, items) with NaN for blank, weights (items) or (weightings, items): one person,
a table of check-ins and thousands of weightings of one person all go through :func:`score_scale`.
Percent of maximum possible puts each rating on 0..100 by its declared range (Cohen and others
1999, "The problem of units and the circumstance for POMP"); missing ratings are prorated within
the stated minimum of answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from workbook.instrument.scales import TOP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Scale

    Floats: TypeAlias = NDArray[np.float64]
    Bools: TypeAlias = NDArray[np.bool_]
    Ints: TypeAlias = NDArray[np.int64]

PLACES = 9
NO_BAND = -1


@dataclass(frozen=True)
class ScaleArrays:
    """A scale as arrays; items are its ratings in file order, then its checks in file order.

    ``start``, ``step`` put rating r on 0..100: (r - start) * step. ``needs`` is (requirements,
    ratings). ``edges`` are the upper ends of all bands but the last.
    """

    ratings: tuple[str, ...]
    checks: tuple[str, ...]
    start: Floats
    step: Floats
    weights: Floats
    adds: Floats
    min_answered: int
    needs: Bools
    at_least: Ints
    edges: Floats


@dataclass(frozen=True)
class ScaleScores:
    """Scores of one scale, one a row; NaN (band: -1) where a score is not given."""

    value: Floats
    low: Floats
    high: Floats
    answered: Ints
    band: Ints


def scale_arrays(instrument: Instrument, scale: Scale) -> ScaleArrays:
    """Return the arrays of ``scale``."""
    ratings = [t.id for t in scale.ratings]
    ends = [_ends(instrument, t.id, reverse=t.reverse) for t in scale.ratings]
    needs = [[r in need.items for r in ratings] for need in scale.require]
    return ScaleArrays(
        ratings=tuple(ratings),
        checks=tuple(t.id for t in scale.checks),
        start=np.array([low for low, _ in ends], float),
        step=np.array([TOP / (high - low) for low, high in ends], float),
        weights=np.array([t.weight for t in scale.ratings], float),
        adds=np.array([t.add for t in scale.checks], float),
        min_answered=scale.min_answered,
        needs=np.array(needs, bool).reshape(len(needs), len(ratings)),
        at_least=np.array([need.at_least for need in scale.require], np.int64),
        edges=np.array([b.below for b in scale.bands[:-1]], float),
    )


def _ends(instrument: Instrument, item_id: str, *, reverse: bool) -> tuple[float, float]:
    """Return the ratings that stand for 0 and for 100."""
    item = instrument.by_id[item_id]
    low, high = float(item.min or 0), float(item.max or 0)
    return (high, low) if reverse else (low, high)


def score_scale(
    arrays: ScaleArrays,
    points: Floats,
    ticks: Floats,
    weights: Floats,
    counted: int | None = None,
) -> ScaleScores:
    """Return the scores for each row.

    ``points`` (people, ratings) are ratings on 0..100; ``ticks`` (people, checks) 1, 0 or NaN;
    ``weights`` (ratings) or (rows, ratings). Columns from ``counted`` on (own items) join the mean
    but not the number of answers. Rows of people and weights pair up, or one of them is single.
    """
    answered = ~np.isnan(points)
    given, weighted = np.where(answered, points, 0.0), np.where(answered, weights, 0.0)
    asked = answered[:, :counted]
    count = asked.sum(axis=1)
    enough = (count >= arrays.min_answered) & (
        (asked.astype(np.int64) @ arrays.needs.T) >= arrays.at_least
    ).all(axis=1)
    ticked = np.nan_to_num(ticks) @ arrays.adds
    could = np.nan_to_num(ticks, nan=1.0) @ arrays.adds
    total, weight, every = (
        (weighted * given).sum(axis=1),
        weighted.sum(axis=1),
        np.broadcast_to(weights, weighted.shape).sum(axis=1),
    )
    blank = (np.where(answered, 0.0, weights) * TOP).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(enough, cut(total / weight + ticked), np.nan)
        low, high = cut(total / every + ticked), cut((total + blank) / every + could)
    return ScaleScores(
        value=value,
        # rounding may part two equal numbers at the last place: the range always holds the value
        low=np.fmin(low, value),
        high=np.fmax(high, value),
        answered=np.broadcast_to(count, value.shape),
        band=bands(arrays.edges, value),
    )


def cut(raw: Floats) -> Floats:
    """Return scores cut off at 100 and rounded."""
    capped: Floats = np.minimum(raw, TOP)
    return capped.round(PLACES)


def bands(edges: Floats, value: Floats) -> Ints:
    """Return the index of each value's band, -1 for NaN."""
    found = np.searchsorted(edges, value, side="right")
    return np.where(np.isnan(value), NO_BAND, found)


def score_parts(
    arrays: ScaleArrays, points: Floats, ticks: Floats, weights: Floats
) -> tuple[Floats, Floats]:
    """Return what each rating and check of one person gives to a score, and could give.

    Both are (ratings + checks); NaN for blank. The given points add up to the score before it is
    cut off at 100.
    """
    answered = ~np.isnan(points)
    share = np.where(answered, weights, 0.0)
    share = share / (share.sum() or 1.0)
    given = np.concatenate([share * points, ticks * arrays.adds])
    return given, np.concatenate([share * TOP, arrays.adds])
