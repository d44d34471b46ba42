"""Several caps at once, and caps by a rating of another score."""

import itertools

import pytest

from tests.core.making import Raw, load_raw
from workbook import Assessment, Instrument, assess

CAPS: dict[str, Raw] = {
    "to-low": {"scale": "p", "item": "a", "below": 1, "at_most": "low"},
    "to-mid": {"scale": "p", "item": "b", "below": 1, "at_most": "mid"},
    "by-other": {"scale": "p", "item": "c", "above": 3, "at_most": "mid"},
    "both-ends": {"scale": "q", "item": "c", "below": 1, "above": 3, "at_most": "low"},
}
BANDS = [{"id": "low", "below": 20}, {"id": "mid", "below": 40}, {"id": "high"}]


def made(*names: str, pairs: bool = False) -> Instrument:
    rating = {"kind": "rating", "text": "?", "min": 0, "max": 4}
    ties = [{"id": "a", "weight": 1}, {"id": "b", "weight": 1}, {"id": "d", "weight": 8}]
    bands = ("low", "mid", "high")
    cases: dict[str, Raw] = {b: {"p": [b]} for b in bands}
    if pairs:
        cases = {f"{p}-{q}": {"p": [p], "q": [q]} for p in bands for q in bands}
    return load_raw(
        {
            "id": "capped",
            "version": "1",
            "item": [{"id": i, **rating} for i in "abcd"],
            "scale": [
                {"id": "p", "bands": BANDS, "items": ties},
                {"id": "q", "bands": BANDS, "items": [{"id": "c", "weight": 1}]},
            ],
            "cap": [CAPS[name] for name in names],
            "outcome": [{"id": o, "title": o} for o in (*cases, "not-enough")],
            "rule": [{"when": when, "outcome": o} for o, when in cases.items()],
        }
    )


def bands(result: Assessment) -> tuple[str | None, ...]:
    return tuple(score.band for score in result.scores.values())


@pytest.mark.parametrize(
    ("answers", "band", "holding"),
    [
        # p is (a + b + 8 d) / 10 on 0..100
        ({"a": 0, "b": 0, "d": 4}, "low", ["a", "b"]),  # 80
        ({"a": 0, "b": 4, "d": 4}, "low", ["a"]),  # 90
        ({"a": 4, "b": 0, "d": 4}, "mid", ["b"]),  # 90
        ({"a": 0, "b": 0, "d": 1}, "low", ["a"]),  # 20: mid by itself
        ({"a": 0, "b": 0, "d": 0}, "low", []),  # 0: low by itself
        ({"a": 1, "b": 1, "d": 4}, "high", []),  # 85
    ],
    ids=range(6),
)
def test_the_lowest_cap_counts_whichever_comes_first(
    answers: Raw, band: str, holding: list[str]
) -> None:
    for order in itertools.permutations(("to-low", "to-mid")):
        result = assess(made(*order), answers)
        assert bands(result)[0] == band
        assert sorted(c.item for c in result.caps) == holding
        assert result.outcome == band


def test_a_rating_that_counts_on_one_score_can_cap_another() -> None:
    instrument = made("by-other")
    answers = {"a": 4, "b": 4, "d": 4}
    assert bands(assess(instrument, {**answers, "c": 4})) == ("mid", "high")
    assert bands(assess(instrument, {**answers, "c": 3})) == ("high", "high")
    open_one = assess(instrument, answers)
    assert (open_one.outcome, open_one.status) == ("high", "leaning")
    assert open_one.reachable == {"high", "mid"}


def test_a_cap_and_the_score_of_its_rating_are_followed_together() -> None:
    """While q is below 100, nothing caps p: "mid-mid" cannot be reached."""
    instrument = made("by-other", pairs=True)
    reached = assess(instrument, {"a": 4, "b": 4, "d": 4}).reachable
    assert reached == {"mid-high", "high-low", "high-mid", "high-high"}


@pytest.mark.parametrize(
    ("rating", "band"), [(0, "low"), (1, "mid"), (2, "high"), (3, "high"), (4, "low")]
)
def test_a_cap_with_two_ends(rating: int, band: str) -> None:
    assert bands(assess(made("both-ends"), {"c": rating}))[1] == band


@pytest.mark.parametrize(
    ("answers", "closed"),
    [
        ({}, ()),
        ({"a": 0}, ("mid", "high")),
        ({"b": 0}, ("high",)),
        ({"a": 0, "b": 0}, ("mid", "high")),
        ({"a": 1, "b": 1}, ()),
    ],
    ids=range(5),
)
def test_closed_are_the_outcomes_of_the_table_that_no_scores_lead_to(
    answers: Raw, closed: tuple[str, ...]
) -> None:
    """In the order of the outcomes, and never one that no rule names."""
    assert assess(made("to-low", "to-mid"), answers).closed == closed
