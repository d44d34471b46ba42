"""What decided a result, and which of its changes are told."""

import pytest

from tests.core.test_choice import GOOD
from workbook import Assessment, Instrument, assess
from workbook.instrument.scales import Cap
from workbook.reflection.deciding import (
    binding,
    limits_decide,
    signs_of,
    told_changes,
    without_limits,
)


def result(instrument: Instrument, **more: object) -> Assessment:
    named = {key.replace("_", ".", 1).replace("_", "-"): v for key, v in more.items()}
    return assess(instrument, {**GOOD, **named})


def test_of_two_caps_on_one_item_only_the_stricter_is_named(friendship: Instrument) -> None:
    found = result(friendship, ready_healed=1)
    lines = [line for line in binding(found) if line.item == "ready.healed"]
    (cap,) = lines
    assert isinstance(cap, Cap)
    assert cap.at_most == "low"
    assert limits_decide(found)
    assert without_limits(found) == "friends"


def test_a_floor_is_named_too(friendship: Instrument) -> None:
    found = result(friendship, against_blurred=8)
    assert [line.item for line in binding(found)] == ["against.blurred"]


@pytest.mark.parametrize(
    ("when", "outcome"), [("yes", "not-yet"), ("not sure", "not-yet"), (None, "not-enough")]
)
def test_milder_signs_are_named(friendship: Instrument, when: str | None, outcome: str) -> None:
    found = result(friendship, walk_delays=when)
    assert found.outcome == outcome
    assert found.gate is not None
    assert signs_of(found, found.gate) == (friendship.by_id["walk.delays"].name,)
    assert not limits_decide(found)


def test_serious_signs_are_not_named(friendship: Instrument) -> None:
    for answer in ("yes", "not sure"):
        found = result(friendship, walk_fear=answer)
        assert found.gate is not None
        assert signs_of(found, found.gate) == ()


def test_while_a_cap_decides_no_change_towards_closeness_is_told(friendship: Instrument) -> None:
    found = result(friendship, ready_healed=1)
    assert {"friends", "limits"} & {c.outcome for c in found.changes}  # exact, and untold
    assert not {"friends", "limits"} & {c.outcome for c in told_changes(found)}
    floored = result(friendship, against_blurred=8)
    assert "friends" in {c.outcome for c in told_changes(floored)}


@pytest.mark.parametrize("outcome", ["friends", "limits"])
def test_nobody_is_told_what_would_be_if_it_still_hurt_more(
    friendship: Instrument, outcome: str
) -> None:
    hurts = {"ready.healed": 5} if outcome == "friends" else {"ready.healed": 3, "for.care": 3}
    found = assess(friendship, {**GOOD, **hurts})
    assert found.outcome == outcome
    told = [m for c in told_changes(found) for m in c.moves if m.item == "ready.healed"]
    every = [m for c in found.changes for m in c.moves]
    assert all(int(m.new) > int(m.old) for m in told)
    assert any(int(m.new) < int(m.old) for m in every if m.item == "ready.healed")
