"""From scores to outcomes, over arrays: caps and floors, the rule table, the gates before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from workbook.instrument.items import SIGN_ANSWERS
from workbook.instrument.scales import NOT_ENOUGH
from workbook.scoring.arrays import NO_BAND, ScaleScores, score_scale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Gate
    from workbook.scoring.sheet import Layout, Sheet

    Floats: TypeAlias = NDArray[np.float64]
    Bools: TypeAlias = NDArray[np.bool_]
    Ints: TypeAlias = NDArray[np.int64]
    # the highest and the lowest band of each scale, a row each or for all rows
    Limits: TypeAlias = tuple[tuple[Ints | int, Ints | int], ...]

NONE = -1


@dataclass(frozen=True, eq=False)
class Table:
    """The rule table as arrays: ``first`` holds, by bands of ``scales``, the rule that fires."""

    scales: tuple[int, ...]
    first: Ints
    rule_outcome: Ints
    not_enough: int


@dataclass(frozen=True, eq=False)
class Verdicts:
    """What the rules say of each row, as indices into the instrument's tuples; -1 for none.

    ``bands`` are after caps and floors, one array a scale; ``caps`` and ``floors`` (rows,
    lines) say which hold. ``limits`` are those of :func:`limits_of`.
    """

    scores: tuple[ScaleScores, ...]
    bands: tuple[Ints, ...]
    caps: Bools
    floors: Bools
    limits: Limits
    rule: Ints
    outcome: Ints
    gate: Ints


def judge(sheet: Sheet, weightings: Sequence[Floats] | None = None) -> Verdicts:
    """Return scores and outcome of every row of ``sheet``.

    ``weightings`` holds one (weightings, ratings) array a scale for a sheet of one row; the result
    then has a row a weighting.
    """
    instrument = sheet.layout.instrument
    scores = tuple(
        score_scale(
            arrays,
            sheet.points(n),
            sheet.shares(n),
            sheet.own_points(n),
            arrays.weights if weightings is None else weightings[n],
        )
        for n, arrays in enumerate(sheet.layout.scales)
    )
    caps, floors = sheet.held(sheet.layout.caps), sheet.held(sheet.layout.floors)
    limits = limits_of(sheet.layout, caps, floors)
    bands = limit_bands([score.band for score in scores], limits)
    rule, base = apply_table(instrument, bands, len(sheet.values))
    outcome, gate = _gates(sheet, base)
    return Verdicts(scores, bands, caps, floors, limits, rule, outcome, gate)


def lines_that_matter(layout: Layout, verdicts: Verdicts) -> tuple[Bools, Bools]:
    """Return which caps and which floors change a band (rows, lines)."""
    raw = np.stack([score.band for score in verdicts.scores], axis=1)
    found = [raw[:, lines.scale] for lines in (layout.caps, layout.floors)]
    capped = verdicts.caps & (found[0] > layout.caps.band)
    floored = verdicts.floors & (found[1] < layout.floors.band) & (found[1] != NO_BAND)
    return capped, floored


def outcome_without_limits(sheet: Sheet, verdicts: Verdicts) -> Ints:
    """Return the outcome of each row if there were neither caps nor floors."""
    instrument = sheet.layout.instrument
    raw = [score.band for score in verdicts.scores]
    outcome, _ = _gates(sheet, apply_table(instrument, raw, len(sheet.values))[1])
    return outcome


def limits_of(layout: Layout, caps: Bools, floors: Bools) -> Limits:
    """Return the highest and the lowest band of each scale, under caps and floors that hold."""
    limits: list[tuple[Ints | int, Ints | int]] = []
    for n, scale in enumerate(layout.instrument.scales):
        most: Ints | int = len(scale.bands) - 1
        least: Ints | int = 0
        for band, here in layout.caps.strictest[n]:
            most = np.where(caps[:, here].any(axis=1), band, most)
        for band, here in layout.floors.strictest[n]:
            least = np.where(floors[:, here].any(axis=1), band, least)
        limits.append((most, least))
    return tuple(limits)


def limit_bands(raw: Sequence[Ints], limits: Limits) -> tuple[Ints, ...]:
    """Return bands within their limits. The loader lets no cap contradict a floor."""
    return tuple(
        np.where(band == NO_BAND, NO_BAND, np.maximum(np.minimum(band, most), least))
        for band, (most, least) in zip(raw, limits, strict=True)
    )


def regions(sheet: Sheet) -> dict[tuple[int, ...], str]:
    """Return the outcome of each combination of bands under a person's caps, floors and signs."""
    instrument = sheet.layout.instrument
    table = table_of(instrument)
    cells = list(np.ndindex(table.first.shape)) if table.scales else []
    bands = [np.zeros(len(cells), np.int64) for _ in instrument.scales]
    for n, scale in enumerate(table.scales):
        bands[scale] = np.array([cell[n] for cell in cells])
    caps, floors = sheet.held(sheet.layout.caps), sheet.held(sheet.layout.floors)
    limited = limit_bands(bands, limits_of(sheet.layout, caps, floors))
    outcome, _ = _gates(sheet, apply_table(instrument, limited, len(cells))[1])
    return {cell: instrument.outcomes[n].id for cell, n in zip(cells, outcome, strict=True)}


