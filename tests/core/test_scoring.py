"""The arithmetic of the scores, over made-up answers and instruments."""

import math
from collections.abc import Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.core import oracle
from tests.core.making import Raw, load_raw
from tests.core.strategies import answers_to, instruments
from workbook import Assessment, Instrument, Score, assess
from workbook.instrument.scales import ItemWeight

SLACK = 2e-9  # scores are rounded to nine places
INSTRUMENTS = ("friendship", "car")


@pytest.fixture(scope="session", params=INSTRUMENTS)
def shipped(request: pytest.FixtureRequest) -> Instrument:
    found: Instrument = request.getfixturevalue(request.param)
    return found


def without_signs(instrument: Instrument, answers: Raw) -> Raw:
    """Signs put aside, so that no gate hides the scores."""
    return {k: v for k, v in answers.items() if instrument.by_id[k].kind != "sign"}


def check_against_oracle(instrument: Instrument, answers: Mapping[str, object]) -> None:
    result = assess(instrument, answers)
    bands = oracle.bands(instrument, answers)
    for scale in instrument.scales:
        found, wanted = result.scores[scale.id], oracle.score(instrument, scale, answers)
        assert found.answered == wanted.answered
        assert found.asked == len(scale.ratings)
        if "scores" in result.withheld:
            assert (found.value, found.low, found.high, found.band) == (None, None, None, None)
            continue
        assert (found.value is None) == (wanted.value is None)
        if wanted.value is not None:
            assert found.value == pytest.approx(float(wanted.value), abs=SLACK)
        assert found.low == pytest.approx(float(wanted.low), abs=SLACK)
        assert found.high == pytest.approx(float(wanted.high), abs=SLACK)
        assert found.band == bands[scale.id]
    outcome, withheld = oracle.outcome(instrument, answers)
    assert result.outcome == outcome
    assert result.withheld == set(withheld)


@given(data=st.data())
def test_the_shipped_instruments_score_as_in_plain_fractions(
    data: st.DataObject, friendship: Instrument, car: Instrument
) -> None:
    for instrument in (friendship, car):
        check_against_oracle(instrument, data.draw(answers_to(instrument)))


@given(raw=instruments(), data=st.data())
def test_any_instrument_scores_as_in_plain_fractions(raw: Raw, data: st.DataObject) -> None:
    instrument = load_raw(raw)
    check_against_oracle(instrument, data.draw(answers_to(instrument)))


def given_scores(result: Assessment) -> list[tuple[float, float, float]]:
    return [
        (score.low, score.value, score.high)
        for score in result.scores.values()
        if score.value is not None and score.low is not None and score.high is not None
    ]


@given(raw=instruments(rules=False), data=st.data())
def test_a_score_lies_within_its_range_and_within_0_to_100(raw: Raw, data: st.DataObject) -> None:
    instrument = load_raw(raw)
    for low, value, high in given_scores(assess(instrument, data.draw(answers_to(instrument)))):
        assert 0 <= low <= value <= high <= 100
        assert [round(n, 9) for n in (low, value, high)] == [low, value, high]


def ties_of(instrument: Instrument, key: str) -> dict[str, ItemWeight]:
    return {s.id: t for s in instrument.scales for t in s.items if t.id == key}


def moved(before: Score, after: Score) -> list[float]:
    """How far value, low and high went up."""
    pairs = [(before.value, after.value), (before.low, after.low), (before.high, after.high)]
    return [b - a for a, b in pairs if a is not None and b is not None]


@given(data=st.data())
def test_a_higher_rating_moves_a_score_one_way_only(
    data: st.DataObject, shipped: Instrument
) -> None:
    answers = without_signs(shipped, data.draw(answers_to(shipped)))
    rated = [k for k, v in answers.items() if ties_of(shipped, k) and not isinstance(v, bool)]
    assume(rated)
    key = data.draw(st.sampled_from(rated))
    higher = data.draw(st.integers(answers[key], shipped.by_id[key].max))
    before, after = assess(shipped, answers), assess(shipped, {**answers, key: higher})
    for scale, score in before.scores.items():
        tie = ties_of(shipped, key).get(scale)
        for step in moved(score, after.scores[scale]):
            if tie is None:
                assert step == 0
            else:
                assert step <= SLACK if tie.reverse else step >= -SLACK


@given(data=st.data())
def test_a_tick_never_lowers_a_score(data: st.DataObject, shipped: Instrument) -> None:
    answers = without_signs(shipped, data.draw(answers_to(shipped)))
    adding = [t.id for s in shipped.scales for t in s.adding]
    box = data.draw(st.sampled_from([i for i in adding if shipped.by_id[i].kind == "check"]))
    before, after = assess(shipped, answers), assess(shipped, {**answers, box: True})
    for scale, score in before.scores.items():
        steps = moved(score, after.scores[scale])
        assert all(step >= -SLACK for step in steps[:-1])
        unticked = answers.get(box) is False
        assert steps[-1] >= -SLACK if unticked else abs(steps[-1]) <= SLACK


@given(raw=instruments(), data=st.data())
def test_answering_more_narrows_the_range(raw: Raw, data: st.DataObject) -> None:
    instrument = load_raw({**raw, "gate": []})
    full = data.draw(answers_to(instrument))
    scored = [k for k in full if ties_of(instrument, k)]
    assume(scored)
    gone = data.draw(st.sampled_from(scored))
    before = assess(instrument, {k: v for k, v in full.items() if k != gone})
    after = assess(instrument, full)
    for scale, score in before.scores.items():
        _, up, down = (*[0.0, 0.0, 0.0], *moved(score, after.scores[scale]))[-3:]
        assert up >= -SLACK
        assert down <= SLACK


@given(raw=instruments(), times=st.integers(2, 9), data=st.data())
def test_only_the_proportions_of_weights_count(raw: Raw, times: int, data: st.DataObject) -> None:
    raw = {k: v for k, v in raw.items() if k != "own"}
    raw["floor"] = [f for f in raw["floor"] if "own" not in f]
    heavier = {**raw, "scale": [_times(scale, times) for scale in raw["scale"]]}
    one, other = load_raw(raw), load_raw(heavier)
    answers = data.draw(answers_to(one))
    first, second = assess(one, answers), assess(other, answers)
    assert (first.outcome, first.status) == (second.outcome, second.status)
    assert first.reachable == second.reachable
    for scale, score in first.scores.items():
        assert score.band == second.scores[scale].band
        assert all(abs(step) <= SLACK for step in moved(score, second.scores[scale]))


def _times(scale: Raw, times: int) -> Raw:
    ties = [{k: v * times if k == "weight" else v for k, v in t.items()} for t in scale["items"]]
    return {**scale, "items": ties}


@given(raw=instruments(), data=st.data())
def test_the_parts_add_up_to_the_score(raw: Raw, data: st.DataObject) -> None:
    instrument = load_raw(raw)
    answers = data.draw(answers_to(instrument))
    result = assess(instrument, answers)
    for scale in instrument.scales:
        parts, score = result.parts[scale.id], result.scores[scale.id]
        if "scores" in result.withheld:
            assert parts == ()
            continue
        asked = [t.id for t in (*scale.ratings, *scale.adding)]
        assert [p.item for p in parts if not p.item.startswith("own.")] == asked
        assert {p.item for p in parts if p.points is None} == set(asked) - answers.keys()
        given = [p.points for p in parts if p.points is not None]
        if score.value is not None:
            assert min(100, math.fsum(given)) == pytest.approx(score.value, abs=SLACK)
        assert all(p.points is None or p.points <= p.possible + SLACK for p in parts)
