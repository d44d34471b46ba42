"""How many scores there can be, alone and together: what one has to go through to follow them."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, TypeAlias

from workbook.instrument.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Cap, Floor, Scale

    Points: TypeAlias = tuple[float, ...]  # that are added, for each scale of a group
    from workbook.text.report import Report

FINEST = 1_000_000  # steps of one score: what can be enumerated while a hand rests
MOST_TOGETHER = (
    2_000_000  # the same for scales that share items, with added points, caps and floors
)


def scale_groups(instrument: Instrument) -> list[tuple[int, ...]]:
    """Return the scales, by number, in groups that share no item."""
    groups: list[tuple[set[str], tuple[int, ...]]] = []
    for n, scale in enumerate(instrument.scales):
        items = {t.id for t in scale.items} | {c.item for c in limits_on(instrument, scale.id)}
        joined = [g for g in groups if g[0] & items]
        groups = [g for g in groups if g not in joined]
        groups.append(
            (items.union(*(g[0] for g in joined)), (*itertools.chain(*(g[1] for g in joined)), n))
        )
    return [tuple(sorted(scales)) for _, scales in groups]


def limits_on(instrument: Instrument, *scales: str) -> list[Cap | Floor]:
    """Return the caps and floors of some scales that look at an item of the file."""
    return [line for line in instrument.limits if line.scale in scales and line.item]


def points_of(
    instrument: Instrument, scales: list[Scale], *, alone: bool
) -> dict[str, list[Points]]:
    """Return by item the points that each of its possible answers adds to ``scales``.

    ``alone``: of the items that do nothing else there, or of the others.
    """
    busy = {t.id for s in scales for t in s.ratings}
    busy |= {line.item for line in limits_on(instrument, *(s.id for s in scales))}
    ids = dict.fromkeys(t.id for s in scales for t in s.adding if (t.id in busy) != alone)
    return {i: _points(instrument, scales, i) for i in ids}


def _points(instrument: Instrument, scales: list[Scale], item_id: str) -> list[Points]:
    span = len(kind_of(item := instrument.by_id[item_id]).possible(item)) - 1
    ties = [next((t for t in s.adding if t.id == item_id), None) for s in scales]
    return [
        tuple((t.add or 0.0) * (span - n if t.reverse else n) / span if t else 0.0 for t in ties)
        for n in range(span + 1)
    ]


def more_points(sums: set[Points], every: Iterable[Points]) -> set[Points]:
    """Return every sum of points with one of those that another item can add."""
    return {
        tuple(round(s + p, 12) for s, p in zip(row, points, strict=True))
        for row, points in itertools.product(sums, every)
    }


def check_fineness(instrument: Instrument, report: Report) -> None:
    """Note scales with more scores than can be gone through, alone or together."""
    for scale in instrument.scales:
        steps, weights = _steps(instrument, scale)
        if steps * weights > FINEST:
            report.add(f"scale[{scale.id}].items", "too-fine", most=FINEST)
    if not instrument.rules or report.faults:
        return  # nobody asks what can be reached, or there are numbers that cannot be reckoned with
    for group in scale_groups(instrument):
        scales = [instrument.scales[n] for n in group]
        if _together(instrument, scales) > MOST_TOGETHER:
            names = ", ".join(s.id for s in scales)
            key = f"scale[{scales[-1].id}].items"
            report.add(key, "too-fine-together", scales=names, most=MOST_TOGETHER)


def _steps(instrument: Instrument, scale: Scale) -> tuple[int, int]:
    """Return into how many steps one weight is divided, and the sum of weights."""
    steps = math.lcm(*(_span(instrument, t.id) for t in scale.ratings))
    return steps, sum(t.weight or 0 for t in scale.ratings if (t.weight or 0) > 0)


def _span(instrument: Instrument, item_id: str) -> int:
    item = instrument.by_id.get(item_id)
    if item is None or item.min is None or item.max is None:
        return 1
    return max(item.max - item.min, 1)


def _together(instrument: Instrument, scales: list[Scale]) -> int:
    """Return how many combinations have to be kept or gone through for ``scales``, at most."""
    sizes = [math.prod(_steps(instrument, s)) + 1 for s in scales]
    alone = _sums(points_of(instrument, scales, alone=True))
    states = _sums(points_of(instrument, scales, alone=False))
    for scale in scales:
        caps = {c.at_most for c in instrument.caps if c.scale == scale.id}
        floors = {f.at_least for f in instrument.floors if f.scale == scale.id and f.item}
        states *= (len(caps) + 1) * (len(floors) + 1)
    # sums of one scale that fall into the same bands, whatever is added, are gone through as one
    sorts = [
        min(size, (len(s.bands) - 1) * alone + 1) for size, s in zip(sizes, scales, strict=True)
    ]
    kept, sorted_, gone_through = math.prod(sizes), max(sizes) * alone, math.prod(sorts) * alone
    return max(states * kept, sorted_, states * gone_through)


def _sums(adds: dict[str, list[Points]]) -> int:
    """Return how many sums the points of some items can make."""
    sums: set[Points] = set()
    for every in adds.values():
        sums = more_points(sums, every) if sums else set(every)
        if len(sums) > MOST_TOGETHER:
            break
    return max(len(sums), 1)
