"""Gates: the first that applies decides, and one that never could is refused."""

import pytest

from tests.core.making import Raw, load_raw
from workbook import Instrument, InstrumentError, assess


def made(*gates: Raw) -> Instrument:
    """Return an instrument with two signs, whose rules say "a" for a rating of 0 and "b" for 1."""
    named = [{"id": f"g{n}", **gate} for n, gate in enumerate(gates)]
    return load_raw(
        {
            "id": "gated",
            "version": "1",
            "item": [
                {"id": "r", "kind": "rating", "text": "?", "min": 0, "max": 1},
                *({"id": i, "kind": "sign", "text": "?"} for i in ("s", "t")),
            ],
            "scale": [
                {
                    "id": "p",
                    "bands": [{"id": "low", "below": 50}, {"id": "up"}],
                    "items": [{"id": "r", "weight": 1}],
                }
            ],
            "gate": named,
            "outcome": [{"id": o, "title": o} for o in ("a", "b", "x", "y", "not-enough")],
            "rule": [{"when": {"p": ["low"]}, "outcome": "a"}, {"outcome": "b"}],
        }
    )


def gate(items: str, when: str, instead_of: str = "", outcome: str = "x") -> Raw:
    """Return a gate; each letter of ``items`` and ``instead_of`` is an id."""
    return {"items": [*items], "when": when, "instead_of": [*instead_of], "outcome": outcome}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (gate("st", "yes"), gate("s", "yes", outcome="y")),
        (gate("s", "yes"), gate("s", "yes", "ab")),
        (gate("st", "blank", "ab"), gate("t", "blank", "a")),
    ],
    ids=range(3),
)
def test_a_gate_behind_a_wider_one_is_refused(first: Raw, second: Raw) -> None:
    with pytest.raises(InstrumentError) as caught:
        made(first, second)
    assert [(f.key, f.code) for f in caught.value.faults] == [("gate[g1]", "never-gate")]


@pytest.mark.parametrize(
    ("first", "second", "answers"),
    [
        (gate("s", "yes"), gate("st", "yes", outcome="y"), {"t": "yes"}),
        (gate("s", "yes"), gate("s", "no", outcome="y"), {"s": "no"}),
        (gate("s", "yes", "a"), gate("s", "yes", outcome="y"), {"s": "yes", "r": 1}),
        (gate("s", "yes", "a"), gate("s", "yes", "ab", "y"), {"s": "yes", "r": 1}),
        (gate("s", "blank", "a"), gate("s", "blank", "b", "y"), {"r": 1}),
    ],
    ids=range(5),
)
def test_a_gate_behind_a_narrower_one_has_its_turn(first: Raw, second: Raw, answers: Raw) -> None:
    assert assess(made(first, second), {"r": 0, **answers}).outcome == "y"


def test_the_first_gate_that_applies_decides() -> None:
    both = {"r": 1, "s": "yes", "t": "yes"}
    one, other = gate("s", "yes"), gate("t", "yes", outcome="y")
    assert assess(made(one, other), both).outcome == "x"
    assert assess(made(other, one), both).outcome == "y"


def test_what_a_gate_made_of_it_is_no_case_for_the_next() -> None:
    """Gates look at what the rules say, not at what an earlier gate said."""
    instrument = made(gate("s", "yes", "a", "b"), gate("t", "yes", "b", "y"))
    answers = {"s": "yes", "t": "yes"}
    assert assess(instrument, {**answers, "r": 0}).outcome == "b"
    assert assess(instrument, {**answers, "r": 1}).outcome == "y"


def test_any_sign_of_a_gate_is_enough() -> None:
    instrument = made(gate("st", "not sure"))
    for answers in ({"s": "not sure"}, {"t": "not sure"}, {"s": "not sure", "t": "not sure"}):
        assert assess(instrument, {"r": 0, **answers}).outcome == "x"
    assert assess(instrument, {"r": 0, "s": "no", "t": "yes"}).outcome == "a"
