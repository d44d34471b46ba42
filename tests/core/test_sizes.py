"""Very small and very large questionnaires, and the longest texts."""

import pytest

from tests.core import oracle
from tests.core.making import Raw, load_raw
from workbook import Instrument, assess, read_checkin, write_checkin
from workbook.instrument.answers import TEXT_MOST


def made(count: int) -> Instrument:
    """Return an instrument with ``count`` ratings of unlike weights, every third turned round."""
    ids = [f"r{n}" for n in range(count)]
    ties = [
        {"id": i, "weight": 1 + n % 3, "reverse": n % 3 == 2}  # between 1 and 3
        for n, i in enumerate(ids)
    ]
    return load_raw(
        {
            "id": "sized",
            "version": "1",
            "item": [{"id": i, "kind": "rating", "text": "?", "min": 0, "max": 10} for i in ids],
            "scale": [
                {"id": "p", "bands": [{"id": "low", "below": 50}, {"id": "up"}], "items": ties}
            ],
            "outcome": [{"id": o, "title": o} for o in ("a", "b", "not-enough")],
            "rule": [{"when": {"p": ["low"]}, "outcome": "a"}, {"outcome": "b"}],
        }
    )


@pytest.mark.parametrize("count", [1, 2, 300])
def test_the_score_is_right_for_one_item_and_for_three_hundred(count: int) -> None:
    instrument = made(count)
    answers = {f"r{n}": n * 7 % 11 for n in range(0, count, 2)}
    result, wanted = (
        assess(instrument, answers),
        oracle.score(instrument, instrument.scales[0], answers),
    )
    assert wanted.value is not None
    score = result.scores["p"]
    assert score.value == pytest.approx(float(wanted.value), abs=1e-9)
    assert score.low == pytest.approx(float(wanted.low), abs=1e-9)
    assert score.high == pytest.approx(float(wanted.high), abs=1e-9)
    assert (score.answered, score.asked) == (len(answers), count)
    assert read_checkin(instrument, write_checkin(instrument, answers)).answers == answers


def test_three_hundred_items_can_be_settled_or_not() -> None:
    instrument = made(300)
    best: Raw = {f"r{n}": 0 if n % 3 == 2 else 10 for n in range(300)}
    few = {k: best[k] for k in list(best)[:100]}
    assert (assess(instrument, few).outcome, assess(instrument, few).status) == ("b", "leaning")
    most = {k: best[k] for k in list(best)[:200]}
    assert (assess(instrument, most).outcome, assess(instrument, most).status) == ("b", "settled")


def test_a_questionnaire_that_only_asks_for_texts_has_no_scores_and_no_outcome() -> None:
    note = {"id": "note", "kind": "text", "text": "?"}
    result = assess(load_raw({"id": "notes", "version": "1", "item": [note]}), {"note": "a"})
    assert (dict(result.scores), result.outcome, result.status) == ({}, None, None)
    assert (result.closed, result.changes, result.robustness) == ((), (), None)


@pytest.mark.parametrize("letter", ["a", '"', "\U0001f642", "\r\n", "ש"])
def test_the_longest_texts_come_back(letter: str, friendship: Instrument) -> None:
    long = (letter * TEXT_MOST)[:TEXT_MOST]
    answers = {i.id: long for i in friendship.by_id.values() if i.kind == "text"}
    for content in (
        write_checkin(friendship, answers),
        write_checkin(friendship, answers).encode(),
    ):
        assert read_checkin(friendship, content).answers == answers
