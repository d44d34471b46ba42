"""The rules of scoring once more, slow and plain: one person, exact fractions, no arrays.

Written from the description of the method, to be compared with the module.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from workbook.instrument.items import Item
from workbook.instrument.model import Instrument
from workbook.instrument.scales import Scale

HUNDRED = Fraction(100)


@dataclass(frozen=True)
class Expected:
    value: Fraction | None
    low: Fraction
    high: Fraction
    answered: int
    band: str | None


def percent(item: Item, rating: object, *, reverse: bool) -> Fraction:
    assert isinstance(rating, int)
    assert item.min is not None
    assert item.max is not None
    share = Fraction(100 * (rating - item.min), item.max - item.min)
    return HUNDRED - share if reverse else share


def own_parts(
    instrument: Instrument, scale: Scale, answers: Mapping[str, object]
) -> Iterator[tuple[int, Fraction]]:
    """Weight and percent of each own item on this scale; a weight left blank is 1."""
    if instrument.own is None:
        return
    sides = [side.id for side in instrument.own.sides if side.scale == scale.id]
    for n in range(1, instrument.own.most + 1):
        rating, weight = answers.get(f"own.{n}.rating"), answers.get(f"own.{n}.weight") or 1
        if answers.get(f"own.{n}.side") in sides and rating is not None:
            assert isinstance(weight, int)
            item = instrument.by_id[f"own.{n}.rating"]
            yield weight, percent(item, rating, reverse=False)


def score(instrument: Instrument, scale: Scale, answers: Mapping[str, object]) -> Expected:
    """One score before caps and gates."""
    parts = list(own_parts(instrument, scale, answers))
    blank, answered = 0, set()
    for tie in scale.ratings:
        rating = answers.get(tie.id)
        if rating is None:
            blank += tie.weight or 0
        else:
            answered.add(tie.id)
            points = percent(instrument.by_id[tie.id], rating, reverse=tie.reverse)
            parts.append((tie.weight or 0, points))
    total = sum((weight * points for weight, points in parts), Fraction(0))
    weighed = sum(weight for weight, _ in parts)
    ticked = sum(Fraction(t.add or 0) for t in scale.checks if answers.get(t.id) is True)
    could = sum(Fraction(t.add or 0) for t in scale.checks if answers.get(t.id) is not False)
    enough = len(answered) >= scale.min_answered and all(
        len(answered & set(need.items)) >= need.at_least for need in scale.require
    )
    value = shown(total / weighed + ticked) if enough and weighed else None
    return Expected(
        value,
        shown(total / (weighed + blank) + ticked),
        shown((total + blank * 100) / (weighed + blank) + could),
        len(answered),
        None if value is None else band_of(scale, value),
    )


def shown(score: Fraction) -> Fraction:
    return round(min(HUNDRED, score), 9)


def band_of(scale: Scale, value: Fraction) -> str:
    return next(b.id for b in scale.bands if b.below is None or value < Fraction(str(b.below)))


def bands(instrument: Instrument, answers: Mapping[str, object]) -> dict[str, str | None]:
    """Return the band of every score, after caps."""
    found = {s.id: score(instrument, s, answers).band for s in instrument.scales}
    for cap in instrument.caps:
        rating, band = answers.get(cap.item), found[cap.scale]
        if not isinstance(rating, int) or band is None:
            continue
        below = cap.below is not None and rating < cap.below
        above = cap.above is not None and rating > cap.above
        order = [b.id for s in instrument.scales if s.id == cap.scale for b in s.bands]
        if (below or above) and order.index(band) > order.index(cap.at_most):
            found[cap.scale] = cap.at_most
    return found


def outcome(instrument: Instrument, answers: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
    """Return the outcome of an instrument with rules, and what its gate withholds."""
    base = from_rules(instrument, bands(instrument, answers))
    for gate in instrument.gates:
        given = [answers.get(sign) for sign in gate.items]
        met = None in given if gate.when == "blank" else gate.when in given
        if met and (not gate.instead_of or base in gate.instead_of):
            return gate.outcome, gate.withhold
    return base, ()


def from_rules(instrument: Instrument, found: Mapping[str, str | None]) -> str:
    named = {scale for rule in instrument.rules for scale in rule.when}
    if any(found[scale] is None for scale in named):
        return "not-enough"
    return next(
        r.outcome
        for r in instrument.rules
        if all(found[scale] in allowed for scale, allowed in r.when.items())
    )
