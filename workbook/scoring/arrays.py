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
    Ints: TypeAlias = NDArray[np.int64]

PLACES = 9
NO_BAND = -1


@dataclass(frozen=True)
class ScaleArrays:
    """A scale as arrays; items are its ratings in file order, then what adds, in file order.

    ``start``, ``step`` put rating r on 0..100: (r - start) * step. ``add_start``, ``add_step`` do
    the same for what adds, on 0..1. ``needs`` are some ratings, by number, each with how many
    of them must be answered. ``edges`` are the upper ends of all bands but the last.
    """

    ratings: tuple[str, ...]
    adding: tuple[str, ...]
    start: Floats
    step: Floats
    weights: Floats
    add_start: Floats
    add_step: Floats
    adds: Floats
    min_answered: int
    needs: tuple[tuple[Ints, int], ...]
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
    add_ends = [_ends(instrument, t.id, reverse=t.reverse) for t in scale.adding]
    needs = (
        (np.array([n for n, r in enumerate(ratings) if r in need.items], np.int64), need.at_least)
        for need in scale.require
    )
    return ScaleArrays(
        ratings=tuple(ratings),
        adding=tuple(t.id for t in scale.adding),
        start=np.array([low for low, _ in ends], float),
        step=np.array([TOP / (high - low) for low, high in ends], float),
        weights=np.array([t.weight for t in scale.ratings], float),
        add_start=np.array([low for low, _ in add_ends], float),
        add_step=np.array([1 / (high - low) for low, high in add_ends], float),
        adds=np.array([t.add for t in scale.adding], float),
        min_answered=scale.min_answered,
        needs=tuple(needs),
        edges=np.array([b.below for b in scale.bands[:-1]], float),
    )


def _ends(instrument: Instrument, item_id: str, *, reverse: bool) -> tuple[float, float]:
    """Return the answers that stand for 0 and for 100: of a box, no tick and a tick."""
    item = instrument.by_id[item_id]
    low, high = (0.0, 1.0) if item.kind == "check" else (float(item.min or 0), float(item.max or 0))
    return (high, low) if reverse else (low, high)


def score_scale(
    arrays: ScaleArrays, points: Floats, shares: Floats, own: Floats, weights: Floats
) -> ScaleScores:
    """Return the scores for each row.

    ``points`` (people, ratings) are ratings on 0..100; ``shares`` (people, adding) how much of its
    points each item adds, 0 to 1 or NaN; ``own`` (people) the points of own items; ``weights``
    (ratings) or (weightings, ratings). Rows of people and weights pair up, or one is single.
    """
    answered = ~np.isnan(points)
    count = answered.sum(axis=1)
    enough = count >= arrays.min_answered
    for ratings, at_least in arrays.needs:
        enough &= answered[:, ratings].sum(axis=1) >= at_least
    # nothing is below 0 or above 1, so these put another number in the place of NaN
    total = sums(np.fmax(points, 0.0) * weights)
    added = sums(np.fmax(shares, 0.0) * arrays.adds) + own
    could = sums(np.fmin(shares, 1.0) * arrays.adds) + own
    weight, every = sums(answered * weights), sums(np.atleast_2d(weights))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(enough, cut(total / weight + added), np.nan)
        low, high = (
            cut(total / every + added),
            cut((total + (every - weight) * TOP) / every + could),
        )
    return ScaleScores(
        value=value,
        # rounding may part two equal numbers at the last place: the range always holds the value
        low=np.fmin(low, value),
        high=np.fmax(high, value),
        answered=np.broadcast_to(count, value.shape),
        band=bands(arrays.edges, value),
    )


def sums(rows: Floats) -> Floats:
    """Return the sum of each row, added from left to right however many rows there are.

    Numpy adds a single row in another order than rows that lie column by column in memory, and
    one person's score must not depend on who else is in the table.
    """
    if len(rows) != 1:
        return rows.sum(axis=1)  # type: ignore[no-any-return]
    return np.add.accumulate(rows, axis=1)[:, -1] if rows.size else np.zeros(1)


def cut(raw: Floats) -> Floats:
    """Return scores cut off at 100 and rounded."""
    capped: Floats = np.minimum(raw, TOP)
    return capped.round(PLACES)


def bands(edges: Floats, value: Floats) -> Ints:
    """Return the index of each value's band, -1 for NaN."""
    found = np.full(value.shape, NO_BAND)
    for edge in (-np.inf, *edges.tolist()):
        found += value >= edge
    return found


def score_parts(
    arrays: ScaleArrays, points: Floats, shares: Floats, weights: Floats
) -> tuple[Floats, Floats]:
    """Return what each rating and each item that adds gives to a score, and could give.

    Both are (ratings + adding) of one person; NaN for blank. With the points of own items, the
    given points add up to the score before it is cut off at 100.
    """
    answered = ~np.isnan(points)
    share = np.where(answered, weights, 0.0)
    share = share / (share.sum() or 1.0)
    given = np.concatenate([share * points, shares * arrays.adds])
    return given, np.concatenate([share * TOP, arrays.adds])
