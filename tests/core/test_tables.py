"""Tables of check-ins: a row says what the same answers alone would come to."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

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
from workbook.records import tables
from workbook.scoring.arrays import sums


def check_row(row: pd.Series, result: Assessment) -> None:
    """See that what is not given is missing, and the rest is the same to the last digit."""
    wanted: Raw = {"outcome": result.outcome}
    for scale, score in result.scores.items():
        wanted |= {scale: score.value, f"{scale}.low": score.low, f"{scale}.high": score.high}
        wanted |= {f"{scale}.answered": score.answered, f"{scale}.band": score.band}
    assert {key: None if pd.isna(cell) else cell for key, cell in row.items()} == wanted


# The same answers as objects, as what pandas takes them for, and as categories.
DRESSES: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "objects": lambda table: table,
    "inferred": pd.DataFrame.infer_objects,
    "nullable": pd.DataFrame.convert_dtypes,
    "categories": lambda table: table.astype("category"),
}


def check_table(instrument: Instrument, people: list[Raw], dress: str = "objects") -> None:
    table = pd.DataFrame(people, index=[f"p{n}" for n in range(len(people))], dtype=object)
    table = DRESSES[dress](table)
    before = table.copy(deep=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "BLOCK", 3)  # so that a handful of rows is more than one block
        frame = assess_table(instrument, table)
    pd.testing.assert_frame_equal(table, before)
    assert list(frame.index) == list(table.index)
    for (_, row), answers in zip(frame.iterrows(), people, strict=True):
        check_row(row, assess(instrument, answers))


@given(data=st.data(), dress=st.sampled_from(list(DRESSES)))
def test_each_row_is_as_if_alone(data: st.DataObject, dress: str, friendship: Instrument) -> None:
    people = data.draw(st.lists(answers_to(friendship, own=1), min_size=1, max_size=5))
    check_table(friendship, people, dress)


@given(raw=instruments(), data=st.data(), dress=st.sampled_from(list(DRESSES)))
def test_so_it_is_for_any_instrument(raw: Raw, data: st.DataObject, dress: str) -> None:
    instrument = load_raw(raw)
    people = data.draw(st.lists(answers_to(instrument), min_size=1, max_size=5))
    check_table(instrument, people, dress)


@given(arrays(float, st.tuples(st.integers(1, 5), st.integers(0, 40)), elements=st.floats(0, 1)))
def test_a_sum_does_not_depend_on_who_else_is_there(rows: np.ndarray) -> None:
    together = sums(np.asfortranarray(rows)).tolist()
    assert together == [float(sums(row[None])[0]) for row in rows]


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


# Columns that hold what no answer is, beside what is one, in every way in which pandas keeps them.
WRONG: dict[str, tuple[str, Any, str]] = {
    "number": ("up", pd.Series([1, 1, 7, 8]), "7"),
    "fraction": ("up", pd.Series([1, np.nan, 1.5, 9]), "1.5"),
    "endless": ("up", pd.Series([1, np.nan, -np.inf, 9]), "-inf"),
    "huge": ("up", pd.Series([1, 1, 2**63, 9], dtype="uint64"), str(2**63)),
    "nullable": ("up", pd.Series([1, pd.NA, 7, 8], dtype="Int64"), "7"),
    "not scored": ("choice.sure", pd.Series([1, 2, 11, 12]), "11"),
    "truth for a rating": ("up", pd.Series([True, True, True]), "True"),
    "truth among ratings": ("up", pd.Series([1, 1, True, 8], dtype=object), "True"),
    "number for a box": ("box", pd.Series([1, 0, 1]), "1"),
    "number among boxes": ("box", pd.Series([True, False, 1], dtype=object), "1"),
    "number for a text": ("note", pd.Series([1.5, 2.0]), "1.5"),
    "category": ("sign", pd.Categorical(["no", None, "Yes"], categories=["Yes", "no"]), "'Yes'"),
    "first of categories": ("sign", pd.Categorical(["no", "no", "z", "a"]), "'z'"),
    "list": ("up", pd.Series([1, 2, [3], [4]], dtype=object), "[3]"),
    "bytes": ("sign", pd.Series(["no", "no", b"no"], dtype=object), "b'no'"),
    "date": ("up", pd.Series(pd.to_datetime(["2025-01-01"])), "Timestamp('2025-01-01 00:00:00')"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_found_however_it_is_kept(
    name: str, small: Instrument, friendship: Instrument
) -> None:
    key, column, wrong = WRONG[name]
    with pytest.raises(AnswerError) as caught:
        assess_table(small if key in small.by_id else friendship, pd.DataFrame({key: column}))
    error = caught.value
    at = [repr(value) for value in pd.Series(column).tolist()].index(wrong)
    assert (error.item, repr(error.value), error.row) == (key, wrong, at)


def test_a_category_that_nobody_has_may_be_anything(small: Instrument) -> None:
    signs = pd.Categorical(["yes", None], categories=["maybe", "yes"])
    frame = assess_table(small, pd.DataFrame({"sign": signs, "up": [1, 1], "down": [0, 0]}))
    assert list(frame["outcome"]) == ["stop", "go"]


def test_a_table_of_rows_side_by_side_in_memory(small: Instrument) -> None:
    numbers = np.array([[1, 0], [2, 4], [-2, np.nan]])
    frame = assess_table(small, pd.DataFrame(numbers, columns=["up", "down"]))
    apart = assess_table(small, pd.DataFrame({"up": [1, 2, -2], "down": [0, 4, None]}))
    pd.testing.assert_frame_equal(frame, apart)


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
