"""Tables of check-ins: a row says what the same answers alone would come to."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.making import Raw, load_raw
from tests.core.strategies import answers_to, instruments
from workbook import (
    AnswerError,
    Assessment,
    CheckinError,
    Instrument,
    assess,
    assess_table,
    stack_checkins,
    write_checkin,
)


def check_row(row: pd.Series, result: Assessment) -> None:
    """See that what is not given is missing, and the rest is the same to the last digit."""
    wanted: Raw = {"outcome": result.outcome}
    for scale, score in result.scores.items():
        wanted |= {scale: score.value, f"{scale}.low": score.low, f"{scale}.high": score.high}
        wanted |= {f"{scale}.answered": score.answered, f"{scale}.band": score.band}
    assert {key: None if pd.isna(cell) else cell for key, cell in row.items()} == wanted


def check_table(instrument: Instrument, people: list[Raw]) -> None:
    table = pd.DataFrame(people, index=[f"p{n}" for n in range(len(people))], dtype=object)
    before = table.copy(deep=True)
    frame = assess_table(instrument, table)
    pd.testing.assert_frame_equal(table, before)
    assert list(frame.index) == list(table.index)
    for (_, row), answers in zip(frame.iterrows(), people, strict=True):
        check_row(row, assess(instrument, answers))


@given(data=st.data())
def test_each_row_is_as_if_alone(data: st.DataObject, friendship: Instrument) -> None:
    people = data.draw(st.lists(answers_to(friendship, own=1), min_size=1, max_size=4))
    check_table(friendship, people)


@given(raw=instruments(), data=st.data())
def test_so_it_is_for_any_instrument(raw: Raw, data: st.DataObject) -> None:
    instrument = load_raw(raw)
    check_table(instrument, data.draw(st.lists(answers_to(instrument), min_size=1, max_size=4)))


def test_columns_and_types(small: Instrument) -> None:
    frame = assess_table(small, pd.DataFrame({"up": [1, 2], "down": [0, np.nan]}))
    ends = ("", ".low", ".high", ".answered", ".band")
    assert list(frame.columns) == [*(f"sum{end}" for end in ends), "outcome"]
    for name in ("sum", "sum.low", "sum.high"):
        assert frame[name].dtype == np.float64
    assert frame["sum.answered"].dtype.kind == "i"
    assert list(frame["sum.answered"]) == [2, 1]
    assert list(frame["outcome"]) == ["go", "not-enough"]


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([1, None, 2]),
        pd.Series([1, np.nan, 2], dtype=float),
        pd.Series([1, np.nan, 2], dtype=np.float32),
        pd.Series([1, None, 2], dtype=object),
        pd.Series([1, np.nan, 2.0], dtype=object),
        pd.Series([1, pd.NA, 2], dtype=object),
        pd.Series([1, pd.NA, 2], dtype="Int64"),
        pd.Series([1, pd.NA, 2], dtype="Int8"),
        pd.Series([1, pd.NA, 2], dtype="Float64"),
        pd.Series(pd.Categorical([1, None, 2])),
    ],
    ids=range(10),
)
def test_a_blank_rating_in_every_dress(column: pd.Series, small: Instrument) -> None:
    frame = assess_table(small, pd.DataFrame({"up": column, "idle": [1, 1, 1]}))
    assert list(frame["sum.answered"]) == [2, 1, 2]
    assert list(frame["sum"].isna()) == [False, True, False]
    assert list(frame["sum"].dropna()) == [75, 100]


@pytest.mark.parametrize("kind", [object, "str", "string", "category"])
def test_a_blank_sign_choice_or_text_in_every_dress(kind: Any, small: Instrument) -> None:
    table = pd.DataFrame(
        {
            "sign": pd.Series(["yes", None, "unsure"], dtype=kind),
            "pick": pd.Series(["left", None, None], dtype=kind),
            "note": pd.Series(["a", None, "b"], dtype=kind),
            "own.1.side": pd.Series([None, None, "for"], dtype=kind),
            "own.1.rating": [None, None, 0],
            "up": [2, 2, 2],
            "down": [0, 0, 0],
        }
    )
    frame = assess_table(small, table)
    assert list(frame["outcome"]) == ["stop", "go", "go"]
    assert list(frame["sum"].isna()) == [True, False, False]
    assert frame["sum"].iloc[2] == 100  # an own item rated lowest adds nothing


@pytest.mark.parametrize("kind", [object, "boolean"])
def test_a_blank_box_in_every_dress(kind: Any, small: Instrument) -> None:
    table = pd.DataFrame({"up": 0, "down": 2, "box": pd.Series([True, None, False], dtype=kind)})
    frame = assess_table(small, table)
    assert list(frame["sum"]) == [62.5, 50, 50]
    assert list(frame["sum.high"]) == [62.5, 62.5, 50]


def test_a_column_of_blanks(small: Instrument) -> None:
    for blank in (None, np.nan, pd.NA):
        frame = assess_table(small, pd.DataFrame({i: [blank, blank] for i in small.by_id}))
        assert list(frame["outcome"]) == ["not-enough", "not-enough"]


@pytest.mark.parametrize("rows", [0, 3])
def test_no_columns_or_no_rows(rows: int, small: Instrument) -> None:
    bare = assess_table(small, pd.DataFrame(index=range(rows)))
    named = assess_table(small, pd.DataFrame({"up": [None] * rows, "sign": [None] * rows}))
    for frame in (bare, named):
        assert len(frame) == rows
        assert frame["sum"].isna().all()
        assert (frame["outcome"] == "not-enough").all()


@pytest.mark.parametrize(
    ("column", "values", "wrong"),
    [
        ("up", [1, 7, 8], 7),
        ("up", [1, 1.5, 2], 1.5),
        ("up", [1, "2", None], "2"),
        ("up", [1.0, np.inf, 2.0], np.inf),
        ("sign", ["no", "Yes", None], "Yes"),
        ("box", [None, 1, True], 1),
        ("pick", [None, "up", "left"], "up"),
        ("note", ["a", "b\0", "c"], "b\0"),
        ("own.1.weight", [1, 4, 2], 4),
    ],
    ids=range(9),
)
def test_a_wrong_value_is_named_with_its_row(
    column: str, values: list[object], wrong: object, small: Instrument
) -> None:
    table = pd.DataFrame({column: pd.Series(values, index=["ann", "bo", "cy"], dtype=object)})
    with pytest.raises(AnswerError) as caught:
        assess_table(small, table)
    error = caught.value
    assert (error.item, error.value, error.row) == (column, wrong, "bo")
    assert str(error).startswith(f"Row bo, {column}: ")


def test_an_unknown_column(small: Instrument) -> None:
    for name in ("UP", "saved_at", "sum", 3):
        with pytest.raises(AnswerError) as caught:
            assess_table(small, pd.DataFrame({"up": [1], name: [1]}))
        assert caught.value.item == str(name)
        assert caught.value.allowed == "the id of an item in the instrument"


def test_files_become_a_table_and_the_table_scores(small: Instrument) -> None:
    days = [f"2025-03-0{n}T10:00:00+00:00" for n in (1, 2, 3)]
    people: list[Raw] = [
        {"up": 1, "note": "=x"},
        {"up": -2, "down": 4, "sign": "no"},
        {"box": True},
    ]
    texts = [write_checkin(small, p, saved_at=d) for p, d in zip(people, days, strict=True)]
    table = stack_checkins(small, [texts[0], texts[1].encode(), texts[2]])
    assert table.index.name == "saved_at"
    assert [when.isoformat() for when in table.index] == days
    assert list(table.columns) == ["up", "down", "box", "sign", "note"]
    for row, answers in zip(table.to_dict("records"), people, strict=True):
        assert {k: v for k, v in row.items() if v is not None} == answers
    frame = assess_table(small, table)
    for (_, cells), answers in zip(frame.iterrows(), people, strict=True):
        check_row(cells, assess(small, answers))


def test_no_files_become_an_empty_table(small: Instrument) -> None:
    table = stack_checkins(small, [])
    assert len(table) == 0
    assert len(assess_table(small, table)) == 0


def test_one_bad_file_refuses_all(small: Instrument) -> None:
    with pytest.raises(CheckinError):
        stack_checkins(small, [write_checkin(small, {"up": 1}), "hello"])
