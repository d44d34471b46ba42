"""The rules of scoring once more, slow and plain: one person, exact fractions, no arrays.

Written from the description of the method, to be compared with the module.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from workbook.instrument.items import Item
from workbook.instrument.model import Instrument
from workbook.instrument.scales import Cap, Floor, Scale

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


def own_items(
    instrument: Instrument, answers: Mapping[str, object]
) -> Iterator[tuple[str, int, Fraction]]:
    """Side, rating times weight, and points of each own item; a weight left blank is 1."""
    own = instrument.own
    for n in range(1, own.most + 1) if own else ():
        rating, weight = answers.get(f"own.{n}.rating"), answers.get(f"own.{n}.weight") or 1
        side = answers.get(f"own.{n}.side")
        if own and isinstance(side, str) and isinstance(rating, int) and isinstance(weight, int):
            share = Fraction(rating - own.min, own.max - own.min)
            yield side, rating * weight, Fraction(own.add) * weight * share


def own_points(instrument: Instrument, scale: Scale, answers: Mapping[str, object]) -> Fraction:
    """Return what own items add to a score: each side no more than it may."""
    added = Fraction(0)
    for side in instrument.own.sides if instrument.own else ():
        if side.scale == scale.id:
            points = [p for s, _, p in own_items(instrument, answers) if s == side.id]
            total = sum(points, Fraction(0))
            added += total if side.at_most is None else min(total, Fraction(side.at_most))
    return added


def added(
    instrument: Instrument, scale: Scale, answers: Mapping[str, object], blank: Fraction
) -> Fraction:
    """Return what boxes and ratings add, with ``blank`` of their points for those left blank."""
    total = Fraction(0)
    for tie in scale.adding:
        answer, item = answers.get(tie.id), instrument.by_id[tie.id]
        if answer is None:
            share = blank
        elif item.kind == "check":
            share = Fraction(answer is True)
        else:
            share = percent(item, answer, reverse=tie.reverse) / 100
        total += share * Fraction(tie.add or 0)
    return total


def score(instrument: Instrument, scale: Scale, answers: Mapping[str, object]) -> Expected:
    """One score before caps, floors and gates."""
    parts: list[tuple[int, Fraction]] = []
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
    least, most = (added(instrument, scale, answers, Fraction(n)) for n in (0, 1))
    own = own_points(instrument, scale, answers)
    enough = len(answered) >= scale.min_answered and all(
        len(answered & set(need.items)) >= need.at_least for need in scale.require
    )
    value = shown(total / weighed + least + own) if enough and weighed else None
    return Expected(
        value,
        shown(total / (weighed + blank) + least + own),
        shown((total + blank * 100) / (weighed + blank) + most + own),
        len(answered),
        None if value is None else band_of(scale, value),
    )


def shown(score: Fraction) -> Fraction:
    return round(min(HUNDRED, score), 9)


def band_of(scale: Scale, value: Fraction) -> str:
    return next(b.id for b in scale.bands if b.below is None or value < Fraction(str(b.below)))


def bands(instrument: Instrument, answers: Mapping[str, object]) -> dict[str, str | None]:
    """Return the band of every score, after caps and floors."""
    found = {s.id: score(instrument, s, answers).band for s in instrument.scales}
    for line in instrument.limits:
        band = found[line.scale]
        if band is None or not any(beyond(line, n) for n in looked_at(instrument, line, answers)):
            continue
        order = [b.id for s in instrument.scales if s.id == line.scale for b in s.bands]
        if isinstance(line, Cap) and order.index(band) > order.index(line.at_most):
            found[line.scale] = line.at_most
        if isinstance(line, Floor) and order.index(band) < order.index(line.at_least):
            found[line.scale] = line.at_least
    return found


def looked_at(
    instrument: Instrument, line: Cap | Floor, answers: Mapping[str, object]
) -> list[int]:
    """Return the rating that a cap or floor looks at, or the sizes of own items."""
    if isinstance(line, Floor) and line.own:
        return [size for side, size, _ in own_items(instrument, answers) if side == line.own]
    rating = answers.get(line.item)
    return [rating] if isinstance(rating, int) else []


def beyond(line: Cap | Floor, number: int) -> bool:
    below = line.below is not None and number < line.below
    return below or (line.above is not None and number > line.above)


def outcome(instrument: Instrument, answers: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
    """Return the outcome of an instrument with rules, and what its gate withholds."""
    base = from_rules(instrument, bands(instrument, answers))
    for gate in instrument.gates:
        given = [answers.get(sign) for sign in gate.items]
        wanted = None if gate.when == "blank" else gate.when
        if given.count(wanted) >= gate.at_least and (
            not gate.instead_of or base in gate.instead_of
        ):
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