@lru_cache(maxsize=8)
def plain_regions(instrument: Instrument) -> Mapping[tuple[int, ...], str]:
    """Return the outcome of each combination of bands by the rules alone: nobody's limits."""
    table = table_of(instrument)
    return MappingProxyType(
        {
            tuple(map(int, cell)): instrument.outcomes[table.rule_outcome[rule]].id
            for cell, rule in np.ndenumerate(table.first)
            if table.scales
        }
    )


@lru_cache(maxsize=8)
def table_of(instrument: Instrument) -> Table:
    """Return the rule table of ``instrument`` as arrays."""
    scales, outcomes = instrument.rule_scales, [o.id for o in instrument.outcomes]
    first = np.full([len(s.bands) for s in scales], NONE)
    for cell, case in zip(np.ndindex(first.shape), instrument.rule_cases(), strict=True):
        if instrument.rules:
            first[cell] = next(n for n, r in enumerate(instrument.rules) if r.fits(case))
    return Table(
        tuple(instrument.scales.index(s) for s in scales),
        first,
        np.array([outcomes.index(r.outcome) for r in instrument.rules], np.int64),
        outcomes.index(NOT_ENOUGH) if instrument.rules else NONE,
    )


def apply_table(instrument: Instrument, bands: Sequence[Ints], rows: int) -> tuple[Ints, Ints]:
    """Return for each row the rule that fires and its outcome ("not-enough" without a score)."""
    table = table_of(instrument)
    if not instrument.rules:
        return np.full(rows, NONE), np.full(rows, NONE)
    looked_at = [bands[s] for s in table.scales] or [np.zeros(rows, np.int64)]
    missing = np.any(np.equal(looked_at, NO_BAND), axis=0)
    cell = tuple(np.where(missing, 0, b) for b in looked_at) if table.scales else ()
    rule = np.where(missing, NONE, table.first[cell])
    return rule, np.where(missing, table.not_enough, table.rule_outcome.take(rule))


def _gates(sheet: Sheet, base: Ints) -> tuple[Ints, Ints]:
    """Return the outcome of each row once its signs have had their say, and the gate that did."""
    layout = sheet.layout
    gates = layout.instrument.gates
    met: list[Bools] = []
    for gate, signs in zip(gates, layout.signs, strict=True):
        there = matches(gate, sheet.taken(signs))
        # one is the usual case, and quicker
        count = there.any(axis=1) if gate.at_least == 1 else there.sum(axis=1)
        met.append(np.asarray(count) >= gate.at_least)
    return apply_gates(layout.instrument, met, base)


def matches(gate: Gate, signs: Floats) -> Bools:
    """Return where coded answers to signs are what ``gate`` looks for."""
    if gate.when == "blank":
        return np.isnan(signs)
    found: Bools = signs == SIGN_ANSWERS.index(gate.when)
    return found


def apply_gates(instrument: Instrument, met: Sequence[Bools], base: Ints) -> tuple[Ints, Ints]:
    """Return the outcome in place of ``base`` and the gate that decided (-1: none), a row each.

    ``met`` says for each gate where its signs are as it asks; the first gate that applies wins.
    """
    outcomes = [o.id for o in instrument.outcomes]
    outcome, decided = base.copy(), np.full(len(base), NONE)
    for n, (gate, there) in enumerate(zip(instrument.gates, met, strict=True)):
        applies = there & (decided == NONE)
        if gate.instead_of:
            # the last place is that of no outcome, -1
            replaced = np.array([*(o in gate.instead_of for o in outcomes), False])
            applies = applies & replaced.take(base)
        outcome = np.where(applies, outcomes.index(gate.outcome), outcome)
        decided = np.where(applies, n, decided)
    return outcome, decided
