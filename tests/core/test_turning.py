"""What would change an outcome, against trying every change of one or two answers."""

import itertools
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.core.making import Raw, load_raw
from tests.core.strategies import answers_to, instruments
from workbook import Instrument, assess, assess_table
from workbook.instrument.items import Item
from workbook.instrument.scales import NOT_ENOUGH
from workbook.scoring.counterfactuals import Counterfactual
from workbook.scoring.sensitivity import Sensitivity

Size = tuple[int, float]
Least = tuple[Size, Raw]


def movable(instrument: Instrument, answers: Raw) -> list[Item]:
    """Return the given answers that count somewhere: ratings, boxes, own ratings."""
    ties = {t.id for s in instrument.scales for t in s.items}
    items = (item for key, item in instrument.by_id.items() if key in answers)
    return [i for i in items if i.id in ties or (i.id.startswith("own.") and "rating" in i.id)]


def moves(item: Item, old: object) -> Iterator[tuple[object, float]]:
    """Every other answer to ``item`` and how far it is: a share of the range, 1 for a box."""
    if item.kind == "check":
        yield not old, 1.0
        return
    assert item.min is not None
    assert item.max is not None
    assert isinstance(old, int)
    for value in range(item.min, item.max + 1):
        if value != old:
            yield value, abs(value - old) / (item.max - item.min)


def outcomes(instrument: Instrument, table: pd.DataFrame) -> list[str | None]:
    return list(assess_table(instrument, table).outcome) if len(table) else []


def try_all(instrument: Instrument, answers: Raw, count: int) -> dict[str | None, Least]:
    """Return the least change to each outcome among all changes of ``count`` answers.

    Of equally small ones, the first on the page: by its first move, then by its second.
    """
    every = [
        (i.id, *move) for i in movable(instrument, answers) for move in moves(i, answers[i.id])
    ]
    rows = [
        row
        for row in itertools.combinations(every, count)
        if len({key for key, *_ in row}) == count
    ]
    news = [{key: value for key, value, _ in row} for row in rows]
    # each row as if alone: test_tables.py shows it
    table = pd.DataFrame([{**answers, **new} for new in news], dtype=object)
    least: dict[str | None, Least] = {}
    for row, new, outcome in zip(rows, news, outcomes(instrument, table), strict=True):
        size = (count, round(sum(s for _, _, s in row), 9))
        if outcome not in least or size < least[outcome][0]:
            least[outcome] = size, new
    return least


def size_of(instrument: Instrument, change: Counterfactual) -> Size:
    total = 0.0
    for move in change.moves:
        reach = dict(moves(instrument.by_id[move.item], move.old))
        total += reach[move.new]
    return len(change.moves), round(total, 9)


def news(change: Counterfactual) -> Raw:
    return {m.item: m.new for m in change.moves}


def check_by_trying(instrument: Instrument, answers: Raw) -> None:
    now = assess(instrument, answers)
    found = {c.outcome: c for c in now.changes}
    least = {**try_all(instrument, answers, 2), **try_all(instrument, answers, 1)}
    wanted = {r.outcome for r in instrument.rules} - {now.outcome, NOT_ENOUGH}
    for outcome in wanted:
        if outcome in least:
            assert found[outcome].exact
            assert (size_of(instrument, found[outcome]), news(found[outcome])) == least[outcome]
        elif outcome in found:
            assert not found[outcome].exact
            assert len(found[outcome].moves) > 2
    assert found.keys() <= wanted
    for change in now.changes:
        new = news(change)
        assert {m.item: m.old for m in change.moves} == {k: answers[k] for k in new}
        assert assess(instrument, {**answers, **new}).outcome == change.outcome


@given(raw=instruments(), data=st.data())
def test_the_smallest_changes_of_any_instrument(raw: Raw, data: st.DataObject) -> None:
    instrument = load_raw(raw)
    answers = data.draw(answers_to(instrument, own=1))
    answers |= {s.id: "no" for s in instrument.signs}
    # where a "no" sets a gate, the rule table has no say in the outcome before a change
    assume(not any(g.when == "no" for g in instrument.gates))
    check_by_trying(instrument, answers)


