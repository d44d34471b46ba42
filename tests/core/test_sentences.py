"""Scores and outcomes in a sentence, at the edges where another sentence begins."""

import pytest

from tests.core.making import load_raw
from workbook import Instrument, Score, assess
from workbook.reflection.sentences import headline, map_marks, number, say_score, short
from workbook.text.words import load_words

WORDS = load_words()


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (Score(None, None, None, 1, 3, None), "sum is not shown."),
        (Score(None, 0.0, 80.0, 1, 3, None), "sum: too few answers for a score yet; "),
        (Score(40.0, 40.0, 40.0, 3, 3, "low"), "sum is 40 of 100, low."),
        (Score(40.0, 30.0, 60.0, 2, 3, "low"), "sum is 40 of 100, low; with the open questions"),
        # as shown, 39.6 and 40.4 are one number
        (Score(40.0, 39.6, 40.4, 2, 3, "low"), "sum is 40 of 100, low."),
    ],
    ids=range(5),
)
def test_a_score_in_a_sentence(score: Score, said: str, small: Instrument) -> None:
    sentence = say_score(small.scales[0], score, WORDS)
    assert sentence == said or (sentence.startswith(said) and not said.endswith("."))


def test_a_score_of_nothing_is_a_number_and_none_is_a_dash() -> None:
    assert (number(0.0, WORDS), number(None, WORDS)) == ("0", WORDS("score.none"))


@pytest.mark.parametrize(("title", "marks"), [("x" * 12, ["x" * 12, "B"]), ("x" * 13, ["1", "2"])])
def test_long_names_on_the_map_become_numbers_all_of_them(title: str, marks: list[str]) -> None:
    rating = {"id": "r", "kind": "rating", "text": "?", "min": 0, "max": 4}
    bands = [{"id": "low", "below": 50}, {"id": "up"}]
    titles = {"a": title, "b": "B", "not-enough": "Not enough, and a long name"}
    instrument = load_raw(
        {
            "id": "map",
            "version": "1",
            "item": [rating],
            "scale": [{"id": "s", "bands": bands, "items": [{"id": "r", "weight": 1}]}],
            "outcome": [{"id": o, "title": t} for o, t in titles.items()],
            "rule": [{"when": {"s": ["low"]}, "outcome": "a"}, {"outcome": "b"}],
        }
    )
    assert list(map_marks(assess(instrument, {}), WORDS).values()) == marks


def test_an_outcome_in_a_sentence_and_nothing_where_there_is_none(small: Instrument) -> None:
    full = {"up": 2, "down": 0, "idle": 0, "box": True, "sign": "no"}
    settled, gated = assess(small, full), assess(small, {**full, "sign": "yes"})
    assert headline(settled, WORDS) == "Your answers line up with: Go"
    assert (headline(gated, WORDS), short(gated, WORDS)) == ("Stop", "Stop")
    note = {"id": "note", "kind": "text", "text": "?"}
    without = assess(load_raw({"id": "notes", "version": "1", "item": [note]}), {})
    assert (headline(without, WORDS), short(without, WORDS)) == ("", "")
