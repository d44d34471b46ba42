"""What contradicts the law that nothing worse may help is refused by name."""

import copy
from typing import Any

import pytest

from tests.core.making import Raw, load_raw
from workbook import InstrumentError, load_instrument
from workbook.text.words import load_words

RATING = {"kind": "rating", "text": "?", "min": 0, "max": 10}
BANDS = [{"id": "low", "below": 40}, {"id": "mid", "below": 70}, {"id": "high"}]
CASES = [(g, b) for g in ("high", "mid", "low") for b in ("low", "mid", "high")]
BASE: Raw = {
    "id": "made",
    "version": "1",
    "item": [
        *({"id": i, **RATING} for i in ("well", "hope", "worry", "near")),
        {"id": "bare", **RATING, "scored": False},
        *({"id": s, "kind": "sign", "text": "?"} for s in ("harm", "mild", "also")),
    ],
    "own": {
        "sides": [
            {"id": "for", "scale": "good", "text": "+", "at_most": 12},
            {"id": "against", "scale": "bad", "text": "-"},
        ]
    },
    "scale": [
        {
            "id": "good",
            "better": "high",
            "bands": BANDS,
            "items": [
                {"id": "well", "weight": 2},
                {"id": "hope", "weight": 1, "reverse": True},
                {"id": "near", "add": 4},
            ],
        },
        {"id": "bad", "better": "low", "bands": BANDS, "items": [{"id": "worry", "weight": 1}]},
    ],
    "cap": [{"scale": "good", "item": "well", "below": 3, "at_most": "low"}],
    "floor": [
        {"scale": "bad", "item": "hope", "above": 7, "at_least": "mid"},
        {"scale": "bad", "own": "against", "above": 23, "at_least": "mid"},
    ],
    "outcome": [
        *({"id": o, "title": o} for o in ("go", "slow", "stop")),
        {"id": "not-enough", "title": "?", "ordered": False},
    ],
    "rule": [
        {
            "when": {"good": [g], "bad": [b]},
            "outcome": ("go", "slow", "stop")[min(n // 3 + n % 3, 2)],
        }
        for n, (g, b) in enumerate(CASES)
    ],
    "gate": [
        {"id": "harm", "items": ["harm"], "when": "yes", "outcome": "stop"},
        {"id": "two", "items": ["mild", "also"], "when": "yes", "at_least": 2, "outcome": "stop"},
        {
            "id": "one",
            "items": ["mild", "also"],
            "when": "yes",
            "instead_of": ["go"],
            "outcome": "slow",
        },
    ],
    "retired": [{"id": "old", "now": "well", "name": "an old one"}],
}


def change(raw: Raw, path: str, value: object) -> Raw:
    """Return ``raw`` with one value changed, or taken out where it is None: ``cap.0.below``."""
    raw = copy.deepcopy(raw)
    *way, last = [int(p) if p.isdigit() else p for p in path.split(".")]
    place: Any = raw
    for part in way:
        place = place[part]
    if value is None:
        del place[last]
    elif isinstance(place, list) and last == len(place):
        place.append(value)
    else:
        place[last] = value
    return raw


def test_the_base_is_sound() -> None:
    assert len(load_raw(BASE).floors) == 2


BROKEN: list[tuple[dict[str, object], str, str]] = [
    ({"outcome.3.ordered": None}, "outcome[not-enough].ordered", "ordered"),
    # one item, two directions
    ({"cap.0.below": None, "cap.0.above": 3}, "cap[1].above", "two-ways"),
    ({"floor.0.above": None, "floor.0.below": 3}, "floor[1].below", "two-ways"),
    ({"floor.1.above": None, "floor.1.below": 3}, "floor[2].below", "two-ways"),
    ({"floor.1.own": "for"}, "floor[2].above", "two-ways"),
    ({"scale.1.items.1": {"id": "well", "weight": 0}}, "scale[bad].items[well]", "two-ways"),
    ({"scale.1.items.1": {"id": "near", "add": 1}}, "scale[bad].items[near]", "two-ways"),
    ({"scale.0.items.1.reverse": False}, "floor[1].above", "two-ways"),
    ({"scale.0.better": "low"}, "floor[1].above", "two-ways"),
    # what contradicts
    (
        {"floor.2": {"scale": "good", "item": "hope", "below": 3, "at_least": "high"}},
        "floor[3]",
        "cap-floor",
    ),
    (
        {"cap.1": {"scale": "bad", "item": "worry", "below": 3, "at_most": "low"}},
        "floor[1]",
        "cap-floor",
    ),
    # rules, gates
    ({"rule.8.outcome": "slow"}, "rule[9]", "rule-step"),
    ({"gate.1.outcome": "slow"}, "gate[two].outcome", "gate-order"),
    ({"gate.2.instead_of": ["slow"], "gate.2.outcome": "go"}, "gate[one].outcome", "gate-order"),
    ({"gate.0.when": "no"}, "gate", "sign-step"),
    ({"gate.0.when": "not sure"}, "gate", "sign-step"),
    ({"gate.2.outcome": "stop"}, "gate", "base-step"),
    # what else is new
    ({"scale.0.items.0.add": 2}, "scale[good].items[well].add", "both-numbers"),
    ({"scale.0.items.2.add": -4}, "scale[good].items[near].add", "negative"),
    ({"scale.0.items.2.add": None}, "scale[good].items[near].weight", "missing"),
    ({"scale.0.items.3": {"id": "bare", "weight": 1}}, "scale[good].items[bare].id", "unscored"),
    ({"scale.0.better": "up"}, "scale[good].better", "unknown-id"),
    ({"cap.0.item": "bare"}, "cap[1].item", "unknown-id"),
    ({"floor.0.own": "against"}, "floor[1].own", "item-or-own"),
    ({"floor.0.item": None}, "floor[1].item", "unknown-id"),
    ({"floor.1.own": "both"}, "floor[2].own", "unknown-id"),
    ({"floor.0.at_least": "huge"}, "floor[1].at_least", "unknown-id"),
    ({"floor.0.above": None}, "floor[1].below", "missing"),
    ({"own.min": -1}, "floor[2].own", "own-negative"),
    ({"own.add": -1}, "own.add", "negative"),
    ({"own.add": 1001}, "own.add", "too-large"),
    ({"own.sides.0.at_most": -1}, "own.sides[for].at_most", "negative"),
    ({"gate.1.at_least": 3}, "gate[two].at_least", "count"),
    ({"gate.1.at_least": 0}, "gate[two].at_least", "count"),
    ({"gate.1.items": ["mild", "mild"]}, "gate[two].items", "double"),
    ({"retired.0.id": "hope"}, "retired[hope].id", "retired"),
    ({"retired.0.now": "older"}, "retired[old].now", "unknown-id"),
    ({"about": {"updated": "2026-02-30"}}, "about.updated", "day"),
    ({"about": {"updated": "20260228"}}, "about.updated", "day"),
    ({"item.0.when_ticked": "x"}, "item[well].when_ticked", "not-for-kind"),
    ({"item.5.scored": False}, "item[harm].scored", "not-for-kind"),
]


@pytest.mark.parametrize(("changes", "key", "code"), BROKEN, ids=lambda v: str(v)[:50])
def test_it_is_refused_by_name(changes: dict[str, object], key: str, code: str) -> None:
    raw = BASE
    for path, value in changes.items():
        raw = change(raw, path, value)
    with pytest.raises(InstrumentError) as caught:
        load_raw(raw)
    found = {fault.key: fault.code for fault in caught.value.faults}
    assert found.get(key) == code, found


def test_every_sentence_of_the_laws_is_provoked() -> None:
    codes = {code for _, _, code in BROKEN}
    laws = {"ordered", "two-ways", "cap-floor", "rule-step", "gate-order", "sign-step", "base-step"}
    new = {"both-numbers", "unscored", "item-or-own", "own-negative", "retired", "day"}
    assert laws | new <= codes
    assert laws | new <= set(load_words().group("error.instrument"))


def test_where_no_end_is_better_no_order_is_asked_of_the_file() -> None:
    raw = change(change(BASE, "scale.0.better", None), "scale.1.better", None)
    raw = change(change(raw, "rule.8.outcome", "go"), "outcome.3.ordered", None)
    load_raw(raw)


def test_the_shipped_files_keep_the_laws() -> None:
    for name in ("friendship.toml", "examples/car.toml"):
        assert all(s.better for s in load_instrument(f"data/{name}").scales)
