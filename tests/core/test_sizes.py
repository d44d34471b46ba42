"""Very small and very large questionnaires, and the longest texts."""

import tracemalloc

import pytest

from tests.core import oracle
from tests.core.making import Raw, load_raw
from workbook import Instrument, InstrumentError, assess, read_checkin, write_checkin
from workbook.instrument.kinds import TEXT_MOST


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


def sharing(ratings: int, span: int = 100) -> Instrument:
    """Return an instrument with two scales of ``ratings`` ratings each, that share one."""
    ids = [f"r{n}" for n in range(2 * ratings - 1)]
    bands = [{"id": "low", "below": 50}, {"id": "up"}]
    return load_raw(
        {
            "id": "sharing",
            "version": "1",
            "item": [{"id": i, "kind": "rating", "text": "?", "min": 0, "max": span} for i in ids],
            "scale": [
                {"id": s, "bands": bands, "items": [{"id": i, "weight": 1} for i in part]}
                for s, part in (("p", ids[:ratings]), ("q", ids[ratings - 1 :]))
            ],
            "outcome": [{"id": o, "title": o} for o in ("a", "b", "not-enough")],
            "rule": [{"when": {"p": ["low"], "q": ["up"]}, "outcome": "a"}, {"outcome": "b"}],
        }
    )


def test_scales_that_share_an_item_just_within_bounds_take_little_room() -> None:
    instrument, answers = sharing(14), {"r0": 1, "r26": 99}
    assert assess(instrument, answers).status == "leaning"
    tracemalloc.start()
    try:
        assert assess(instrument, answers).reachable == {"a", "b"}
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
    finally:
        tracemalloc.stop()
    with pytest.raises(InstrumentError, match="more than 2000000 combinations of scores"):
        sharing(15)


OVER = [  # spans of the ratings both scales share, boxes of unlike points, caps, ratings that add
    ((7, 9, 11, 13), 0, 0, 0),
    ((10, 10), 20, 0, 0),
    ((10,) * 110, 0, 3, 0),
    ((10, 10), 0, 0, 5),
]


@pytest.mark.parametrize(("spans", "boxes", "caps", "adding"), OVER)
def test_what_would_ask_for_gigabytes_is_refused(
    spans: tuple[int, ...], boxes: int, caps: int, adding: int
) -> None:
    ratings = [f"r{n}" for n in range(len(spans))]
    ties = [{"id": i, "weight": 1} for i in ratings]
    ties += [{"id": f"c{n}", "add": 0.001 * 2**n} for n in range(boxes)]
    ties += [{"id": f"a{n}", "add": 0.001 * 11**n} for n in range(adding)]
    bands = [{"id": "low", "below": 50}, {"id": "up"}]
    raw: Raw = {
        "id": "over",
        "version": "1",
        "item": [
            *(
                {"id": i, "kind": "rating", "text": "?", "min": 0, "max": span}
                for i, span in zip(ratings, spans, strict=True)
            ),
            *({"id": f"c{n}", "kind": "check", "text": "?"} for n in range(boxes)),
            *(
                {"id": f"a{n}", "kind": "rating", "text": "?", "min": 0, "max": 10}
                for n in range(adding)
            ),
        ],
        "scale": [{"id": s, "bands": bands, "items": ties} for s in ("p", "q")],
        "cap": [
            {"scale": "p", "item": ratings[n], "below": 5, "at_most": "low"} for n in range(caps)
        ],
        "outcome": [{"id": o, "title": o} for o in ("a", "not-enough")],
        "rule": [{"outcome": "a"}],
    }
    with pytest.raises(InstrumentError) as caught:
        load_raw(raw)
    assert [f.code for f in caught.value.faults] == ["too-fine-together"]
    del raw["rule"]  # nobody asks then what can be reached
    load_raw(raw)


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
