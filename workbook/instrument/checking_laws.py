"""Nothing worse may help: what of this law can be seen in the numbers of an instrument.

It is asked of instruments that say of a scale which end is ``better``; the others state no order.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from workbook.instrument.items import WORSE_SIGNS
from workbook.instrument.scales import NOT_ENOUGH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Cap, Floor, Gate
    from workbook.text.report import Report

    Counts = tuple[int, ...]  # how many signs of one sort have each of ANSWERS

ANSWERS = (*WORSE_SIGNS, "blank")
MOST_SIGNS = 100_000  # ways to answer the signs that are gone through; sorts of signs are few


def check_order(instrument: Instrument, report: Report) -> None:
    """Note where something worse would help; nothing where another fault stands in the way."""
    if report.faults or not any(s.better for s in instrument.scales):
        return
    if any(o.id == NOT_ENOUGH and o.ordered for o in instrument.outcomes):
        report.add(f"outcome[{NOT_ENOUGH}].ordered", "ordered")
        return
    _check_directions(instrument, report)
    _check_rules(instrument, report)
    _check_gates(instrument, report)
    if not report.faults:
        _check_signs(instrument, report)


def _check_directions(instrument: Instrument, report: Report) -> None:
    """Note where a higher answer is better by one place of the file, and worse by another."""
    first: dict[str, tuple[bool, str]] = {}
    for name, place, good in _directions(instrument):
        was, other = first.setdefault(name, (good, place))
        if was != good:
            report.add(place, "two-ways", name=name, other=other)


def _directions(instrument: Instrument) -> Iterator[tuple[str, str, bool]]:
    """Yield an item or side, a place that looks at it, and whether higher is better by that."""
    better = {s.id: s.better == "high" for s in instrument.scales if s.better}
    for scale in (s for s in instrument.scales if s.better):
        for tie in scale.items:
            yield tie.id, f"scale[{scale.id}].items[{tie.id}]", better[scale.id] != tie.reverse
    for side in instrument.own.sides if instrument.own else ():
        if side.scale in better:
            yield f"own {side.id}", f"own.sides[{side.id}]", better[side.scale]
    for n, cap in enumerate(instrument.caps, start=1):
        if cap.scale in better:
            yield from _line(cap.item, cap, f"cap[{n}]", lowers=True, high=better[cap.scale])
    for n, floor in enumerate(instrument.floors, start=1):
        if floor.scale in better:
            name = f"own {floor.own}" if floor.own else floor.item
            yield from _line(name, floor, f"floor[{n}]", lowers=False, high=better[floor.scale])


def _line(
    name: str, line: Cap | Floor, key: str, *, lowers: bool, high: bool
) -> Iterator[tuple[str, str, bool]]:
    """Yield what each end of a cap or floor says of its item."""
    harms = lowers == high  # it moves the band to the worse side
    if line.below is not None:
        yield name, f"{key}.below", harms
    if line.above is not None:
        yield name, f"{key}.above", not harms


def _check_rules(instrument: Instrument, report: Report) -> None:
    """Note where a worse band leads to an outcome that stands earlier."""
    order = _order(instrument)
    cases = list(instrument.rule_cases()) if instrument.rules else []
    for scale in (s for s in instrument.rule_scales if s.better):
        bands = [b.id for b in scale.bands]
        worse = bands[::-1] if scale.better == "high" else bands
        for case in (c for c in cases if c[scale.id] == worse[0]):
            fired = [
                next(r for r in instrument.rules if r.fits({**case, scale.id: b})) for b in worse
            ]
            for (a, before), (b, after) in itertools.combinations(enumerate(fired), 2):
                if _earlier(order, after.outcome, before.outcome):
                    number = instrument.rules.index(after) + 1
                    report.add(
                        f"rule[{after.id or number}]", "rule-step", scale=scale.id, old=worse[a],
                        new=worse[b], before=before.outcome, after=after.outcome,
                    )  # fmt: skip


def _order(instrument: Instrument) -> dict[str, int]:
    return {o.id: n for n, o in enumerate(instrument.outcomes) if o.ordered}


def _earlier(order: Mapping[str, int], outcome: str, than: str) -> bool:
    """Return whether an outcome stands before another; none stands before one outside the order."""
    return outcome in order and than in order and order[outcome] < order[than]


def _check_gates(instrument: Instrument, report: Report) -> None:
    """Note gates whose outcome stands earlier than what they stand instead of."""
    order = _order(instrument)
    for gate in instrument.gates:
        for replaced in gate.instead_of or _bases(instrument):
            if _earlier(order, gate.outcome, replaced):
                report.add(f"gate[{gate.id}].outcome", "gate-order", name=replaced)


def _bases(instrument: Instrument) -> list[str]:
    """Return what the rules can say, in the order of the outcomes."""
    said = {rule.outcome for rule in instrument.rules}
    return [o.id for o in instrument.outcomes if o.id in said]


def _check_signs(instrument: Instrument, report: Report) -> None:
    """Note where a worse answer to a sign, or a worse outcome of the rules, leads earlier.

    Signs that stand in the same gates are of one sort: only how many are answered so matters.
    """
    order, bases = _order(instrument), _bases(instrument)
    sorts = Counter(
        tuple(g.id for g in instrument.gates if sign.id in g.items) for sign in instrument.signs
    )
    ways = math.prod(math.comb(n + len(ANSWERS) - 1, n) for n in sorts.values())
    if not bases or ways * len(bases) > MOST_SIGNS:
        return
    names = {sort: _sign_of(instrument, sort) for sort in sorts}

    @cache  # each is asked for again by all that are one answer away
    def outcomes(counts: tuple[Counts, ...]) -> list[str]:
        return [_outcome(instrument.gates, sorts, counts, base) for base in bases]

    for counts in itertools.product(*(_counts(n) for n in sorts.values())):
        found = outcomes(counts)
        for (base, before), (worse, after) in itertools.combinations(
            zip(bases, found, strict=True), 2
        ):
            if _earlier(order, base, worse) and _earlier(order, after, before):
                report.add("gate", "base-step", old=base, new=worse, before=before, after=after)
        for at, sort in enumerate(sorts):
            for old, new in _worse_answers(counts[at]):
                moved = (*counts[:at], _moved(counts[at], old, new), *counts[at + 1 :])
                for before, after in zip(found, outcomes(moved), strict=True):
                    if _earlier(order, after, before):
                        report.add(
                            "gate", "sign-step", name=names[sort], old=ANSWERS[old],
                            new=ANSWERS[new], before=before, after=after,
                        )  # fmt: skip


def _sign_of(instrument: Instrument, sort: tuple[str, ...]) -> str:
    return next(
        s.id
        for s in instrument.signs
        if tuple(g.id for g in instrument.gates if s.id in g.items) == sort
    )


def _counts(signs: int) -> Iterator[Counts]:
    """Yield each way to share ``signs`` among the answers."""
    for chosen in itertools.combinations_with_replacement(range(len(ANSWERS)), signs):
        yield tuple(chosen.count(n) for n in range(len(ANSWERS)))


def _worse_answers(counts: Counts) -> Iterator[tuple[int, int]]:
    for old, new in itertools.combinations(range(len(WORSE_SIGNS)), 2):
        if counts[old]:
            yield old, new


def _moved(counts: Counts, old: int, new: int) -> Counts:
    return tuple(c - (n == old) + (n == new) for n, c in enumerate(counts))


def _outcome(
    gates: tuple[Gate, ...], sorts: Counter[tuple[str, ...]], counts: tuple[Counts, ...], base: str
) -> str:
    """Return the outcome for so many signs of each sort with each answer."""
    for gate in gates:
        when = ANSWERS.index(gate.when)
        met = sum(c[when] for sort, c in zip(sorts, counts, strict=True) if gate.id in sort)
        if met >= gate.at_least and (not gate.instead_of or base in gate.instead_of):
            return gate.outcome
    return base
