"""Answers as arrays: a row a person, a column a scored item, NaN for blank."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from workbook.instrument.content import is_own, own_key
from workbook.instrument.kinds import is_scored, kind_of
from workbook.instrument.scales import Cap, beyond
from workbook.scoring.arrays import ScaleArrays, scale_arrays, sums

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from workbook.instrument.answers import Answers
    from workbook.instrument.content import OwnField
    from workbook.instrument.items import Item
    from workbook.instrument.kinds import Scalar
    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Floor, ItemWeight

    Floats: TypeAlias = NDArray[np.float64]
    Bools: TypeAlias = NDArray[np.bool_]
    Ints: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Layout:
    """What of an instrument is needed to lay out and score answers, made once.

    ``own`` holds the columns of sides, ratings and weights of own items, a row each. ``blocks`` are
    the columns of each scale's ratings, and of what adds to it; ``signs`` those of each gate.
    """

    instrument: Instrument
    columns: Mapping[str, int]
    scales: tuple[ScaleArrays, ...]
    own: Ints
    blocks: tuple[tuple[Ints, Ints], ...]
    signs: tuple[Ints, ...]
    caps: Lines
    floors: Lines


@dataclass(frozen=True, eq=False)
class Lines:
    """Caps or floors as arrays: each holds where ``column`` is below ``low`` or above ``high``.

    It then moves ``scale`` to ``band``, by number. ``own`` is the number of a side, or -1; such a
    line looks at own items, and its column means nothing. ``strictest`` holds for each scale the
    bands that lines move it to, each with those lines, and the band that goes furthest last.
    """

    column: Ints
    low: Floats
    high: Floats
    scale: Ints
    band: Ints
    own: Ints
    strictest: tuple[tuple[tuple[int, Ints], ...], ...]


@dataclass(frozen=True, eq=False)
class OwnItems:
    """Own items of some people, all (people, own items).

    ``side`` is the number of a side, -1 where an item does not count. ``size`` is its rating times
    its weight, ``points`` what it adds. ``number`` counts own items from 1; those that nobody has
    are left out.
    """

    number: tuple[int, ...]

    side: Ints
    size: Floats
    points: Floats


@dataclass(frozen=True, eq=False)
class Sheet:
    """Answers of some people, with their own items if they have any."""

    layout: Layout
    values: Floats
    own: OwnItems | None

    def taken(self, columns: Ints) -> Floats:
        """Return some columns as a copy (people, columns), one after the other in memory."""
        return self.values.T.take(columns, axis=0).T

    def column(self, item_id: str) -> Floats:
        """Return one item's values (people)."""
        return self.values[:, self.layout.columns[item_id]]

    def points(self, scale: int) -> Floats:
        """Return a scale's ratings on 0..100 (people, ratings)."""
        arrays = self.layout.scales[scale]
        found = self.taken(self.layout.blocks[scale][0])
        found -= arrays.start
        found *= arrays.step
        found += 0.0  # makes the -0 of a reversed scale a plain 0
        return found

    def shares(self, scale: int) -> Floats:
        """Return how much of its points each item adds to a scale, 0 to 1 (people, adding)."""
        arrays = self.layout.scales[scale]
        found = self.taken(self.layout.blocks[scale][1])
        found -= arrays.add_start
        found *= arrays.add_step
        found += 0.0
        return found

    def own_points(self, scale: int) -> Floats:
        """Return what own items add to a scale (people)."""
        added = np.zeros(len(self.values))
        own, found = self.layout.instrument.own, self.own
        if own is None or found is None:
            return added
        for n, side in enumerate(own.sides):
            if side.scale == self.layout.instrument.scales[scale].id:
                points = sums(found.points * (found.side == n))
                added += points if side.at_most is None else np.minimum(points, side.at_most)
        return added

    def held(self, lines: Lines) -> Bools:
        """Return which caps or floors hold for whom (people, lines)."""
        found: Bools = beyond(self.taken(lines.column), lines.low, lines.high)
        for n in np.flatnonzero(lines.own >= 0).tolist():
            found[:, n] = False
            if self.own is not None:
                there = beyond(self.own.size, lines.low[n], lines.high[n])
                found[:, n] = (there & (self.own.side == lines.own[n])).any(axis=1)
        return found


