"""What must hold for caps, floors and gates: what they name, and that they do not contradict."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workbook.instrument.checking_content import known
from workbook.instrument.items import SIGN_ANSWERS
from workbook.instrument.scales import WITHHOLDABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Cap, Floor, Gate, Scale
    from workbook.text.report import Report


def check_limits(instrument: Instrument, report: Report) -> None:
    """Note the faults of caps and floors in ``report``."""
    scales = {s.id: s for s in instrument.scales}
    sound = True
    for n, cap in enumerate(instrument.caps, start=1):
        sound &= _check_line(instrument, cap, f"cap[{n}]", scales, report)
    for n, floor in enumerate(instrument.floors, start=1):
        sound &= _check_line(instrument, floor, f"floor[{n}]", scales, report)
    if sound:
        _check_contradictions(instrument, scales, report)


def _check_line(
    instrument: Instrument, line: Cap | Floor, key: str, scales: Mapping[str, Scale], report: Report
) -> bool:
    """Note the faults of one cap or floor; return whether what it names is there."""
    side = getattr(line, "own", "")
    sound = _check_own(instrument, side, key, report) if side else True
    if side and line.item:
        report.add(f"{key}.own", "item-or-own")
    elif not side:
        ratings = [i.id for i in instrument.of_kind("rating") if i.scored]
        sound &= known(f"{key}.item", [line.item], ratings, report)
    name = "at_least" if hasattr(line, "at_least") else "at_most"
    if sound_scale := known(f"{key}.scale", [line.scale], scales, report):
        bands = (b.id for b in scales[line.scale].bands)
        sound &= known(f"{key}.{name}", [getattr(line, name)], bands, report)
    if line.below is None and line.above is None:
        report.add(f"{key}.below", "missing")
    return sound and sound_scale


def _check_own(instrument: Instrument, side: str, key: str, report: Report) -> bool:
    own = instrument.own
    sides = [s.id for s in own.sides] if own else []
    sound = known(f"{key}.own", [side], sides, report)
    if own and own.min < 0:
        report.add(f"{key}.own", "own-negative", low=own.min)
    return sound


def _check_contradictions(
    instrument: Instrument, scales: Mapping[str, Scale], report: Report
) -> None:
    """Note where a floor asks for a higher band than a cap allows, both at once."""
    for f, floor in enumerate(instrument.floors, start=1):
        order = [b.id for b in scales[floor.scale].bands]
        for c, cap in enumerate(instrument.caps, start=1):
            if cap.scale != floor.scale:
                continue
            apart = order.index(floor.at_least) > order.index(cap.at_most)
            if apart and _meet(instrument, cap, floor):
                report.add(
                    f"floor[{f}]", "cap-floor", cap=f"cap[{c}]", scale=cap.scale,
                    most=cap.at_most, least=floor.at_least,
                )  # fmt: skip


def _meet(instrument: Instrument, cap: Cap, floor: Floor) -> bool:
    """Return whether both can hold at once."""
    if cap.item == floor.item:
        return any(cap.holds(r) and floor.holds(r) for r in ratings_of(instrument, cap.item))
    capping = any(cap.holds(r) for r in ratings_of(instrument, cap.item))
    return capping and any(floor.holds(n) for n in numbers_of(instrument, floor))


def ratings_of(instrument: Instrument, item_id: str) -> range:
    """Return every rating that an item can have."""
    item = instrument.by_id[item_id]
    return range(item.min or 0, (item.max or 0) + 1)


def numbers_of(instrument: Instrument, floor: Floor) -> range | set[int]:
    """Return every number that a floor may look at: a rating, or rating times weight."""
    own = instrument.own
    if not floor.own or own is None:
        return ratings_of(instrument, floor.item)
    weights = range(1, own.weight + 1)
    return {rating * weight for rating in range(own.min, own.max + 1) for weight in weights}


def check_gates(instrument: Instrument, report: Report) -> None:
    """Note the faults of gates in ``report``."""
    signs = [i.id for i in instrument.signs]
    outcomes = [o.id for o in instrument.outcomes]
    for n, gate in enumerate(instrument.gates):
        key = f"gate[{gate.id}]"
        if not gate.items:
            report.add(f"{key}.items", "missing")
        elif not 1 <= gate.at_least <= len(set(gate.items)):
            report.add(f"{key}.at_least", "count", most=len(set(gate.items)))
        for name, count in Counter(gate.items).items():
            if count > 1:
                report.add(f"{key}.items", "double", name=name, count=count)
        known(f"{key}.items", gate.items, signs, report)
        known(f"{key}.when", [gate.when], (*SIGN_ANSWERS, "blank"), report)
        known(f"{key}.outcome", [gate.outcome], outcomes, report)
        known(f"{key}.instead_of", gate.instead_of, outcomes, report)
        known(f"{key}.withhold", gate.withhold, WITHHOLDABLE, report)
        for earlier in instrument.gates[:n]:
            if _shadows(earlier, gate):
                report.add(key, "never-gate", first=earlier.id)


def _shadows(earlier: Gate, gate: Gate) -> bool:
    beyond = set(gate.items) - set(earlier.items)
    same = earlier.when == gate.when and gate.at_least - len(beyond) >= earlier.at_least
    narrower = bool(gate.instead_of) and set(gate.instead_of) <= set(earlier.instead_of)
    return same and (not earlier.instead_of or narrower)
