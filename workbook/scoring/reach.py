"""Which bands and outcomes answers can still lead to once every blank is filled in.

Trying every way to fill the blanks would take up to 11**14 steps. A score is a sum of whole steps,
so the sums that can be reached are kept as the bits of one large number: a rating that can add 0,
3 or 6 steps turns ``bits`` into ``bits | bits << 3 | bits << 6``. Scales that share an item are
followed together, each with its own stride within the number.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from workbook.instrument.content import own_key
from workbook.instrument.fineness import scale_groups
from workbook.instrument.kinds import kind_of
from workbook.instrument.scales import TOP
from workbook.scoring.arrays import bands, cut
from workbook.scoring.rules import NONE, apply_caps, apply_gates, apply_table, matches
from workbook.scoring.sheet import encode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from workbook.instrument.answers import Answers
    from workbook.instrument.items import Item
    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Scale

    # the band of each scale of a group, as (scale, band) numbers
    Bands: TypeAlias = tuple[tuple[int, int], ...]
    CapsMet: TypeAlias = frozenset[int]


@dataclass(frozen=True)
class Steps:
    """How ratings add up on one scale: ``unit[i]`` for each point that i is away from ``zero[i]``.

    ``size`` is the sum that stands for a score of 100.
    """

    zero: dict[str, int]
    unit: dict[str, int]
    size: int


def has_blanks(instrument: Instrument, answers: Answers) -> bool:
    """Return whether an item that may bear on the outcome is blank; own items never are."""
    return any(i.id not in answers for i in instrument.items if kind_of(i).scored)


def reachable_outcomes(instrument: Instrument, answers: Answers) -> frozenset[str | None]:
    """Return every outcome to which some full set of answers that agrees with ``answers`` leads."""
    bases = sorted(_base_outcomes(instrument, answers))
    cases = list(itertools.product(_gates_met(instrument, answers), bases))
    met = [np.array([n in gates for gates, _ in cases]) for n in range(len(instrument.gates))]
    outcome, _ = apply_gates(instrument, met, np.array([base for _, base in cases]))
    return frozenset(None if n == NONE else instrument.outcomes[n].id for n in outcome.tolist())


def _gates_met(instrument: Instrument, answers: Answers) -> set[frozenset[int]]:
    """Return every set of gates that the signs can meet once none of them is blank."""
    sets: set[frozenset[int]] = {frozenset()}
    for sign in instrument.signs:
        options = [answers[sign.id]] if sign.id in answers else kind_of(sign).possible(sign)
        coded = np.array([encode(sign, option) for option in options])
        hit = {n: matches(g, coded) for n, g in enumerate(instrument.gates) if sign.id in g.items}
        met = [frozenset(n for n, found in hit.items() if found[k]) for k in range(len(options))]
        sets = {before | more for before, more in itertools.product(sets, met)}
    return sets


def _base_outcomes(instrument: Instrument, answers: Answers) -> set[int]:
    """Return the outcomes, by number, that the rule table can come to say; -1 without a table."""
    if not instrument.rules:
        return {NONE}
    reached = [_reach_bands(instrument, answers, group) for group in scale_groups(instrument)]
    cases = [dict(itertools.chain(*parts)) for parts in itertools.product(*reached)]
    by_scale = [np.array([case[s] for case in cases]) for s in range(len(instrument.scales))]
    _, outcome = apply_table(instrument, by_scale, len(cases))
    return set(outcome.tolist())


def _reach_bands(instrument: Instrument, answers: Answers, group: tuple[int, ...]) -> set[Bands]:
    """Return every combination of bands that the scales of ``group`` can reach together."""
    steps = {s: _steps(instrument, instrument.scales[s], answers) for s in group}
    added = np.array(sorted(_reach_added(instrument, answers, group)))
    found: set[Bands] = set()
    for met, bits in _reach_sums(instrument, answers, steps).items():
        at = _set_bits(bits)
        scores = []
        for scale, points in zip(group, added.T, strict=True):
            at, sums = np.divmod(at, steps[scale].size + 1)
            scores.append(cut(np.add.outer(points, sums * TOP / steps[scale].size)).ravel())
        found |= _bands_of(instrument, group, scores, met)
    return found


def _bands_of(
    instrument: Instrument, group: tuple[int, ...], scores: list[NDArray[np.float64]], met: CapsMet
) -> set[Bands]:
    """Return the bands of rows of scores, under the caps that are ``met``."""
    raw = [np.zeros(len(scores[0]), np.int64) for _ in instrument.scales]
    for scale, score in zip(group, scores, strict=True):
        edges = [b.below for b in instrument.scales[scale].bands[:-1]]
        raw[scale] = bands(np.array(edges, float), score)
    capped, _ = apply_caps(
        instrument, raw, [np.array([n in met]) for n in range(len(instrument.caps))]
    )
    # numbered, because numbers are told apart far sooner than rows
    shape = tuple(len(instrument.scales[s].bands) for s in group)
    cases = np.unique(np.ravel_multi_index(tuple(capped[s] for s in group), shape))
    rows = np.stack(np.unravel_index(cases, shape), axis=1)
    return {tuple(zip(group, row, strict=True)) for row in rows.tolist()}


def _steps(instrument: Instrument, scale: Scale, answers: Answers) -> Steps:
    """Return the steps of ``scale``; own items that count on it are among them."""
    zero, weight, span = {}, {}, {}
    for tie in scale.ratings:
        item = instrument.by_id[tie.id]
        low, high = _range(item)
        zero[tie.id], weight[tie.id], span[tie.id] = (
            high if tie.reverse else low,
            tie.weight or 0,
            high - low,
        )
    for item_id, own_weight in _own_ratings(instrument, scale, answers):
        low, high = _range(instrument.by_id[item_id])
        zero[item_id], weight[item_id], span[item_id] = low, own_weight, high - low
    fine = math.lcm(*span.values())
    unit = {i: weight[i] * fine // span[i] for i in span}
    return Steps(zero, unit, fine * sum(weight.values()))


def _range(item: Item) -> tuple[int, int]:
    assert item.min is not None  # noqa: S101  # the loader saw to it
    assert item.max is not None  # noqa: S101
    return item.min, item.max


def _own_ratings(
    instrument: Instrument, scale: Scale, answers: Answers
) -> Iterable[tuple[str, int]]:
    own = instrument.own
    for n in range(1, own.most + 1 if own else 1):
        sides = [s.id for s in own.sides if s.scale == scale.id] if own else []
        rating = own_key(n, "rating")
        if rating in answers and answers.get(own_key(n, "side")) in sides:
            yield rating, int(answers.get(own_key(n, "weight"), 1))


def _reach_sums(
    instrument: Instrument, answers: Answers, steps: dict[int, Steps]
) -> dict[CapsMet, int]:
    """Return the reachable sums as bits, apart by which caps (by number) are met."""
    strides = dict(
        zip(
            steps,
            itertools.accumulate((s.size + 1 for s in steps.values()), int.__mul__, initial=1),
            strict=False,
        )
    )
    caps = [
        (n, c)
        for n, c in enumerate(instrument.caps)
        if c.scale in {instrument.scales[s].id for s in steps}
    ]
    items = dict.fromkeys(
        [*itertools.chain(*(s.unit for s in steps.values())), *(c.item for _, c in caps)]
    )
    sums: dict[CapsMet, int] = {frozenset(): 1}
    for item_id in items:
        low, high = _range(instrument.by_id[item_id])
        ratings = [int(answers[item_id])] if item_id in answers else range(low, high + 1)
        whole = np.arange(low, high + 1, dtype=float)
        over = {n: cap.holds(whole) for n, cap in caps if cap.item == item_id}
        grown: dict[CapsMet, int] = {}
        for rating in ratings:
            shift = sum(
                strides[s] * step.unit[item_id] * abs(rating - step.zero[item_id])
                for s, step in steps.items()
                if item_id in step.unit
            )
            met = {n for n, found in over.items() if found[rating - low]}
            for before, bits in sums.items():
                grown[before | met] = grown.get(before | met, 0) | bits << shift
        sums = grown
    return sums


def _set_bits(bits: int) -> NDArray[np.int64]:
    """Return the numbers of the bits that are set."""
    raw = np.frombuffer(bits.to_bytes(bits.bit_length() // 8 + 1, "little"), np.uint8)
    return np.flatnonzero(np.unpackbits(raw, bitorder="little"))


def _reach_added(
    instrument: Instrument, answers: Answers, group: tuple[int, ...]
) -> set[tuple[float, ...]]:
    """Return every combination of added points that the boxes can give the scales of ``group``."""
    adds: dict[str, list[float]] = {}
    for at, scale in enumerate(group):
        for tie in instrument.scales[scale].checks:
            adds.setdefault(tie.id, [0.0] * len(group))[at] = tie.add or 0.0
    sums: set[tuple[float, ...]] = {(0.0,) * len(group)}
    for item_id, points in adds.items():
        ticked = {tuple(round(s + p, 9) for s, p in zip(row, points, strict=True)) for row in sums}
        answer = answers.get(item_id)
        sums = ticked if answer is True else sums if answer is False else sums | ticked
    return sums
