"""The ways to go on, side by side: which answers speak for each and which against, and the choice.

Each answer that counts pulls towards contact or away from it, by its weight times its distance from
the middle of its range. For the ways nearer to contact one side speaks for, for the others the
other. The ways between ask less of an answer: a weak one does not speak against them, and a strong
one speaks for them no more than a middling one. Nothing here says which way is better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.instrument.content import is_own, own_field
from workbook.instrument.kinds import is_scored
from workbook.instrument.scales import NOT_ENOUGH, TOP
from workbook.reflection.deciding import binding, signs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.instrument.answers import Answers
    from workbook.instrument.content import Own, Side, Way
    from workbook.instrument.items import Item
    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import ItemWeight
    from workbook.scoring.assessment import Assessment

MOST = 3  # answers named for a way, and against it
MIDDLE = TOP / 2


@dataclass(frozen=True)
class Spoken:
    """One answer in the words of its item; a rating with its ``value`` of ``most``.

    Of signs that decide, ``text`` holds their names and ``signs`` how they were answered.
    """

    item: str
    text: str
    value: int | None = None
    most: int | None = None
    signs: str = ""


@dataclass(frozen=True)
class Case:
    """One way and the answers that weigh most for and against it: what decides, then by weight.

    ``in_line`` says that the outcome is one of the way's.
    """

    way: Way
    pro: tuple[Spoken, ...]
    contra: tuple[Spoken, ...]
    in_line: bool


@dataclass(frozen=True)
class _Pull:
    """How an answer pulls: ``size`` is its weight, ``lean`` from -1 (away) to 1 (contact)."""

    spoken: Spoken
    size: float
    lean: float

    def speaks(self, place: float) -> float:
        """Return how much it speaks for a way at ``place`` (-1 to 1), below 0 against it."""
        leaning = self.lean * (1 if place > 0 else -1)
        if leaning >= 0:
            return self.size * min(leaning, abs(place))
        return self.size * min(0.0, leaning + (1 - abs(place)) / 2)


def is_comparable(assessment: Assessment) -> bool:
    """Return whether there are scores, and so something to compare the ways by."""
    scales = assessment.instrument.rule_scales
    scores = [assessment.scores[s.id].value for s in scales]
    withheld = assessment.withheld & {"choice", "scores"}
    return bool(scores) and None not in scores and not withheld


def compare(assessment: Assessment) -> tuple[Case, ...]:
    """Return the case of each way, in file order; empty where there is nothing to compare."""
    instrument = assessment.instrument
    if not is_comparable(assessment):
        return ()
    pulls, places = list(_pulls(instrument, assessment.answers)), _places(instrument)
    first = {line.item for line in binding(assessment)}
    said = assessment.outcome if assessment.outcome != NOT_ENOUGH else None
    cases = []
    for way in instrument.ways:
        place, signs = places.get(way.id, 0.0), _signs(assessment, way)
        pro, contra = (
            (*signs[sign], *_foremost(pulls, place, sign, first))[:MOST] for sign in (1, -1)
        )
        cases.append(Case(way, pro, contra, said in way.outcomes))
    return tuple(cases)


def _signs(assessment: Assessment, way: Way) -> dict[int, tuple[Spoken, ...]]:
    """Return the signs that decide: for the ways (1) as far as their outcome, against others (-1).

    Signs that are still open speak for nothing.
    """
    instrument, gate = assessment.instrument, assessment.gate
    names = signs_of(assessment, gate) if gate else ()
    if gate is None or not names:
        return {1: (), -1: ()}
    order = [o.id for o in instrument.outcomes if o.ordered]
    end = order.index(gate.outcome) if gate.outcome in order else 0
    spoken = tuple(Spoken(gate.id, name, signs=gate.when) for name in names)
    near = [o in gate.instead_of or (o in order and order.index(o) < end) for o in way.outcomes]
    far = [gate.outcome in order and o in order and order.index(o) >= end for o in way.outcomes]
    return {1: spoken if any(far) else (), -1: spoken if any(near) else ()}


def _foremost(pulls: list[_Pull], place: float, sign: int, first: set[str]) -> tuple[Spoken, ...]:
    """Return the answers that speak most for a way (``sign`` 1) or against it (-1).

    ``first``: the items of caps and floors that bind; what they say comes before the rest.
    """
    if not place:
        return ()
    weighed = [(round(sign * pull.speaks(place), 9), pull.spoken) for pull in pulls]
    found = [w for w in weighed if w[0] > 0]
    found.sort(key=lambda w: (w[1].item not in first, -w[0]))  # stable: file order
    return tuple(spoken for _, spoken in found[:MOST])


def _places(instrument: Instrument) -> dict[str, float]:
    """Return where each way stands between the furthest (-1) and the closest (1)."""
    order = [o.id for o in instrument.outcomes if o.ordered]
    nearest = {
        way.id: min(order.index(o) for o in way.outcomes if o in order)
        for way in instrument.ways
        if any(o in order for o in way.outcomes)
    }
    ranks = sorted(set(nearest.values()))
    if len(ranks) < 2:  # noqa: PLR2004  # one place is neither near nor far
        return {}
    return {w: 1 - 2 * ranks.index(n) / (len(ranks) - 1) for w, n in nearest.items()}


def _pulls(instrument: Instrument, answers: Answers) -> Iterator[_Pull]:
    """Yield how each answer pulls that counts and has words for what it says, in file order."""
    for scale in instrument.rule_scales:
        whole = sum(t.weight or 0 for t in scale.ratings)
        point = whole / MIDDLE  # the weight that moves the score by a point, from the middle
        sign = -1 if scale.better == "low" else 1
        for tie in scale.items:
            item = instrument.by_id[tie.id]
            if (answer := answers.get(tie.id)) is not None:
                size = float(tie.weight or 0) if tie.add is None else tie.add * point
                yield from _pull(item, tie, int(answer), size, sign)
        if instrument.own is not None:
            sides = [s for s in instrument.own.sides if s.scale == scale.id]
            yield from _own_pulls(instrument, instrument.own, sides, answers, point * sign)


def _pull(item: Item, tie: ItemWeight, answer: int, size: float, sign: int) -> Iterator[_Pull]:
    """Yield how one answer pulls; what adds points adds them or does nothing."""
    if item.kind == "check":
        if answer and item.when_ticked:
            yield _Pull(Spoken(item.id, item.when_ticked), size, sign)
        return
    low, high = item.min or 0, item.max or 0
    from_middle = 2 * (answer - low) / (high - low) - 1
    lean = -from_middle if tie.reverse else from_middle
    text = item.when_high if from_middle > 0 else item.when_low
    if text and (tie.add is None or lean > 0):
        yield _Pull(Spoken(item.id, text, answer, high), size, lean * sign)


def _own_pulls(
    instrument: Instrument, own: Own, sides: list[Side], answers: Answers, point: float
) -> Iterator[_Pull]:
    """Yield how own items pull, in the person's words."""
    here = {s.id for s in sides}
    for item in instrument.own_items:
        if not is_own(item.id, "rating") or answers.get(own_field(item.id, "side")) not in here:
            continue
        rating = answers.get(item.id)
        if rating is None:
            continue
        text = str(answers.get(own_field(item.id, "text"), "")).strip() or own.title
        share = (int(rating) - own.min) / (own.max - own.min)
        weight = int(answers.get(own_field(item.id, "weight"), 1))
        lean = share if point > 0 else -share
        yield _Pull(
            Spoken(item.id, text, int(rating), own.max), own.add * weight * abs(point), lean
        )


def lean_item(instrument: Instrument) -> Item | None:
    """Return the question which of the ways somebody leans to, if it is asked."""
    ways = {w.id for w in instrument.ways}
    asked = (i for i in instrument.of_kind("choice") if ways <= {o.id for o in i.options})
    return next(asked, None) if ways else None


def sure_item(instrument: Instrument) -> Item | None:
    """Return the question how sure somebody is of that, if it is asked."""
    lean = lean_item(instrument)
    here = instrument.in_chapter(lean.chapter) if lean else ()
    return next((i for i in here if i.kind == "rating" and not is_scored(i)), None)
