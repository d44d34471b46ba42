"""A plan of choices: careful starts, and what was agreed."""

import pytest

from workbook import Instrument
from workbook.instrument.answers import NO_ANSWERS, Answers
from workbook.reflection.plan import agreed, starts


@pytest.mark.parametrize("outcome", ["friends", "limits", "not-yet", "no-contact"])
def test_every_choice_of_the_plan_has_a_start(friendship: Instrument, outcome: str) -> None:
    choices = {i.id for i in friendship.items if i.kind == "choice" and i.chapter == "bound"}
    assert starts(friendship, NO_ANSWERS, outcome).keys() == choices


def test_a_start_leaves_alone_what_was_chosen(friendship: Instrument) -> None:
    chosen = {"bound.frequency.setting": "week"}
    assert "bound.frequency.setting" not in starts(friendship, chosen, "no-contact")


def test_no_contact_starts_with_less_than_friends(friendship: Instrument) -> None:
    assert starts(friendship, NO_ANSWERS, "no-contact")["bound.frequency.setting"] == "needed"
    assert starts(friendship, NO_ANSWERS, "friends")["bound.frequency.setting"] != "needed"


def test_nothing_is_started_without_an_outcome_of_the_scores(friendship: Instrument) -> None:
    assert starts(friendship, NO_ANSWERS, "not-enough") == {}
    assert starts(friendship, NO_ANSWERS, "safety-first") == {}


def test_what_was_agreed_stands_together_by_what_it_is_about(friendship: Instrument) -> None:
    answers = {
        "bound.frequency.setting": "month",
        "bound.frequency.if-crossed": "I answer later.",
        "bound.dating.if-crossed": "I hang up.",
    }
    told = agreed(friendship, answers, "bound")
    assert [[(i.id, said) for i, said in group] for group in told] == [
        [
            ("bound.frequency.setting", "About once a month"),
            ("bound.frequency.if-crossed", "I answer later."),
        ],
        [("bound.dating.if-crossed", "I hang up.")],
    ]


def test_steps_are_told_with_their_day_and_whether_they_are_done(friendship: Instrument) -> None:
    answers: Answers = {
        "well.support.step": "Soup",
        "well.support.day": "thu",
        "well.support.done": True,
    }
    ((step, day, done),) = agreed(friendship, answers, "well")
    assert (step[1], day[1], done[1]) == ("Soup", "Thursday", "Done")
    assert agreed(friendship, {"well.support.done": False}, "well") == ()


def test_ratings_signs_and_checklists_are_no_plan(friendship: Instrument) -> None:
    answers: Answers = {"ready.healed": 3, "walk.afraid": "no", "why.bond": True}
    assert all(agreed(friendship, answers, c) == () for c in ("ready", "walk", "why"))
