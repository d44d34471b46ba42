"""The way through the workbook follows from the answers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.making import load_raw
from tests.core.strategies import answers_to, instruments
from workbook import Instrument, assess
from workbook.reflection.journey import (
    HELP,
    HISTORY,
    RESULT,
    SUMMARY,
    Step,
    journey_of,
    step_of,
    step_of_own,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN_STEPS = (HELP, RESULT, HISTORY, SUMMARY)


def steps(instrument: Instrument, answers: Mapping[str, object], **more: object) -> dict[str, Step]:
    """Return the steps by id, on a page that has them all."""
    placed = [*(c.id for c in instrument.chapters), *OWN_STEPS]
    found = journey_of(assess(instrument, answers), placed, **more)  # type: ignore[arg-type]
    return {step.id: step for step in found}


def no_signs(instrument: Instrument) -> dict[str, object]:
    return {sign.id: "no" for sign in instrument.signs}


def test_every_counted_chapter_is_a_step_and_the_result_stands_before_the_choice(
    friendship: Instrument,
) -> None:
    found = steps(friendship, {})
    chapters = [c.id for c in friendship.chapters if c.counted]
    place = chapters.index("choice")
    assert list(found) == [*chapters[:place], RESULT, HISTORY, *chapters[place:], SUMMARY]
    assert step_of(friendship, "close") == chapters[-1]
    assert step_of_own(friendship) == chapters[place - 1]
    groups = [[s.id for s in found.values() if s.group == n] for n in range(4)]
    assert groups == [
        chapters[:place],
        [RESULT, HISTORY, "choice"],
        chapters[place + 1 :],
        [SUMMARY],
    ]


def test_without_a_choice_the_result_comes_before_the_last(car: Instrument) -> None:
    assert list(steps(car, {}))[-3:] == [RESULT, HISTORY, SUMMARY]


def test_what_the_page_does_not_have_is_no_step(friendship: Instrument) -> None:
    found = journey_of(assess(friendship, {}), ["why", SUMMARY])
    assert [step.id for step in found] == ["why", SUMMARY]


@pytest.mark.parametrize("answer", ["yes", "not sure"])
def test_a_serious_sign_leaves_help_and_what_serves_no_score(
    friendship: Instrument, answer: str
) -> None:
    answers = no_signs(friendship) | {"walk.fear": answer}
    found = list(steps(friendship, answers, helped=True))
    assert found == ["why", "feel", "tie", "walk", HELP, "well", SUMMARY]


def test_help_stays_when_the_answer_is_taken_back(friendship: Instrument) -> None:
    found = list(steps(friendship, no_signs(friendship), helped=True))
    assert found[found.index("walk") + 1] == HELP
    assert RESULT in found
    assert HELP not in steps(friendship, no_signs(friendship))


def test_a_step_is_begun_with_its_first_answer_and_done_with_its_last(
    friendship: Instrument,
) -> None:
    ratings = [i.id for i in friendship.in_chapter("ready")]
    assert steps(friendship, {})["ready"].state == "open"
    assert steps(friendship, {ratings[0]: 5})["ready"].state == "begun"
    assert steps(friendship, dict.fromkeys(ratings, 5))["ready"].state == "done"
    none = dict.fromkeys(friendship.checklists["why"], False)
    assert steps(friendship, none)["why"].state == "done"


def test_a_sign_that_is_knowingly_skipped_is_done(friendship: Instrument) -> None:
    *some, last = no_signs(friendship)
    answers = dict.fromkeys(some, "no")
    assert steps(friendship, answers)["walk"].state == "begun"
    assert steps(friendship, answers, skipped=[last])["walk"].state == "done"


def test_where_nothing_has_to_be_said_one_word_is_enough(friendship: Instrument) -> None:
    assert steps(friendship, {})["say"].state == "open"
    assert steps(friendship, {"say.limits.text": "No calls."})["say"].state == "done"


def test_the_result_is_done_once_there_is_one_that_may_be_shown(friendship: Instrument) -> None:
    answers = no_signs(friendship)
    assert steps(friendship, answers)[RESULT].state == "open"
    answers |= {i.id: 5 for i in friendship.items if i.kind == "rating"}
    assert steps(friendship, answers)[RESULT].state == "done"
    assert steps(friendship, answers, scores_open=False)[RESULT].state == "open"


def test_the_time_that_is_left_is_near_what_the_start_page_says(friendship: Instrument) -> None:
    seconds = sum(step.seconds for step in steps(friendship, {}).values())
    assert friendship.about.minutes is not None
    assert abs(seconds / 60 - friendship.about.minutes) <= 2


@given(st.data())
def test_an_answer_never_makes_a_step_longer(data: st.DataObject) -> None:
    raw = data.draw(instruments())
    instrument = load_raw(raw)
    answers = data.draw(answers_to(instrument))
    found, fresh = steps(instrument, answers), steps(instrument, {})
    for key in found.keys() & fresh.keys():
        assert found[key].seconds <= fresh[key].seconds


def test_an_instrument_without_chapters_that_count_has_steps() -> None:
    rating = {"kind": "rating", "text": "?", "min": 0, "max": 4, "chapter": "a", "id": "a.x"}
    raw = {
        "id": "small",
        "version": "1",
        "chapter": [{"id": "a", "title": "A", "counted": False}],
        "item": [rating | {"scored": False}],
    }
    assert list(steps(load_raw(raw), {})) == ["a", RESULT, HISTORY, SUMMARY]
