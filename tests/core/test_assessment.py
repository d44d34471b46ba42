"""An assessment is a pure function of the answers, and frozen."""

import copy
import dataclasses
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.making import Raw, load_raw
from tests.core.strategies import answers_to, instruments
from workbook import Assessment, Instrument, assess
from workbook.scoring import assessment

FULL = {
    **dict.fromkeys(("ready.healed", "ready.boundaries", "ready.same-page"), 8),
    **dict.fromkeys(("ready.seeing-them", "ready.enriches", "for.care", "for.my-no"), 8),
    **dict.fromkeys(("against.blurred", "against.agenda", "against.leaning"), 1),
}


SERIOUS = ("walk.pressure", "walk.fear", "walk.harm")
SAFE = dict.fromkeys(
    ("walk.delays", "walk.one-sided", "walk.eggshells", "walk.guilt", *SERIOUS), "no"
)


def everything(result: Assessment) -> tuple[object, ...]:
    """All that an assessment says, so that two can be compared to the last digit."""
    return (
        dict(result.scores),
        result.outcome,
        result.status,
        result.reachable,
        result.withheld,
        result.gate,
        result.rule,
        result.caps,
        result.floors,
        result.decided_by,
        dict(result.parts),
        dict(result.regions),
        dict(result.answers),
    )


@given(raw=instruments(), data=st.data())
def test_the_same_answers_give_the_same_assessment(raw: Raw, data: st.DataObject) -> None:
    instrument = load_raw(raw)
    answers = data.draw(answers_to(instrument))
    before = copy.deepcopy(answers)
    first, second = assess(instrument, answers), assess(instrument, answers)
    assert everything(first) == everything(second)
    assert answers == before
    assert list(answers) == list(before)


@given(data=st.data(), seed=st.integers(0, 99))
def test_neither_order_nor_none_matters(
    data: st.DataObject, seed: int, friendship: Instrument
) -> None:
    answers = data.draw(answers_to(friendship))
    blank: Raw = {k: None for k in friendship.by_id if k not in answers}
    mixed = list({**answers, **blank}.items())
    random.Random(seed).shuffle(mixed)  # noqa: S311  # an order, no secret
    assert everything(assess(friendship, answers)) == everything(assess(friendship, dict(mixed)))


@given(data=st.data(), sign=st.sampled_from(SERIOUS))
def test_a_yes_on_a_serious_sign_hides_everything(
    data: st.DataObject, sign: str, friendship: Instrument
) -> None:
    answers = {**data.draw(answers_to(friendship)), sign: "yes"}
    result = assess(friendship, answers)
    assert (result.outcome, result.status) == ("safety-first", "settled")
    assert result.reachable == {"safety-first"}
    assert result.withheld == {"scores", "outcome", "message", "boundaries", "choice"}
    for score in result.scores.values():
        assert (score.value, score.low, score.high, score.band) == (None, None, None, None)
    assert not any(result.parts.values())
    assert result.changes == ()
    assert result.robustness is None
    assert result.rule is None
    assert (result.caps, result.floors) == ((), ())
    assert result.decided_by == (result.gate,)


@pytest.mark.parametrize("name", [f.name for f in dataclasses.fields(Assessment)])
def test_no_field_of_an_assessment_can_be_set(name: str, friendship: Instrument) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(assess(friendship, FULL), name, None)


@pytest.mark.parametrize("name", ["answers", "scores", "parts", "regions"])
def test_no_mapping_of_an_assessment_can_be_changed(name: str, friendship: Instrument) -> None:
    mapping: Any = getattr(assess(friendship, FULL), name)
    key = next(iter(mapping))
    with pytest.raises(TypeError):
        mapping[key] = mapping[key]
    with pytest.raises(TypeError):
        del mapping[key]


def test_what_stands_in_an_assessment_is_frozen_too(friendship: Instrument) -> None:
    result = assess(friendship, FULL)
    assert isinstance(result.withheld, frozenset)
    assert isinstance(result.reachable, frozenset)
    assert isinstance(result.caps, tuple)
    for inner, name in (
        (result.scores["risk"], "value"),
        (result.parts["risk"][0], "points"),
        (result.instrument, "items"),
    ):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(inner, name, None)


def test_the_answers_given_can_change_without_changing_the_assessment(
    friendship: Instrument,
) -> None:
    answers = dict(FULL)
    result = assess(friendship, answers)
    said = everything(result)
    answers.clear()
    assert everything(result) == said


def test_what_would_change_it_and_how_firm_it_is_are_the_same_twice(friendship: Instrument) -> None:
    one, other = (assess(friendship, {**FULL, **SAFE}) for _ in range(2))
    assert one.changes
    assert (one.changes, one.sensitivity) == (other.changes, other.sensitivity)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.changes[0].exact = False  # type: ignore[misc]


def test_what_bears_on_no_outcome_is_no_open_question(
    friendship: Instrument, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts, plans and "Done" are blank, and yet there is nothing left to try."""
    listed = {box for boxes in friendship.checklists.values() for box in boxes}
    answers: dict[str, object] = {i.id: "no" for i in friendship.signs} | dict.fromkeys(
        listed, False
    )
    answers |= {i.id: 6 for i in friendship.items if i.kind == "rating" and i.scored}
    monkeypatch.setattr(assessment, "reachable_outcomes", lambda *_: {"something", "else"})
    assert assess(friendship, answers).status == "settled"
    for key in ("ready.hope", "walk.guilt", "why.letting-go"):
        left = {k: v for k, v in answers.items() if k != key}
        assert assess(friendship, left).status == "leaning", key