# A third: each example tries both instruments whole. What it shows, the test above shows of any.
@settings(max_examples=max(1, settings().max_examples // 3))
@given(data=st.data())
def test_the_smallest_single_changes_of_the_shipped_instruments(
    data: st.DataObject, friendship: Instrument, car: Instrument
) -> None:
    for instrument in (friendship, car):
        answers = data.draw(answers_to(instrument)) | {s.id: "no" for s in instrument.signs}
        now = assess(instrument, answers)
        least = try_all(instrument, answers, 1)
        singles = {c.outcome: (size_of(instrument, c), news(c)) for c in now.changes if c.size == 1}
        assert singles == {o: s for o, s in least.items() if o not in {now.outcome, NOT_ENOUGH}}


@pytest.mark.parametrize("answer", ["yes", "not sure", None])
def test_no_change_is_named_unless_every_sign_is_a_no(
    friendship: Instrument, answer: str | None
) -> None:
    answers: Raw = {i.id: 5 for i in friendship.items if i.kind == "rating"}
    answers |= {s.id: "no" for s in friendship.signs}
    assert assess(friendship, answers).changes
    for sign in friendship.signs:
        assert assess(friendship, {**answers, sign.id: answer}).changes == ()


def test_an_outcome_far_away_is_found_and_said_to_be_only_the_best_found(
    friendship: Instrument,
) -> None:
    answers: Raw = {i.id: 0 for i in friendship.items if i.kind == "rating"}
    answers |= {f"against.{n}": 10 for n in ("blurred", "leaning", "new-love", "agenda")}
    answers |= {"against.old-fights": 10} | {s.id: "no" for s in friendship.signs}
    result = assess(friendship, answers)
    assert result.outcome == "no-contact"
    far = {c.outcome: c for c in result.changes}["friends"]
    assert not far.exact
    assert len(far.moves) > 2
    new = {m.item: m.new for m in far.moves}
    assert assess(friendship, {**answers, **new}).outcome == "friends"


def two_ratings(edge: float, weights: tuple[int, int] = (1, 1), **more: Any) -> Instrument:
    rating = {"kind": "rating", "text": "?", "min": 0, "max": 10}
    bands = [{"id": "low", "below": edge}, {"id": "high"}]
    ties: list[Raw] = [{"id": i, "weight": w} for i, w in zip("ab", weights, strict=True)]
    return load_raw(
        {
            "id": "two",
            "version": "1",
            "item": [*({"id": i, **rating} for i in "ab"), *more.get("item", ())],
            "scale": [{"id": "s", "bands": bands, "items": [*ties, *more.get("ties", ())]}],
            "outcome": [{"id": o, "title": o} for o in ("up", "down", NOT_ENOUGH)],
            "rule": [
                {"when": {"s": ["high"]}, "outcome": "up"},
                {"when": {"s": ["low"]}, "outcome": "down"},
            ],
        }
    )


@pytest.mark.parametrize(
    ("edge", "answers", "moved"),
    [
        (55, {"a": 5, "b": 5}, {"a": 6}),  # either would do
        (
            65,
            {"a": 2, "b": 2},
            {"a": 3, "b": 10},
        ),  # 1 + 8, 2 + 7 .. are one size, to the last digit
    ],
    ids=range(2),
)
def test_of_equally_small_changes_the_first_on_the_page_is_named(
    edge: int, answers: Raw, moved: Raw
) -> None:
    (change,) = assess(two_ratings(edge), answers).changes
    assert (change.outcome, change.exact, news(change)) == ("up", True, moved)
    assert [m.item for m in change.moves] == sorted(moved)


BOX = {"id": "box", "kind": "check", "text": "?"}
FEW = {"id": "few", "kind": "rating", "text": "?", "min": 1, "max": 3}


@pytest.mark.parametrize(
    ("item", "tie", "edge", "answers", "moved"),
    [
        # a box is as far as a whole range: first on the page, or nearer, a rating is named
        (BOX, {"add": 50}, 50, {"a": 0, "b": 0, "box": False}, {"a": 10}),
        (BOX, {"add": 50}, 50, {"a": 0, "b": 1, "box": False}, {"a": 9}),
        # one step of two is less than six of ten, and more than four of ten
        (FEW, {"weight": 2}, 60, {"a": 4, "b": 4, "few": 2}, {"few": 3}),
        (FEW, {"weight": 2}, 60, {"a": 4, "b": 6, "few": 2}, {"a": 8}),
    ],
    ids=range(4),
)
def test_moves_are_measured_by_their_share_of_what_can_be_moved(
    item: Raw, tie: Raw, edge: int, answers: Raw, moved: Raw
) -> None:
    instrument = two_ratings(edge, item=[item], ties=[{"id": item["id"], **tie}])
    (change,) = assess(instrument, answers).changes
    assert news(change) == moved


def test_among_too_many_pairs_a_change_is_found_but_not_called_the_smallest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = {"a": 2, "b": 2}
    (exact,) = assess(two_ratings(65), answers).changes
    monkeypatch.setattr("workbook.scoring.counterfactuals.MOST_PAIRS", 100)
    (found,) = assess(two_ratings(65), answers).changes
    assert (exact.exact, found.exact) == (True, False)
    assert assess(two_ratings(65), {**answers, **news(found)}).outcome == "up"
    (single,) = assess(two_ratings(60), answers).changes
    assert (single.size, single.exact) == (1, True)


def test_half_of_the_weightings_turn_an_outcome_that_lies_on_the_edge() -> None:
    result = assess(two_ratings(50), {"a": 10, "b": 0})
    assert result.outcome == "up"
    assert result.robustness == pytest.approx(0.5, abs=0.03)
    assert result.sensitivity is not None
    assert (result.sensitivity.item, result.sensitivity.heavier) in {("a", False), ("b", True)}
    assert result.sensitivity.weightings >= 2000


def test_how_many_weightings_turn_an_outcome_is_worked_out_by_hand() -> None:
    # value = 100 a / (a + b) with a = 2**x, b = 2**y, x and y even in -1..1: below 40 where
    # y - x > log2(1.5) = 0.585. The corner of the square beyond that line: (2 - 0.585)**2 / 2 / 4.
    result = assess(two_ratings(40), {"a": 10, "b": 0})
    assert result.robustness == pytest.approx(1 - (2 - 0.5849625) ** 2 / 8, abs=0.02)


def test_robustness_is_given_only_for_an_outcome_of_the_scores(friendship: Instrument) -> None:
    answers: Raw = {i.id: 6 for i in friendship.items if i.kind == "rating"}
    signs: Raw = {s.id: "no" for s in friendship.signs}
    assert assess(friendship, signs).robustness is None
    assert assess(friendship, {**answers, **signs, "walk.fear": "yes"}).robustness is None
    assert assess(friendship, {**answers, "walk.fear": None}).robustness is not None
    # a sign decides, whatever the weights
    both = {"walk.eggshells": "yes", "walk.guilt": "yes"}
    assert assess(friendship, {**answers, **signs, **both}).robustness == 1.0


def test_extreme_answers_hold_under_every_weighting() -> None:
    result = assess(two_ratings(50), {"a": 10, "b": 10})
    assert result.robustness == 1.0
    assert result.sensitivity is not None
    assert (result.sensitivity.item, result.sensitivity.heavier) == (None, False)


@pytest.mark.parametrize(
    ("share", "item", "word"),
    [
        (1.0, None, "always"),
        (0.9995, "a", "almost"),
        (0.95, "a", "almost"),
        (0.9495, "a", "mostly"),
        (0.75, "a", "mostly"),
        (0.7495, "a", "depends"),
        (0.0, "a", "depends"),
    ],
)
def test_the_share_of_weightings_has_a_word(share: float, item: str | None, word: str) -> None:
    assert Sensitivity(share, 2000, item).firmness == word
