"""A message in parts: put together, helped along, and read once more."""

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.making import Raw
from workbook import Instrument
from workbook.instrument.answers import NO_ANSWERS
from workbook.instrument.content import Message
from workbook.reflection.message import compose, findings, suggestions

CASES = tomllib.loads((Path(__file__).parent / "message.toml").read_text())["case"]
OUTCOMES = ("friends", "limits", "not-yet", "no-contact", "not-enough")


@pytest.fixture
def message(friendship: Instrument) -> Message:
    assert friendship.message is not None
    return friendship.message


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_what_a_draft_may_say_unmeant(friendship: Instrument, case: Raw) -> None:
    answers = {"say.own-feelings.text": case["text"], "say.limits.text": "No calls."}
    found = findings(friendship, answers)
    assert [f.found for f in found] == case["found"]
    assert all(f.reason for f in found)


def test_a_draft_without_limits_is_noticed(friendship: Instrument, message: Message) -> None:
    (lacking,) = findings(friendship, {"say.acknowledge.text": "I hear you."})
    assert lacking.found == ""
    assert lacking.reason == message.expects[0].reason
    assert findings(friendship, {"say.limits.text": "No calls."}) == ()
    assert findings(friendship, NO_ANSWERS) == ()


def test_the_parts_stand_in_their_order_and_empty_ones_are_left_out(message: Message) -> None:
    answers = {"say.self-care.text": " Last. ", "say.acknowledge.text": "First.",
               "say.limits.text": "  "}  # fmt: skip
    assert compose(message, answers) == "First. Last."
    assert compose(message, NO_ANSWERS) == ""


@given(text=st.text(max_size=200))
def test_a_draft_is_never_rewritten(friendship: Instrument, text: str) -> None:
    assert friendship.message is not None
    answers = {"say.limits.text": text}
    assert compose(friendship.message, answers) == text.strip()
    for finding in findings(friendship, answers):
        assert finding.found in text


def test_every_part_has_wordings_for_every_tone_and_outcome(message: Message) -> None:
    for part, tone, outcome in itertools.product(
        message.parts, ("warm", "plain", "brief"), OUTCOMES
    ):
        offered = suggestions(message, {message.tone: tone}, outcome, part)
        assert 1 <= len(offered) <= 3, (part, tone, outcome)
        # without a tone, those of all tones
        assert set(offered) <= set(suggestions(message, NO_ANSWERS, outcome, part))


def test_no_wording_says_what_is_noticed(friendship: Instrument, message: Message) -> None:
    for wording in message.wording:
        answers = {"say.limits.text": "No calls.", wording.part: wording.text}
        assert findings(friendship, answers) == (), wording.text