@lru_cache(maxsize=8)
def layout_of(instrument: Instrument) -> Layout:
    """Return the layout of ``instrument``."""
    scored = [i for i in instrument.by_id.values() if is_scored(i)]
    sides = [i for i in instrument.own_items if is_own(i.id, "side")]
    columns = {item.id: n for n, item in enumerate((*scored, *sides))}
    slots = range(1, instrument.own.most + 1 if instrument.own else 1)
    fields: tuple[OwnField, ...] = ("side", "rating", "weight")
    own = [[columns[own_key(n, field)] for n in slots] for field in fields]
    return Layout(
        instrument,
        columns,
        tuple(scale_arrays(instrument, s) for s in instrument.scales),
        np.array(own, np.int64),
        tuple(
            (_columns(columns, s.ratings), _columns(columns, s.adding)) for s in instrument.scales
        ),
        tuple(np.array([columns[i] for i in g.items], np.int64) for g in instrument.gates),
        _lines(instrument, columns, instrument.caps),
        _lines(instrument, columns, instrument.floors),
    )


def _columns(columns: Mapping[str, int], ties: Sequence[ItemWeight]) -> Ints:
    return np.array([columns[tie.id] for tie in ties], np.int64)


def _lines(
    instrument: Instrument, columns: Mapping[str, int], lines: Sequence[Cap | Floor]
) -> Lines:
    scales = [s.id for s in instrument.scales]
    bands = [[b.id for b in s.bands] for s in instrument.scales]
    sides = [s.id for s in instrument.own.sides] if instrument.own else []
    named = [line.at_most if isinstance(line, Cap) else line.at_least for line in lines]
    owns = ["" if isinstance(line, Cap) else line.own for line in lines]
    at = [scales.index(line.scale) for line in lines]
    to = [bands[n].index(name) for n, name in zip(at, named, strict=True)]
    return Lines(
        np.array([columns.get(line.item, 0) for line in lines], np.int64),
        np.array([line.line[0] for line in lines], float),
        np.array([line.line[1] for line in lines], float),
        np.array(at, np.int64),
        np.array(to, np.int64),
        np.array([sides.index(side) if side else -1 for side in owns], np.int64),
        tuple(
            _strictest(at, to, n, down=isinstance(lines[0], Cap)) if lines else ()
            for n in range(len(scales))
        ),
    )


def _strictest(
    at: Sequence[int], to: Sequence[int], scale: int, *, down: bool
) -> tuple[tuple[int, Ints], ...]:
    """Return the bands that lines move a scale to, each with those lines; the strictest last."""
    lines = [n for n, where in enumerate(at) if where == scale]
    bands = sorted({to[n] for n in lines}, reverse=down)
    return tuple((band, np.array([n for n in lines if to[n] == band])) for band in bands)


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
    values = blank_values(layout, people)
    for key, column in coded.items():
        values[:, layout.columns[key]] = column
    return sheet_over(layout, values, own=any(map(is_own, coded)))


def blank_values(layout: Layout, people: int) -> Floats:
    """Return values (people, columns) without any answer, each column in one piece of memory."""
    return np.full((len(layout.columns), people), np.nan).T


def sheet_over(layout: Layout, values: Floats, *, own: bool) -> Sheet:
    """Return a sheet of ``values`` (people, columns), with own items only if there may be some."""
    return Sheet(layout, values, _own(layout, values) if own else None)


def sheet_like(sheet: Sheet, values: Floats) -> Sheet:
    """Return a sheet with other ``values`` (people, columns), of the same layout."""
    return sheet_over(sheet.layout, values, own=sheet.own is not None)


def _own(layout: Layout, values: Floats) -> OwnItems:
    """Return own items; one counts with a side and a rating, and weighs 1 if no weight is given."""
    own = layout.instrument.own
    assert own is not None  # noqa: S101  # the caller looked
    side, rating, weight = (values[:, columns] for columns in layout.own)
    used = ~np.isnan(side).all(axis=0)
    side, rating, weight = side[:, used], rating[:, used], weight[:, used]
    weight = np.where(np.isnan(weight), 1.0, weight)
    blank = np.isnan(side) | np.isnan(rating)
    points = own.add * weight * (rating - own.min) / (own.max - own.min)
    return OwnItems(
        tuple((np.flatnonzero(used) + 1).tolist()),
        np.where(blank, -1, side).astype(np.int64),
        rating * weight,
        np.where(blank, 0.0, points),
    )
