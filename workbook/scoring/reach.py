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
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from workbook.instrument.answers import NO_ANSWERS
from workbook.instrument.content import is_own
from workbook.instrument.fineness import more_points, points_of, scale_groups
from workbook.instrument.kinds import kind_of
from workbook.instrument.scales import TOP
from workbook.scoring.arrays import bands, cut
from workbook.scoring.rules import (
    NONE,
    apply_gates,
    apply_table,
    limit_bands,
    limits_of,
    matches,
)
from workbook.scoring.sheet import encode, layout_of, sheet_from, sheet_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from workbook.instrument.answers import Answers
    from workbook.instrument.fineness import Points
    from workbook.instrument.items import Item
    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Scale
    from workbook.scoring.sheet import Layout

    Ints: TypeAlias = NDArray[np.int64]
    # the band of each scale of a group, as (scale, band) numbers
    Bands: TypeAlias = tuple[tuple[int, int], ...]
    # the highest and the lowest band of each scale
    Within: TypeAlias = tuple[tuple[int, int], ...]
    # what sums have to be kept apart by: limits of bands, and points that are added
    State: TypeAlias = tuple[Within, Points]


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
    return not answers.keys() >= _bearing(instrument)


@lru_cache(maxsize=8)
def _bearing(instrument: Instrument) -> frozenset[str]:
    """Return the items that a scale, a cap, a floor or a gate looks at."""
    tied = {tie.id for scale in instrument.scales for tie in scale.items}
    held = {line.item for line in instrument.limits}
    signs = {sign for gate in instrument.gates for sign in gate.items}
    return frozenset(i.id for i in instrument.items) & (tied | held | signs)


def reachable_outcomes(instrument: Instrument, answers: Answers) -> frozenset[str | None]:
    """Return every outcome to which some full set of answers that agrees with ``answers`` leads."""
    bases = sorted(_base_outcomes(instrument, answers))
    cases = list(itertools.product(_gates_met(instrument, answers), bases))
    met = [np.array([n in gates for gates, _ in cases]) for n in range(len(instrument.gates))]
    outcome, _ = apply_gates(instrument, met, np.array([base for _, base in cases]))
    return frozenset(None if n == NONE else instrument.outcomes[n].id for n in outcome.tolist())


def out_of_reach(instrument: Instrument) -> tuple[str, ...]:
    """Return the outcomes that the rules name and no answers lead to, caps and floors as they are.

    In the order of the file. Such a file works; it is only not what its author will have meant.
    """
    reached = {instrument.outcomes[n].id for n in _base_outcomes(instrument, NO_ANSWERS) - {NONE}}
    named = {rule.outcome for rule in instrument.rules}
    return tuple(o.id for o in instrument.outcomes if o.id in named - reached)


def _gates_met(instrument: Instrument, answers: Answers) -> set[frozenset[int]]:
    """Return every set of gates that the signs can meet once none of them is blank."""
    counts = {(0,) * len(instrument.gates)}  # of signs that are as each gate asks
    for sign, met in _met_by_answer(instrument).items():
        more = [met[answers[sign]]] if sign in answers else set(met.values())
        counts = {_counted(before, hit) for before, hit in itertools.product(counts, more)}
    enough = [g.at_least for g in instrument.gates]
    return {frozenset(n for n, count in enumerate(row) if count >= enough[n]) for row in counts}


@lru_cache(maxsize=8)
def _met_by_answer(instrument: Instrument) -> Mapping[str, Mapping[Any, tuple[int, ...]]]:
    """Return for each sign which gates look for each of its answers."""
    found: dict[str, dict[Any, tuple[int, ...]]] = {}
    for sign in instrument.signs:
        gates = [(n, gate) for n, gate in enumerate(instrument.gates) if sign.id in gate.items]
        found[sign.id] = {
            option: tuple(n for n, g in gates if matches(g, np.array([encode(sign, option)]))[0])
            for option in kind_of(sign).possible(sign)
        }
    return found


