"""What each kind of item takes for an answer, and what is said of anything else."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook import AnswerError, Instrument, assess
from workbook.instrument.answers import check_answer, check_answers
from workbook.instrument.kinds import TEXT_MOST

FINE = [
    ("up", -2, -2),
    ("up", 2, 2),
    ("up", 1.0, 1),
    ("up", -0.0, 0),
    ("up", np.int64(1), 1),
    ("up", np.uint8(2), 2),
    ("up", np.float32(-1.0), -1),
    ("up", Fraction(2, 2), 1),
    ("box", True, True),
    ("box", False, False),
    ("box", np.True_, True),
    ("box", np.False_, False),
    ("sign", "yes", "yes"),
    ("sign", "no", "no"),
    ("sign", "not sure", "not sure"),
    ("sign", "not-sure", "not sure"),
    ("sign", "not_sure", "not sure"),
    ("sign", "unsure", "not sure"),
    ("pick", "left", "left"),
    ("note", "", ""),
    ("note", "=1+1\r\n\t'\"\u202e\U0001f642\ufeff", "=1+1\r\n\t'\"\u202e\U0001f642\ufeff"),
    ("note", "x" * TEXT_MOST, "x" * TEXT_MOST),
    ("own.1.text", "the dog", "the dog"),
    ("own.1.side", "for", "for"),
    ("own.2.rating", 10, 10),
    ("own.2.weight", 1, 1),
]
WRONG = {
    "up": (
        *(-3, 3, 1.5, 1e300, 10**400, -(10**400), math.nan, math.inf, -math.inf),
        *(True, False, np.True_, np.float64("nan"), np.float64(0.5), np.int64(3)),
        *("1", "", b"1", 1j, Decimal(1), pd.NA, pd.NaT, [1], (1,), {"a": 1}, object()),
    ),
    "box": (0, 1, 1.0, "true", "yes", "", math.nan, np.int8(1), pd.NA, [True]),
    "sign": (
        "Yes",
        "NO",
        "maybe",
        "",
        " yes",
        "notsure",
        True,
        False,
        1,
        math.nan,
        b"yes",
        ["yes"],
    ),
    "pick": ("up", "", "Left", "left ", 0, True, math.nan, ["left"]),
    "note": (5, True, math.nan, b"text", ["a"], "x" * (TEXT_MOST + 1), "a\0b", "\ud83d", "\udc00x"),
    "own.1.side": ("against", "sum", 1),
    "own.1.rating": (-1, 11, True),
    "own.1.weight": (0, 4, 1.5),
}
ALLOWED = {
    "up": "a whole number from -2 to 2",
    "box": "true or false",
    "sign": "one of: yes, no, not sure",
    "pick": "one of: left, right",
    "note": "a text of at most 32000 characters, without null characters",
    "own.1.side": "one of: for",
    "own.1.rating": "a whole number from 0 to 10",
    "own.1.weight": "a whole number from 1 to 3",
}
REFUSED = [(item, value) for item, values in WRONG.items() for value in values]


@pytest.mark.parametrize(("item", "given", "kept"), FINE, ids=range(len(FINE)))
def test_what_is_taken(item: str, given: object, kept: object, small: Instrument) -> None:
    answers = check_answers(small, {item: given})
    assert dict(answers) == {item: kept}
    assert type(answers[item]) is type(kept)


@pytest.mark.parametrize(("item", "value"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_refused(item: str, value: Any, small: Instrument) -> None:
    with pytest.raises(AnswerError) as caught:
        assess(small, {"down": 2, item: value})
    error = caught.value
    assert error.item == item
    assert error.value is value
    assert error.allowed == ALLOWED[item]
    said = str(error)
    assert said.startswith(f"{item}: ")
    assert said.endswith(f" is not an answer here; allowed is {ALLOWED[item]}.")
    assert len(said) < 250
    assert isinstance(error, ValueError)


def test_the_whole_sentence(small: Instrument) -> None:
    with pytest.raises(AnswerError) as caught:
        assess(small, {"up": 7.5})
    wanted = "up: 7.5 is not an answer here; allowed is a whole number from -2 to 2."
    assert str(caught.value) == wanted


def test_a_long_value_is_cut_in_the_sentence(small: Instrument) -> None:
    with pytest.raises(AnswerError) as caught:
        assess(small, {"note": "{" * 100_000})
    assert len(str(caught.value)) < 200
    assert "…" in str(caught.value)


@pytest.mark.parametrize(
    "key", ["", "UP", "up ", "own.3.text", "own.0.side", "own.1", "one", "sum"]
)
def test_an_unknown_key(key: str, small: Instrument) -> None:
    for value in (None, 1):
        with pytest.raises(AnswerError) as caught:
            assess(small, {key: value})
        assert (caught.value.item, caught.value.value) == (key, value)
        assert caught.value.allowed == "the id of an item in the instrument"


def test_a_key_that_is_no_text(small: Instrument) -> None:
    wrong: dict[Any, object] = {5: 1}
    with pytest.raises(AnswerError):
        assess(small, wrong)


def test_none_is_blank_for_every_kind(small: Instrument) -> None:
    assert dict(check_answers(small, dict.fromkeys(small.by_id))) == {}
    assert check_answer(small, "up", None) is None


def test_answers_are_kept_in_the_order_of_the_instrument(small: Instrument) -> None:
    given = {"own.1.rating": 3, "note": "a", "box": True, "up": 1}
    assert list(check_answers(small, given)) == ["up", "box", "note", "own.1.rating"]


def test_answers_cannot_be_changed(small: Instrument) -> None:
    answers: Any = check_answers(small, {"up": 1})
    with pytest.raises(TypeError):
        answers["up"] = 2


@given(number=st.floats(allow_nan=True, allow_infinity=True) | st.integers())
def test_a_rating_is_a_whole_number_within_its_range(number: float, small: Instrument) -> None:
    try:
        taken = check_answer(small, "up", number)
    except AnswerError:
        assert number not in range(-2, 3)
    else:
        assert number in range(-2, 3)
        assert taken == number
        assert type(taken) is int


@given(text=st.text(st.characters(codec=None), max_size=40))
def test_a_text_is_kept_as_it_is_or_refused(text: str, small: Instrument) -> None:
    """Half surrogate pairs and null characters are no text."""
    broken = "\0" in text or any("\ud800" <= c <= "\udfff" for c in text)
    try:
        taken = check_answer(small, "note", text)
    except AnswerError:
        assert broken
    else:
        assert taken == text
        assert not broken
