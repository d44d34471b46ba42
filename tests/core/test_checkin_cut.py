"""A check-in that was cut off where a row ends is read, and says that its end is missing."""

from datetime import UTC, datetime

import pytest

from tests.core.making import load_raw
from workbook import Instrument, read_checkin, write_checkin

WHEN = datetime(2025, 3, 9, 18, 30, tzinfo=UTC)
PLAIN = {"up": -1, "down": 3, "box": True, "sign": "no", "pick": "left"}
RATING = {"id": "r", "kind": "rating", "text": "?", "min": 0, "max": 1}
SCALE = {"id": "s", "bands": [{"id": "all"}], "items": [{"id": "r", "weight": 1}]}
NOTES = [{"id": f"t{n}", "kind": "text", "text": "?"} for n in range(3)]
BARE = load_raw({"id": "bare", "version": "1", "item": NOTES})
SCORED = load_raw({"id": "scored", "version": "1", "item": [RATING], "scale": [SCALE]})


def check_every_cut(instrument: Instrument, answers: dict[str, object]) -> None:
    lines = write_checkin(instrument, answers, saved_at=WHEN).splitlines(keepends=True)
    for end in range(2, len(lines) + 1):
        back = read_checkin(instrument, "".join(lines[:end]))
        assert back.cut is (end < len(lines)), end
        assert dict(back.answers) == dict(list(answers.items())[: end - 1])


@pytest.mark.parametrize("sign", ["no", "yes", "not sure"])
def test_a_cut_at_any_row_is_noticed_whatever_a_gate_withholds(
    sign: str, small: Instrument
) -> None:
    check_every_cut(small, {**PLAIN, "sign": sign})


def test_so_it_is_without_outcomes_and_without_any_result() -> None:
    check_every_cut(SCORED, {"r": 1})
    check_every_cut(BARE, {"t0": "a", "t1": "b", "t2": "c"})


def test_a_file_of_before_that_had_nothing_to_end_with_is_whole() -> None:
    text = write_checkin(BARE, {"t0": "a"}, saved_at=WHEN).replace('"v1"', '"1"')
    assert not read_checkin(BARE, "".join(text.splitlines(keepends=True)[:2])).cut


def test_so_is_a_file_of_before_with_results(small: Instrument) -> None:
    text = write_checkin(small, PLAIN, saved_at=WHEN)
    old = text.replace('"v1.2.0"', '"1.2.0"')
    assert not read_checkin(small, old).cut
    assert not read_checkin(small, old.replace('"1.2.0"', '"1.1"')).cut
    answers = "".join(old.splitlines(keepends=True)[:4])
    assert read_checkin(small, answers).cut
    assert read_checkin(small, answers.replace('"1.2.0"', '"1.1"')).cut


@pytest.mark.parametrize("lost", range(1, 40))
def test_a_cut_within_the_last_row_is_refused_or_costs_no_answer(
    lost: int, small: Instrument
) -> None:
    lines = write_checkin(small, {"up": -1, "down": 3}, saved_at=WHEN).splitlines(keepends=True)
    text = "".join(lines[:3]).replace(",3,", ",34,")  # of a number a digit could be lost
    try:
        answers = dict(read_checkin(small, text[:-lost]).answers)
    except ValueError:
        return
    assert answers == {"up": -1}
