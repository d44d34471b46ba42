"""Faults that were there once, each kept out by a case of its own."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.core.making import Raw, load, load_raw
from workbook import (
    AnswerError,
    CheckinError,
    InstrumentError,
    assess,
    assess_table,
    load_instrument,
    read_checkin,
    write_checkin,
)
from workbook.instrument.answers import check_answers
from workbook.text.errors import Fault

SMALL = (Path(__file__).parent / "small.toml").read_text()
BASE: Raw = {
    "id": "x",
    "version": "1",
    "item": [
        {"id": "r", "kind": "rating", "text": "?", "min": 0, "max": 1},
        *({"id": s, "kind": "sign", "text": "?"} for s in "st"),
    ],
    "scale": [{"id": "p", "bands": [{"id": "all"}], "items": [{"id": "r", "weight": 1}]}],
    "outcome": [{"id": o, "title": o} for o in ("a", "b", "not-enough")],
}


def faults(text: str) -> dict[str, Fault]:
    with pytest.raises(InstrumentError) as caught:
        load(text)
    return {f.key: f for f in caught.value.faults}


def gate(name: str, sign: str, when: str, outcome: str, **more: object) -> Raw:
    return {"id": name, "items": [sign], "when": when, "outcome": outcome, **more}


def test_a_gate_settles_an_instrument_without_rules() -> None:
    instrument = load_raw({**BASE, "gate": [gate("g", "s", "yes", "a")]})
    assert assess(instrument, {"r": 1, "s": "yes", "t": "no"}).status == "settled"
    assert assess(instrument, {"r": 1, "s": "yes"}).reachable == {"a"}
    assert assess(instrument, {"r": 1}).outcome is None


def test_withheld_scores_are_settled_only_where_nothing_can_change() -> None:
    gates = [gate("g", "s", "yes", "a"), gate("h", "t", "yes", "b", withhold=["scores"])]
    instrument = load_raw({**BASE, "rule": [{"outcome": "a"}], "gate": gates})
    assert assess(instrument, {"r": 1, "t": "yes"}).status == "leaning"
    assert assess(instrument, {"r": 1, "t": "yes", "s": "no"}).status == "settled"


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "9" * 5000], ids=["deep", "long"])
def test_what_the_parser_chokes_on_is_not_toml(text: str) -> None:
    assert faults(text)["file"].code == "not-toml"


def test_a_path_that_no_path_can_be_is_unreadable() -> None:
    with pytest.raises(InstrumentError):
        load_instrument("a\0b")


def test_a_byte_order_mark_does_no_harm() -> None:
    load(b"\xef\xbb\xbf" + SMALL.encode())


def test_an_unknown_key_is_told_which_keys_the_file_takes() -> None:
    reason = faults(f'colour = "red"\n{SMALL}')["colour"].reason
    assert "items" not in reason
    assert "fingerprint" not in reason
    assert "item," in reason


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("12.5", "1" + "0" * 400, "scale[sum].items[box].add"),
        ("min = -2\nmax = 2", f"min = {2**60}\nmax = {2**60 + 4}", "item[up].min"),
        ("most = 2", "most = 100000", "own.most"),
        ("most = 2", "most = 2\nweight = 1000000", "own.weight"),
        ("sides = [", 'sides = [{ id = "for", scale = "sum", text = "!" }, ', "own.sides[for].id"),
        ('kind = "text"', 'kind = "text"\nmax = 3', "item[note].max"),
        ('"More is more"', '"  "', "item[up].text"),
        ("add = 12.5", "add = 12.5\nreverse = true", "scale[sum].items[box].reverse"),
        ('items = ["up", "down"]', 'items = ["up", "up"]', "scale[sum].require[1].items"),
    ],
)
def test_the_loader_refuses(old: str, new: str, key: str) -> None:
    assert key in faults(SMALL.replace(old, new))


def test_both_ends_that_are_missing_are_named() -> None:
    found = faults(SMALL.replace("min = -2\nmax = 2\n", ""))
    assert set(found) == {"item[up].min", "item[up].max"}


@pytest.mark.parametrize(
    ("column", "values"), [("up", [1, True]), ("up", [1.0, True]), ("box", [True, 1])]
)
def test_one_and_true_are_not_the_same_answer(column: str, values: list[object]) -> None:
    table = pd.DataFrame({column: pd.Series(values, dtype=object)})
    with pytest.raises(AnswerError) as caught:
        assess_table(load(SMALL), table)
    assert caught.value.row == 1


def test_a_table_with_a_column_twice_or_a_list_in_a_cell_is_refused() -> None:
    instrument = load(SMALL)
    for table in (
        pd.DataFrame([[1, 2]], columns=["up", "up"]),
        pd.DataFrame({"up": [[1], [2]]}),
    ):
        with pytest.raises(AnswerError):
            assess_table(instrument, table)


def test_names_are_texts_or_none_whatever_else_is_in_the_table() -> None:
    instrument = load(SMALL)
    frame = assess_table(instrument, pd.DataFrame({"up": [1, 1], "down": [1, None]}))
    assert frame["sum.band"].iloc[1] is None
    assert frame["sum.band"].dtype == object


@pytest.mark.parametrize(("key", "value"), [("sign", np.str_("yes")), ("note", np.str_("a"))])
def test_texts_of_numpy_become_plain_texts(key: str, value: np.str_) -> None:
    assert type(check_answers(load(SMALL), {key: value})[key]) is str


@pytest.mark.parametrize("old", ['"small"', '"answer"', '"v1.2.0"', '"2025-03-09T00:00:00"'])
def test_a_sentence_stays_short_whatever_the_file_holds(old: str) -> None:
    instrument = load(SMALL)
    text = write_checkin(instrument, {"up": 1}, saved_at="2025-03-09")
    assert old in text
    with pytest.raises(CheckinError) as caught:
        read_checkin(instrument, text.replace(old, '"' + "x\n" * 20_000 + '"'))
    assert len(str(caught.value)) < 400
    assert "\n" not in str(caught.value)


def test_a_long_key_is_cut_too() -> None:
    with pytest.raises(AnswerError) as caught:
        assess(load(SMALL), {"x" * 20_000: 1})
    assert len(str(caught.value)) < 400


def test_a_rating_is_written_in_digits() -> None:
    instrument = load(SMALL)
    text = write_checkin(instrument, {"down": 1})
    with pytest.raises(CheckinError):
        read_checkin(instrument, text.replace('less",1', 'less",0_1'))


def test_any_kind_of_bytes_can_be_read() -> None:
    instrument = load(SMALL)
    content = write_checkin(instrument, {"up": 1}).encode()
    for kind in (bytes, bytearray, memoryview):
        assert read_checkin(instrument, kind(content)).answers == {"up": 1}


def test_an_instrument_is_short_to_look_at_and_cannot_be_changed(friendship: object) -> None:
    assert len(repr(friendship)) < 100
    with pytest.raises(TypeError):
        load(SMALL).by_id["x"] = None  # type: ignore[index]  # that it is read-only is the point
