"""One person's result: scores, outcome, how firm it is, and what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

import numpy as np

from workbook.instrument.answers import check_answers
from workbook.instrument.content import own_key
from workbook.instrument.scales import NOT_ENOUGH
from workbook.scoring.arrays import score_parts
from workbook.scoring.counterfactuals import find_counterfactuals
from workbook.scoring.reach import has_blanks, reachable_outcomes
from workbook.scoring.rules import NONE, judge, lines_that_matter, outcome_without_limits, regions
from workbook.scoring.sensitivity import find_sensitivity
from workbook.scoring.sheet import sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from workbook.instrument.answers import Answers
    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Cap, Floor, Gate, Rule, Scale
    from workbook.scoring.counterfactuals import Counterfactual
    from workbook.scoring.rules import Verdicts
    from workbook.scoring.sensitivity import Sensitivity
    from workbook.scoring.sheet import Sheet

    Bools: TypeAlias = NDArray[np.bool_]

T = TypeVar("T")
Status: TypeAlias = Literal["settled", "leaning", "open"]


@dataclass(frozen=True)
class Score:
    """A scale's score from 0 to 100; None where it is not given or is withheld.

    ``low`` and ``high`` bound it whatever the blanks turn out to be; ``answered`` of ``asked``
    ratings of the mean; ``band`` is a band id, after caps and floors.
    """

    value: float | None
    low: float | None
    high: float | None
    answered: int
    asked: int
    band: str | None


@dataclass(frozen=True)
class Part:
    """What one item gives to a score: ``points`` (None: blank) of ``possible`` points."""

    item: str
    points: float | None
    possible: float


@dataclass(frozen=True)
class Assessment:
    """What the answers come to. The costlier parts are worked out when they are first read.

    ``caps`` and ``floors`` are those that change a band. ``decided_by`` holds the gate that
    decides; else all caps and floors that change a band, where the outcome without all of them
    would be another; None where the weights decide.
    """

    instrument: Instrument = field(repr=False)
    answers: Answers = field(repr=False)
    scores: Mapping[str, Score]
    outcome: str | None
    withheld: frozenset[str]
    gate: Gate | None
    rule: Rule | None
    caps: tuple[Cap, ...]
    floors: tuple[Floor, ...]
    decided_by: tuple[Gate | Cap | Floor, ...] | None

    @cached_property
    def reachable(self) -> frozenset[str | None]:
        """Every outcome the blanks could still lead to; None where no rule says any."""
        if not has_blanks(self.instrument, self.answers):
            return frozenset({self.outcome})  # nothing to try
        return reachable_outcomes(self.instrument, self.answers)

    @cached_property
    def status(self) -> Status | None:
        """Return "settled" if no way to fill the blanks changes the outcome, else "leaning".

        "open" where too little is answered; None for an instrument without outcomes.
        """
        if self.outcome is None:
            return None
        if self.outcome == NOT_ENOUGH:
            return "open"
        return "settled" if self.reachable == {self.outcome} else "leaning"

    @cached_property
    def changes(self) -> tuple[Counterfactual, ...]:
        """The smallest change of given answers to each other outcome that it can lead to.

        Empty unless every sign is answered "no".
        """
        return find_counterfactuals(self.instrument, self.answers)

    @cached_property
    def sensitivity(self) -> Sensitivity | None:
        """How the outcome fares under other weightings; None where there is none to speak of."""
        if self.withheld & {"scores", "outcome"}:
            return None
        return find_sensitivity(self.instrument, self.answers)

    @property
    def robustness(self) -> float | None:
        """Share (0..1) of other weightings under which the outcome stays, or None."""
        return self.sensitivity.share if self.sensitivity else None

    @cached_property
    def regions(self) -> Mapping[tuple[int, ...], str]:
        """The outcome of every combination of bands (numbers, by rule scale), all else as it is.

        That is under the caps, floors and signs of now. Empty for an instrument without outcomes.
        """
        return MappingProxyType(regions(sheet_of(self.instrument, self.answers)))

    @cached_property
    def closed(self) -> tuple[str, ...]:
        """The outcomes of the rules that no scores lead to while caps, floors, signs are as now."""
        listed = {r.outcome for r in self.instrument.rules} - set(self.regions.values())
        return tuple(o.id for o in self.instrument.outcomes if o.id in listed)

    @property
    def by_scores(self) -> str | None:
        """What the rule table alone would say; None where it has no say."""
        return self.rule.outcome if self.rule else None

    @cached_property
    def parts(self) -> Mapping[str, tuple[Part, ...]]:
        """What each item gives to each score, by scale id; empty where scores are withheld."""
        if "scores" in self.withheld:
            return MappingProxyType({s.id: () for s in self.instrument.scales})
        sheet = sheet_of(self.instrument, self.answers)
        return MappingProxyType(
            {s.id: _parts(sheet, n) for n, s in enumerate(self.instrument.scales)}
        )


def assess(instrument: Instrument, answers: Mapping[str, object]) -> Assessment:
    """Assess one person's answers: scores, outcome, and what stands behind them.

    Parameters
    ----------
    instrument
        What :func:`load_instrument` returned.
    answers
        Item id to value; missing or None means not answered. A rating is a whole number from the
        item's ``min`` to its ``max``, a check a bool, a sign "yes", "no" or "not sure", a choice
        the id of an option, a text a str. Own items are ``own.1.text`` and so on.

    Returns
    -------
    Assessment
        ``scores`` by scale id, each with ``value``, ``low`` and ``high`` (0 to 100, percent of
        the maximum possible, 9 places; None where not given or withheld), ``answered`` of
        ``asked`` ratings, and ``band``; ``outcome`` (an outcome's id), ``status`` ("settled",
        "leaning", "open"), ``withheld``, ``changes``, ``robustness`` (0 to 1, or None).

    Raises
    ------
    AnswerError
        For an unknown id or a value that is no answer: ``item``, ``value``, ``allowed``.

    Notes
    -----
    Percent of maximum possible: Cohen and others (1999). Weights, bands, caps, gates and rules
    are editorial and stand in the instrument's file, each with its reason.

    Examples
    --------
    >>> import workbook
    >>> car = workbook.load_instrument("data/examples/car.toml")
    >>> a = workbook.assess(car, {"them.driving": 4, "them.owning-up": 5, "them.late": 2})
    >>> a.scores["trust"].value, a.scores["trust"].band
    (83.333333333, 'solid')
    >>> a.scores["cost"].value, a.outcome, a.status
    (None, 'not-enough', 'open')

    """
    checked = check_answers(instrument, answers)
    sheet = sheet_of(instrument, checked)
    verdicts = judge(sheet)
    gate = _pick(instrument.gates, verdicts.gate[0])
    withheld = frozenset(gate.withhold if gate else ())
    hidden = "scores" in withheld
    scores = {
        scale.id: _score(scale, verdicts, n, hidden=hidden)
        for n, scale in enumerate(instrument.scales)
    }
    outcome = _pick(instrument.outcomes, verdicts.outcome[0])
    caps: tuple[Cap, ...] = ()
    floors: tuple[Floor, ...] = ()
    if instrument.scales and not hidden:
        capped, floored = lines_that_matter(sheet.layout, verdicts)
        caps, floors = _named(instrument.caps, capped), _named(instrument.floors, floored)
    decided: tuple[Gate | Cap | Floor, ...] | None = (gate,) if gate else None
    if (caps or floors) and not gate:
        free = outcome_without_limits(sheet, verdicts)[0]
        decided = (*caps, *floors) if free != verdicts.outcome[0] else None
    return Assessment(
        instrument,
        checked,
        MappingProxyType(scores),
        outcome.id if outcome else None,
        withheld,
        gate,
        None if hidden else _pick(instrument.rules, verdicts.rule[0]),
        caps,
        floors,
        decided,
    )


def _pick(entries: tuple[T, ...], index: int) -> T | None:
    return None if index == NONE else entries[index]


def _score(scale: Scale, verdicts: Verdicts, n: int, *, hidden: bool) -> Score:
    found = verdicts.scores[n]
    answered, asked = int(found.answered[0]), len(scale.ratings)
    if hidden:
        return Score(None, None, None, answered, asked, None)
    band = _pick(scale.bands, verdicts.bands[n][0])
    value = None if band is None else float(found.value[0])
    low, high = float(found.low[0]), float(found.high[0])
    return Score(value, low, high, answered, asked, band.id if band else None)


def _named(lines: tuple[T, ...], found: Bools) -> tuple[T, ...]:
    """Return the caps or floors that are found in the first row."""
    return tuple(line for line, there in zip(lines, found[0], strict=True) if there)


def _parts(sheet: Sheet, scale: int) -> tuple[Part, ...]:
    """Return the parts of one score: its ratings, what adds to it, its own items that count."""
    arrays = sheet.layout.scales[scale]
    points, possible = score_parts(
        arrays, sheet.points(scale)[0], sheet.shares(scale)[0], arrays.weights
    )
    ids = (*arrays.ratings, *arrays.adding)
    asked = (
        Part(i, None if np.isnan(p) else float(p), float(most))
        for i, p, most in zip(ids, points, possible, strict=True)
    )
    return (*asked, *_own_parts(sheet, scale))


def _own_parts(sheet: Sheet, scale: int) -> Iterator[Part]:
    """Yield the parts of own items; those of a side share the points that it has at most."""
    own, found = sheet.layout.instrument.own, sheet.own
    if own is None or found is None:
        return
    for n, side in enumerate(own.sides):
        if side.scale != sheet.layout.instrument.scales[scale].id:
            continue
        here = np.flatnonzero(found.side[0] == n)
        total = float(found.points[0, here].sum())
        room = 1.0 if side.at_most is None or total <= side.at_most else side.at_most / total
        for at in here.tolist():
            weight = sheet.column(own_key(found.number[at], "weight"))[0]
            most = own.add * (1.0 if np.isnan(weight) else float(weight))
            points = float(found.points[0, at]) * room
            yield Part(own_key(found.number[at], "rating"), points, most)
