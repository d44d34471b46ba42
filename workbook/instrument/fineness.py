"""How many scores there can be, alone and together: what one has to go through to follow them."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Scale
    from workbook.text.report import Report

FINEST = 1_000_000  # steps of one score: what can be enumerated while a hand rests
MOST_TOGETHER = 2_000_000  # the same for scales that share items, with boxes and caps


def scale_groups(instrument: Instrument) -> list[tuple[int, ...]]:
    """Return the scales, by number, in groups that share no item."""
    groups: list[tuple[set[str], tuple[int, ...]]] = []
    for n, scale in enumerate(instrument.scales):
        items = {t.id for t in scale.items}
        items |= {c.item for c in instrument.caps if c.scale == scale.id}
        joined = [g for g in groups if g[0] & items]
        groups = [g for g in groups if g not in joined]
        groups.append(
            (items.union(*(g[0] for g in joined)), (*itertools.chain(*(g[1] for g in joined)), n))
        )
    return [scales for _, scales in groups]


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


def _steps(instrument: Instrument, scale: Scale, *more: int) -> tuple[int, int]:
    """Return into how many steps one weight is divided, and the sum of weights."""
    spans = {
        i.id: i.max - i.min
        for i in instrument.items
        if i.min is not None and i.max is not None and i.max > i.min
    }
    steps = math.lcm(*(spans.get(t.id, 1) for t in scale.ratings), *more)
    return steps, sum(t.weight or 0 for t in scale.ratings if (t.weight or 0) > 0)


def _together(instrument: Instrument, scales: list[Scale]) -> int:
    """Return how many combinations the scores of ``scales`` have, at most."""
    own = instrument.own
    with_own = {s.scale for s in own.sides} if own and own.max > own.min else set()
    spans = [(own.max - own.min,) if own and s.id in with_own else () for s in scales]
    steps = [_steps(instrument, s, *more) for s, more in zip(scales, spans, strict=True)]
    sizes = [fine * weights for fine, weights in steps]
    # The worst that a person's own items can do is to go to whichever scale is the coarsest.
    takers = [n for n, s in enumerate(scales) if s.id in with_own]
    for _ in range(min(own.most, MOST_TOGETHER) if own and takers else 0):
        at = min(takers, key=lambda n: sizes[n] / steps[n][0])
        sizes[at] += steps[at][0] * (own.weight if own else 0)
        if math.prod(sizes) > MOST_TOGETHER:
            break
    return math.prod(s + 1 for s in sizes) * _added(scales) * _capped(instrument, scales)


def _added(scales: list[Scale]) -> int:
    """Return how many sums of added points the boxes can make."""
    adds: dict[str, list[float]] = {}
    for at, scale in enumerate(scales):
        for tie in scale.checks:
            adds.setdefault(tie.id, [0.0] * len(scales))[at] = tie.add or 0.0
    sums: set[tuple[float, ...]] = {(0.0,) * len(scales)}
    for points in adds.values():
        sums |= {tuple(round(s + p, 9) for s, p in zip(row, points, strict=True)) for row in sums}
        if len(sums) > MOST_TOGETHER:
            break
    return len(sums)


def _capped(instrument: Instrument, scales: list[Scale]) -> int:
    """Return how many sets of caps can be met."""
    ids = {s.id for s in scales}
    count = 1
    for item in instrument.items:
        caps = [c for c in instrument.caps if c.item == item.id and c.scale in ids]
        if caps and item.min is not None and item.max is not None:
            ratings = range(item.min, min(item.max, item.min + MOST_TOGETHER) + 1)
            count *= len({tuple(c.holds(rating) for c in caps) for rating in ratings})
    return count
