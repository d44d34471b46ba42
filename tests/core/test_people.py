"""Invented people, and outcomes that a wise counsellor could stand behind for each of them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.core.making import Raw
from workbook import Instrument, assess

FILE = tomllib.loads((Path(__file__).parent / "cases" / "persons.toml").read_text())
KEYS = {"name", "from", "allowed", "withheld", "opens", "answers"}


def answers_of(person: dict[str, Any]) -> Raw:
    answers = {**FILE[person.get("from", "usual")], **person["answers"]}
    return {key: value for key, value in answers.items() if value != "blank"}


@pytest.mark.parametrize("person", FILE["person"], ids=lambda person: person["name"])
def test_the_outcome_is_one_of_those_that_are_acceptable(
    person: dict[str, Any], friendship: Instrument
) -> None:
    assert person.keys() <= KEYS
    result = assess(friendship, answers_of(person))
    assert result.outcome in person["allowed"]
    assert result.withheld == set(person.get("withheld", ()))
    assert bool(result.gate and result.gate.opens) == person.get("opens", False)


def test_there_are_people_for_every_outcome(friendship: Instrument) -> None:
    outcomes = {outcome for person in FILE["person"] for outcome in person["allowed"]}
    assert outcomes == {o.id for o in friendship.outcomes}
