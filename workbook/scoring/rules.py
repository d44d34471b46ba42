"""From scores to outcomes, over arrays: caps, the rule table, and the gates that come before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from workbook.instrument.items import SIGN_ANSWERS
from workbook.instrument.scales import NOT_ENOUGH
from workbook.scoring.arrays import NO_BAND, ScaleScores, score_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Gate
    from workbook.scoring.sheet import Sheet

    Floats: TypeAlias = NDArray[np.float64]
    Bools: TypeAlias = NDArray[np.bool_]
    Ints: TypeAlias = NDArray[np.int64]

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

    ``bands`` are after caps, one array a scale; ``capped`` is (rows, caps).
    """

    scores: tuple[ScaleScores, ...]
    bands: tuple[Ints, ...]
    capped: Bools
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
            sheet.ticks(n),
            sheet.weights(n) if weightings is None else weightings[n],
            counted=len(arrays.ratings),
        )
        for n, arrays in enumerate(sheet.layout.scales)
    )
    held = [cap.holds(sheet.column(cap.item)) for cap in instrument.caps]
    bands, capped = apply_caps(instrument, [s.band for s in scores], held)
    rule, base = apply_table(instrument, bands, len(sheet.values))
    outcome, gate = _gates(sheet, base)
    return Verdicts(scores, bands, capped, rule, outcome, gate)


def apply_caps(
    instrument: Instrument, bands: Sequence[Ints], held: Sequence[Bools]
) -> tuple[tuple[Ints, ...], Bools]:
    """Return the bands after the caps that hold, and which caps changed a band (rows, caps)."""
    ids = [s.id for s in instrument.scales]
    limited, capped = list(bands), []
    for cap, applies_at_all in zip(instrument.caps, held, strict=True):
        scale = ids.index(cap.scale)
        most = [b.id for b in instrument.scales[scale].bands].index(cap.at_most)
        applies = applies_at_all & (bands[scale] > most)
        limited[scale] = np.where(applies, np.minimum(limited[scale], most), limited[scale])
        capped.append(applies)
    rows = max((len(b) for b in bands), default=0)
    return tuple(limited), np.array(capped, bool).reshape(len(capped), rows).T


def regions(sheet: Sheet) -> dict[tuple[int, ...], str]:
    """Return the outcome of each combination of bands under the caps and signs of a person."""
    instrument = sheet.layout.instrument
    table = table_of(instrument)
    cells = list(np.ndindex(table.first.shape)) if table.scales else []
    bands = [np.zeros(len(cells), np.int64) for _ in instrument.scales]
    for n, scale in enumerate(table.scales):
        bands[scale] = np.array([cell[n] for cell in cells])
    held = [cap.holds(sheet.column(cap.item)) for cap in instrument.caps]
    capped, _ = apply_caps(instrument, bands, held)
    outcome, _ = _gates(sheet, apply_table(instrument, capped, len(cells))[1])
    return {cell: instrument.outcomes[n].id for cell, n in zip(cells, outcome, strict=True)}


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
    return rule, np.where(missing, table.not_enough, table.rule_outcome[rule])


def _gates(sheet: Sheet, base: Ints) -> tuple[Ints, Ints]:
    """Return the outcome of each row once its signs have had their say, and the gate that did."""
    gates = sheet.layout.instrument.gates
    asked = [np.array([sheet.column(i) for i in gate.items]) for gate in gates]
    met: list[Bools] = [matches(g, a).max(axis=0) for g, a in zip(gates, asked, strict=True)]
    return apply_gates(sheet.layout.instrument, met, base)


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
            applies = applies & np.isin(base, [outcomes.index(o) for o in gate.instead_of])
        outcome = np.where(applies, outcomes.index(gate.outcome), outcome)
        decided = np.where(applies, n, decided)
    return outcome, decided
