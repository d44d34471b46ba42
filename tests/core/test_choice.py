"""The ways side by side: which answers speak for each, and which against."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.making import Raw
from workbook import Instrument, assess
from workbook.reflection.choice import MOST, Case, compare, lean_item, sure_item

GOOD: Raw = {
    **dict.fromkeys(
        (
            "for.care", "for.circles", "for.my-no", "for.their-no", "for.moved-on-me",
            "for.moved-on-them", "ready.healed", "ready.boundaries", "ready.same-page",
            "ready.seeing-them", "ready.enriches",
        ),
        8,
    ),
    "ready.hope": 0,
    **{f"against.{i}": 2 for i in ("blurred", "leaning", "new-love", "agenda", "old-fights")},
    **{
        f"walk.{i}": "no"
        for i in ("delays", "one-sided", "eggshells", "guilt", "pressure", "fear", "harm")
    },
}  # fmt: skip


def cases(instrument: Instrument, **more: object) -> dict[str, Case]:
    answers = GOOD | {key.replace("_", ".", 1).replace("_", "-"): v for key, v in more.items()}
    found = compare(assess(instrument, {k: v for k, v in answers.items() if v is not None}))
    return {case.way.id: case for case in found}


def items(spoken: Any) -> list[str]:
    return [s.item for s in spoken]


def test_each_way_names_the_answers_that_weigh_most(friendship: Instrument) -> None:
    found = cases(friendship, ready_healed=10, for_care=1)
    friends = found["friends"]
    assert friends.pro[0].item == "ready.healed"
    assert (friends.pro[0].value, friends.pro[0].most) == (10, 10)
    assert friends.pro[0].text == friendship.by_id["ready.healed"].when_high
    assert friends.contra[0].text == friendship.by_id["for.care"].when_low
    assert found["step-away"].pro[0].item == "for.care"
    assert found["step-away"].contra[0].item == "ready.healed"


def test_only_the_way_of_the_outcome_is_in_line_with_the_answers(friendship: Instrument) -> None:
    assert [c.way.id for c in cases(friendship).values() if c.in_line] == ["friends"]
    limited = cases(friendship, ready_healed=4).values()
    assert [c.way.id for c in limited if c.in_line] == ["limits"]


@pytest.mark.parametrize(
    "more",
    [{"walk_fear": "yes"}, {"walk_harm": "not sure"}, {"ready_healed": None}],
    ids=["a yes", "a doubt", "too little"],
)
def test_there_is_nothing_to_compare(friendship: Instrument, more: dict[str, object]) -> None:
    assert cases(friendship, **more) == {}


def test_a_way_between_is_not_shut_by_a_weak_answer(friendship: Instrument) -> None:
    found = cases(friendship, ready_enriches=4)
    assert "ready.enriches" in items(found["friends"].contra)
    assert items(found["limits"].contra) == []
    assert "ready.enriches" in items(cases(friendship, ready_enriches=0)["limits"].contra)


def test_the_answer_that_decides_comes_first(friendship: Instrument) -> None:
    more = {"for_their_no": 3, "against_agenda": 6, "against_new_love": 6, "for_care": 4}
    found = cases(friendship, **more)
    assert found["friends"].contra[0].item == "for.their-no"


def test_a_milder_sign_comes_first_for_its_outcome_and_against_closer_ways(
    friendship: Instrument,
) -> None:
    found = cases(friendship, walk_guilt="yes")
    name = friendship.by_id["walk.guilt"].name
    assert [found[w].contra[0].text for w in ("friends", "limits")] == [name, name]
    assert [found[w].pro[0].text for w in ("wait", "step-away")] == [name, name]
    assert found["wait"].pro[0].signs == "yes"
    two = cases(friendship, walk_guilt="yes", walk_delays="yes")
    assert two["wait"].contra[0].signs == "yes"
    assert [s.signs for s in two["step-away"].pro[:2]] == ["yes", "yes"]


def test_boxes_speak_only_when_ticked_and_own_items_in_own_words(friendship: Instrument) -> None:
    box = friendship.by_id["feel.unresolved"]
    answers = {
        "own.1.text": " The dog ",
        "own.1.side": "against",
        "own.1.rating": 10,
        "own.1.weight": 3,
    }
    found = {
        c.way.id: c
        for c in compare(assess(friendship, {**GOOD, **answers, "feel.unresolved": True}))
    }
    assert [s.text for s in found["friends"].contra] == ["The dog", box.when_ticked]
    assert [s.text for s in found["step-away"].pro] == ["The dog", box.when_ticked]
    assert found["friends"].contra[1].value is None
    unticked = {**GOOD, **answers, "own.1.text": "", "feel.unresolved": False}
    nameless = compare(assess(friendship, unticked))[0]
    assert friendship.own is not None
    assert [s.text for s in nameless.contra] == [friendship.own.title]


def test_convenience_never_speaks_against_closeness(friendship: Instrument) -> None:
    none, much = cases(friendship, for_circles=0), cases(friendship, for_circles=10)
    for found in (none, much):
        assert "for.circles" not in items(found["friends"].contra)
        assert "for.circles" not in items(found["step-away"].pro)


def test_the_questions_of_the_choice_are_found_by_what_they_are(friendship: Instrument) -> None:
    lean, sure = lean_item(friendship), sure_item(friendship)
    assert lean is not None
    assert sure is not None
    assert (lean.id, sure.id) == ("choice.lean", "choice.sure")


def test_an_instrument_without_ways_has_nothing_to_compare(car: Instrument) -> None:
    assert compare(assess(car, {i.id: 4 for i in car.of_kind("rating")})) == ()
    assert lean_item(car) is None
    assert sure_item(car) is None


def answers_of(friendship: Instrument) -> st.SearchStrategy[Raw]:
    ratings = [i for i in friendship.of_kind("rating") if i.scored]
    return st.fixed_dictionaries(
        {i.id: st.integers(i.min or 0, i.max or 0) for i in ratings}
        | {s.id: st.sampled_from(["no", "no", "no", "yes", "not sure"]) for s in friendship.signs}
    )


@given(data=st.data())
@settings(deadline=None)
def test_no_bad_answer_speaks_for_closeness_and_no_good_one_for_distance(
    data: st.DataObject, friendship: Instrument
) -> None:
    answers = data.draw(answers_of(friendship))
    found = {c.way.id: c for c in compare(assess(friendship, answers))}
    better = {t.id: (s.better == "high") != t.reverse for s in friendship.scales for t in s.items}
    for way, case in found.items():
        closer = way in {"friends", "limits"}
        for spoken, speaks_for in ((case.pro, True), (case.contra, False)):
            assert len(spoken) <= MOST
            for one in spoken:
                if one.value is None:
                    continue
                good = (one.value > 5) == better[one.item]
                assert one.value != 5
                assert good == (closer == speaks_for)
        assert not set(items(case.pro)) & set(items(case.contra))
    assert sum(c.in_line for c in found.values()) <= 1


@given(data=st.data())
@settings(deadline=None)
def test_the_order_in_which_answers_came_does_not_matter(
    data: st.DataObject, friendship: Instrument
) -> None:
    answers = data.draw(answers_of(friendship))
    turned = dict(reversed(answers.items()))
    assert compare(assess(friendship, answers)) == compare(assess(friendship, turned))
