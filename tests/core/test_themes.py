"""What ticked boxes could be about."""

import pytest

from workbook import Instrument
from workbook.reflection.themes import count_themes, foremost


def titles(instrument: Instrument, *ticked: str) -> tuple[list[str], list[str]]:
    most, least = foremost(count_themes(instrument, dict.fromkeys(ticked, True)))
    return [c.theme.id for c in most], [c.theme.id for c in least]


@pytest.mark.parametrize(
    ("ticked", "most", "least"),
    [
        ([], [], []),
        (["why.bond"], ["company"], ["support", "past"]),
        (["why.bond", "why.loneliness"], ["company"], ["past"]),
        # one of two, one of three, none of four
        (["feel.platonic", "feel.dependence"], ["company"], ["past"]),
        (["why.letting-go", "why.nostalgia"], ["past"], ["company", "support"]),
    ],
)
def test_the_largest_share_stands_out(
    friendship: Instrument, ticked: list[str], most: list[str], least: list[str]
) -> None:
    assert titles(friendship, *ticked) == (most, least)


def test_nothing_stands_out_where_all_shares_are_equal(friendship: Instrument) -> None:
    boxes = [i.id for i in friendship.items if i.theme]
    assert titles(friendship, *boxes) == ([], [])


def test_every_reading_belongs_to_a_theme_and_says_what_it_would_mean(
    friendship: Instrument,
) -> None:
    boxes = [i for i in friendship.items if i.chapter in ("why", "feel")]
    assert len(boxes) == 9
    assert all(i.theme and i.meaning for i in boxes)
    counts = count_themes(friendship, {"why.bond": False})
    assert [(c.ticked, c.of) for c in counts] == [(0, 2), (0, 3), (0, 4)]