def _counted(counts: tuple[int, ...], met: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(count + (n in met) for n, count in enumerate(counts))


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
    scales = [instrument.scales[n] for n in group]
    steps = {n: _steps(instrument, instrument.scales[n]) for n in group}
    sheet = sheet_of(instrument, answers)
    alone: set[Points] = {tuple(float(sheet.own_points(n)[0]) for n in group)}
    for item_id, every in points_of(instrument, scales, alone=True).items():
        alone = more_points(alone, _still(instrument, answers, item_id, every))
    found: set[Bands] = set()
    by_points: dict[Points, dict[Within, int]] = {}
    for (within, points), bits in _reach_sums(instrument, answers, steps).items():
        by_points.setdefault(points, {})[within] = bits
    for points, sums in by_points.items():
        added = np.array(sorted(more_points(alone, [points])))
        sorts = [
            _sort_sums(instrument.scales[n], steps[n].size, added[:, at])
            for at, n in enumerate(group)
        ]
        for within, bits in sums.items():
            limits = tuple(within[n] for n in group)
            found |= _bands_of(group, [steps[n].size for n in group], sorts, bits, limits)
    return found


def _still(
    instrument: Instrument, answers: Answers, item_id: str, every: list[Points]
) -> list[Points]:
    """Return what an item can still add, of what each of its possible answers adds."""
    possible = kind_of(item := instrument.by_id[item_id]).possible(item)
    return [every[possible.index(answers[item_id])]] if item_id in answers else every


def _sort_sums(scale: Scale, size: int, added: NDArray[np.float64]) -> tuple[Ints, Ints]:
    """Return for each sum its sort, and the bands of each sort (sorts, added).

    Sums of one sort fall into the same band, whatever is added.
    """
    different, back = np.unique(added, return_inverse=True)
    scores = cut(np.add.outer(np.arange(size + 1) * TOP / size, different))
    found = bands(np.array([b.below for b in scale.bands[:-1]], float), scores)
    changes = (found[1:] != found[:-1]).any(axis=1)
    first = np.concatenate([[0], np.flatnonzero(changes) + 1])
    sort = np.concatenate([[0], np.cumsum(changes)]).astype(np.int64)
    return sort, found[first][:, back]


def _bands_of(
    group: tuple[int, ...],
    sizes: list[int],
    sorts: list[tuple[Ints, Ints]],
    bits: int,
    within: Within,
) -> set[Bands]:
    """Return the bands of all sums that are set in ``bits``, whatever is added, within limits."""
    at, places = _set_bits(bits), []
    for size, (sort, _) in zip(sizes, sorts, strict=True):
        at, sums = np.divmod(at, size + 1)
        places.append(sort[sums])
    shape = tuple(len(table) for _, table in sorts)
    there = np.zeros(shape, bool)
    there[tuple(places)] = True
    raw = [table[rows].ravel() for rows, (_, table) in zip(np.nonzero(there), sorts, strict=True)]
    found = limit_bands(raw, within)
    # numbered, because numbers are told apart far sooner than rows
    most = tuple(int(band.max()) + 1 for band in found)
    cases = np.unique(np.ravel_multi_index(found, most))
    rows = np.stack(np.unravel_index(cases, most), axis=1)
    return {tuple(zip(group, row, strict=True)) for row in rows.tolist()}


def _steps(instrument: Instrument, scale: Scale) -> Steps:
    """Return the steps of ``scale``."""
    zero, weight, span = {}, {}, {}
    for tie in scale.ratings:
        low, high = _range(instrument.by_id[tie.id])
        zero[tie.id], weight[tie.id], span[tie.id] = (
            high if tie.reverse else low,
            tie.weight or 0,
            high - low,
        )
    fine = math.lcm(*span.values())
    unit = {i: weight[i] * fine // span[i] for i in span}
    return Steps(zero, unit, fine * sum(weight.values()))


def _range(item: Item) -> tuple[int, int]:
    assert item.min is not None  # noqa: S101  # the loader saw to it
    assert item.max is not None  # noqa: S101
    return item.min, item.max


def _reach_sums(
    instrument: Instrument, answers: Answers, steps: dict[int, Steps]
) -> dict[State, int]:
    """Return the reachable sums as bits, apart by the state that goes with them."""
    strides = dict(
        zip(
            steps,
            itertools.accumulate((s.size + 1 for s in steps.values()), int.__mul__, initial=1),
            strict=False,
        )
    )
    scales = [instrument.scales[n] for n in steps]
    tied = points_of(instrument, scales, alone=False)
    here = {s.id for s in scales}
    lines = [c.item for c in instrument.caps if c.scale in here]
    lines += [f.item for f in instrument.floors if f.scale in here and f.item]
    items = dict.fromkeys([*itertools.chain(*(s.unit for s in steps.values())), *lines])
    none = (0.0,) * len(scales)
    layout = layout_of(instrument)
    sums: dict[State, int] = {(_own_limits(layout, answers), none): 1}
    for item_id in items:
        item = instrument.by_id[item_id]
        low, _ = _range(item)
        possible = kind_of(item).possible(item)
        ratings = [answers[item_id]] if item_id in answers else possible
        within = _limits_by_rating(instrument)[item_id]
        grown: dict[State, int] = {}
        for rating in map(int, ratings):
            shift = sum(
                strides[s] * step.unit[item_id] * abs(rating - step.zero[item_id])
                for s, step in steps.items()
                if item_id in step.unit
            )
            more = tied[item_id][rating - low] if item_id in tied else none
            for (before, points), bits in sums.items():
                state = (
                    _narrowed(before, within[rating - low]),
                    next(iter(more_points({points}, [more]))),
                )
                grown[state] = grown.get(state, 0) | bits << shift
        sums = grown
    return sums


@lru_cache(maxsize=8)
def _limits_by_rating(instrument: Instrument) -> Mapping[str, list[Within]]:
    """Return for each item that is rated the limits that each of its ratings sets."""
    layout, found = layout_of(instrument), {}
    for item in (i for i in instrument.of_kind("rating") if i.id in layout.columns):
        possible = np.array(kind_of(item).possible(item), float)
        found[item.id] = _limits(layout, {item.id: possible}, len(possible))
    return found


def _own_limits(layout: Layout, answers: Answers) -> Within:
    """Return the limits that own items set."""
    own = {k: encode(layout.instrument.by_id[k], v) for k, v in answers.items() if is_own(k)}
    coded = {k: np.array([v]) for k, v in own.items() if k in layout.columns}
    return _limits(layout, coded, 1)[0] if coded else _widest(layout.instrument)


@lru_cache(maxsize=8)
def _widest(instrument: Instrument) -> Within:
    """Return the limits where no line holds."""
    return _limits(layout_of(instrument), {}, 1)[0]


def _limits(layout: Layout, coded: dict[str, NDArray[np.float64]], rows: int) -> list[Within]:
    """Return the limits that some coded answers set, row by row."""
    sheet = sheet_from(layout, coded, rows)
    limits = [
        [np.broadcast_to(end, rows).tolist() for end in ends]
        for ends in limits_of(layout, sheet.held(layout.caps), sheet.held(layout.floors))
    ]
    return [tuple((most[n], least[n]) for most, least in limits) for n in range(rows)]


def _narrowed(one: Within, other: Within) -> Within:
    """Return the limits of both."""
    return tuple((min(a, c), max(b, d)) for (a, b), (c, d) in zip(one, other, strict=True))


def _set_bits(bits: int) -> NDArray[np.int64]:
    """Return the numbers of the bits that are set."""
    raw = np.frombuffer(bits.to_bytes(bits.bit_length() // 8 + 1, "little"), np.uint8)
    return np.flatnonzero(np.unpackbits(raw, bitorder="little"))
