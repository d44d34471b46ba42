"""How far the questions are answered, what a result needs, and which question comes next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.making import Raw, load_raw
from tests.core.strategies import answers_to, instruments
from workbook import Instrument, assess
from workbook.reflection.progress import Need, Progress, progress_of

RATING = {"kind": "rating", "text": "?", "min": 0, "max": 4, "chapter": "two"}


@pytest.mark.parametrize(
    ("opened", "needs", "following"),
    [
        ("abc", (), "a"),  # nothing is needed: the first on the page
        ("abc", ("c",), "c"),
        ("abc", ("cb",), "b"),  # the first on the page, not in the need
        ("abc", ("c", "b"), "b"),  # named by one need is enough
        ("abc", ("x",), "a"),
        ("", ("x",), None),
        ("", (), None),
    ],
)
def test_the_next_question_is_the_first_that_a_result_needs(
    opened: str, needs: tuple[str, ...], following: str | None
) -> None:
    needed = tuple(Need("s", 1, tuple(items)) for items in needs)
    assert Progress(0, len(opened), tuple(opened), needed).next == following


def made() -> Instrument:
    """Return a list of boxes, a sign, and a rating on a score that no rule looks at."""
    items = [
        {"id": "box", "kind": "check", "text": "?", "chapter": "one"},
        {"id": "also", "kind": "check", "text": "?", "chapter": "one"},
        {"id": "sign", "kind": "sign", "text": "?", "chapter": "one"},
        {"id": "note", "kind": "text", "text": "?", "chapter": "one"},
        *({"id": i, **RATING} for i in "abcd"),
    ]
    scale = {
        "id": "s",
        "min_answered": 2,
        "require": [{"items": ["a", "b"], "at_least": 1}],
        "bands": [{"id": "all"}],
        "items": [{"id": i, "weight": 1} for i in "abc"],
    }
    aside = {"id": "aside", "bands": [{"id": "all"}], "items": [{"id": "d", "weight": 1}]}
    return load_raw(
        {
            "id": "made",
            "version": "1",
            "chapter": [{"id": c, "title": c} for c in ("one", "two")],
            "item": items,
            "scale": [scale, aside],
            "outcome": [{"id": o, "title": o} for o in ("go", "stop", "not-enough")],
            "rule": [{"when": {"s": ["all"]}, "outcome": "go"}],
            "gate": [
                {"id": "g", "items": ["sign"], "when": "yes", "outcome": "stop"},
                {"id": "h", "items": ["sign"], "when": "blank", "outcome": "not-enough"},
            ],
        }
    )


@pytest.mark.parametrize(
    ("answers", "answered", "opened", "needs"),
    [
        ({}, 0, "box sign a b c d", ["s 1 a b", "s 1 a b c", "None 1 sign"]),
        # one box answers the list, ticked or not; a text is no question that counts
        ({"also": False, "note": "x"}, 1, "sign a b c d", ["s 1 a b", "s 1 a b c", "None 1 sign"]),
        ({"c": 0, "sign": "no"}, 2, "box a b d", ["s 1 a b"]),
        ({"a": 0, "sign": "no"}, 2, "box b c d", ["s 1 b c"]),
        ({"a": 0, "b": 0, "sign": "yes"}, 3, "box c d", []),
    ],
    ids=range(5),
)
def test_what_is_open_and_what_is_needed(
    answers: Raw, answered: int, opened: str, needs: list[str]
) -> None:
    progress = progress_of(made(), answers)
    assert (progress.answered, progress.asked) == (answered, 6)
    assert " ".join(progress.open) == opened
    assert [" ".join((str(n.scale), str(n.count), *n.items)) for n in progress.needs] == needs


@given(raw=instruments(), data=st.data())
def test_a_score_is_given_exactly_where_it_needs_nothing(raw: Raw, data: st.DataObject) -> None:
    for tie in (tie for scale in raw["scale"] for tie in scale["items"] if "weight" in tie):
        tie["weight"] += 1  # answers that weigh nothing make no score
    instrument = load_raw({**raw, "gate": []})
    answers = data.draw(answers_to(instrument))
    scores, needing = assess(instrument, answers).scores, progress_of(instrument, answers).needs
    for scale in instrument.rule_scales or instrument.scales:
        assert (scores[scale.id].value is None) == any(n.scale == scale.id for n in needing)
