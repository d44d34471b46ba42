"""Floors, additions, gates that count: each alone, and together with what they stand beside."""

from types import SimpleNamespace

import pytest

import workbook
from tests.core.making import Raw, load_raw
from tests.core.test_loading_laws import BASE, change
from workbook import Instrument, assess
from workbook.instrument.items import offered

BEST: Raw = {"well": 10, "hope": 0, "near": 0, "worry": 0, "harm": "no", "mild": "no", "also": "no"}


@pytest.fixture(scope="module")
def made() -> Instrument:
    return load_raw(BASE)


@pytest.mark.parametrize(
    ("hope", "band", "floors"),
    [(7, "low", 0), (8, "mid", 1), (10, "mid", 1), (None, "low", 0)],
)
def test_a_floor_holds_the_band_and_leaves_the_figure(
    hope: int | None, band: str, floors: int, made: Instrument
) -> None:
    result = assess(made, {**BEST, "hope": hope})
    assert (result.scores["bad"].value, result.scores["bad"].band) == (0, band)
    assert result.floors == made.floors[:1][:floors]


@pytest.mark.parametrize(
    ("own", "floors"),
    [
        ({"rating": 8, "weight": 3}, 1),  # 24
        ({"rating": 7, "weight": 3}, 0),  # 21
        ({"rating": 10, "weight": 2}, 0),
        ({"rating": 10}, 0),  # weighs 1
        ({"weight": 3}, 0),  # not rated: counts for nothing
    ],
    ids=range(5),
)
def test_a_floor_on_own_items_looks_at_rating_times_weight(
    own: dict[str, int], floors: int, made: Instrument
) -> None:
    for side, expected in (("against", floors), ("for", 0)):
        mine = {"own.3.side": side} | {f"own.3.{field}": value for field, value in own.items()}
        assert assess(made, {**BEST, **mine}).floors == made.floors[1:][:expected]
    # two that are light do not make a heavy one
    two: Raw = {f"own.{n}.{f}": v for n in (1, 2) for f, v in (("side", "against"), ("rating", 7))}
    assert not assess(made, {**BEST, **two, "own.1.weight": 3, "own.2.weight": 3}).floors


def test_a_rating_that_adds_can_only_raise_and_is_not_counted(made: Instrument) -> None:
    middling = {**BEST, "well": 5, "hope": 5}
    values = {
        near: assess(made, {**middling, "near": near}).scores["good"] for near in (None, 0, 5, 10)
    }
    assert {near: score.value for near, score in values.items()} == {None: 50, 0: 50, 5: 52, 10: 54}
    assert {near: (s.low, s.high) for near, s in values.items()} == {
        None: (50, 54),
        0: (50, 50),
        5: (52, 52),
        10: (54, 54),
    }
    assert {(score.answered, score.asked) for score in values.values()} == {(2, 2)}
    parts = assess(made, {**middling, "near": 5}).parts["good"]
    assert [(p.points, p.possible) for p in parts if p.item == "near"] == [(2, 4)]
    assert assess(made, {"near": 10}).scores["good"].value is None


def test_own_items_of_a_side_share_what_it_may_add(made: Instrument) -> None:
    own = {
        f"own.{n}.{f}": v
        for n in (1, 2)
        for f, v in (("side", "for"), ("rating", 10), ("weight", 3))
    }
    result = assess(made, {**BEST, "well": 5, "hope": 5, **own})
    assert result.scores["good"].value == 62
    mine = [p for p in result.parts["good"] if p.item.startswith("own.")]
    assert [(p.points, p.possible) for p in mine] == [(6, 12), (6, 12)]


@pytest.mark.parametrize(
    ("signs", "gate"),
    [
        ({}, None),
        ({"mild": "yes"}, "one"),
        ({"mild": "yes", "also": "yes"}, "two"),
        ({"mild": "yes", "also": "not sure"}, "one"),
        ({"mild": "yes", "also": "yes", "harm": "yes"}, "harm"),
    ],
    ids=range(5),
)
def test_a_gate_can_ask_for_more_than_one_sign(
    signs: Raw, gate: str | None, made: Instrument
) -> None:
    result = assess(made, {**BEST, **signs})
    assert (result.gate and result.gate.id) == gate
    assert result.decided_by == (None if gate is None else (result.gate,))


@pytest.mark.parametrize(
    ("answers", "caps", "floors", "decides"),
    [
        ({}, 0, 0, False),
        ({"hope": 8}, 0, 1, True),  # (2 * 100 + 20) / 3 = 73: good is high, but bad is mid
        ({"well": 2}, 1, 0, True),  # (2 * 20 + 100) / 3 = 47: good would be mid
        ({"well": 2, "hope": 9}, 0, 1, False),  # 17: low by itself, and stop either way
        ({"well": 2, "worry": 10}, 1, 0, False),  # stop either way
        ({"well": 2, "hope": 10, "worry": 10}, 0, 0, False),
    ],
    ids=range(6),
)
def test_limits_decide_where_without_all_of_them_it_would_be_another_outcome(
    answers: Raw, caps: int, floors: int, made: Instrument, *, decides: bool
) -> None:
    result = assess(made, {**BEST, **answers})
    assert (result.caps, result.floors) == (made.caps[:caps], made.floors[:floors])
    assert result.decided_by == ((*result.caps, *result.floors) if decides else None)


def test_a_blank_rating_may_still_set_a_floor(made: Instrument) -> None:
    without = {key: value for key, value in BEST.items() if key != "hope"}
    full = {assess(made, {**without, "hope": hope}).outcome for hope in range(11)}
    assert assess(made, without).reachable == full == {"go", "slow", "stop"}
    assert assess(load_raw({**BASE, "floor": []}), without).reachable == {"go", "slow"}
    shut = {**without, "near": 10, "own.1.side": "for", "own.1.rating": 10, "own.1.weight": 3}
    assert assess(made, shut).reachable == {"go", "slow"}  # by the floor alone: good stays high
    assert assess(load_raw({**BASE, "floor": []}), shut).reachable == {"go"}


def test_an_outcome_that_nothing_leads_to_is_remarked_on_and_loads(
    made: Instrument, friendship: Instrument
) -> None:
    assert workbook.remarks(made) == workbook.remarks(friendship) == ()
    shut = change(BASE, "cap.1", {"scale": "good", "item": "well", "below": 11, "at_most": "mid"})
    (said,) = workbook.remarks(load_raw(shut))
    assert said.startswith("No answers lead to the outcome 'go'")


@pytest.mark.parametrize(
    ("only", "never", "ticked", "there"),
    [
        ("", "", "", True),
        ("ab", "", "b", True),
        ("ab", "", "c", False),
        ("", "a", "", True),
        ("", "a", "a", False),
        ("a", "b", "ab", False),
    ],
)
def test_what_is_offered_hangs_on_boxes(only: str, never: str, ticked: str, *, there: bool) -> None:
    entry = SimpleNamespace(only_with=tuple(only), not_with=tuple(never))
    assert offered(entry, {**dict.fromkeys("abc", False), **dict.fromkeys(ticked, True)}) == there
