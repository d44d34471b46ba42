"""What stands below a question stays when it is answered: the finger is on its way there."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from driving.driver import INSTRUMENT, open_in_voila

if TYPE_CHECKING:
    from driving.driver import Screen
    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

# Signs, a rating between long words, and a last question whose "no" offers a way back.
LONG = "for.care"
PAIRS = [*pairwise([sign.id for sign in INSTRUMENT.signs][:4]), ("close.know", "close.clear")]


def _distance(screen: Screen, key: str, below: str) -> float:
    tops: list[float] = [
        screen.item(k).evaluate("node => node.getBoundingClientRect().top") for k in (key, below)
    ]
    return tops[1] - tops[0]


@pytest.mark.parametrize("width", [375, 1280])
def test_what_stands_below_an_answer_stays_where_it_is(
    new_page: NewPage, voila_url: str, width: int
) -> None:
    screen = open_in_voila(new_page(viewport=(width, 800)), voila_url)
    ratings = [item.id for item in INSTRUMENT.items if item.kind == "rating"]
    after = ratings[ratings.index(LONG) + 1]
    for key, below in [*PAIRS, (LONG, after)]:
        screen.item(key).scroll_into_view_if_needed()
        before = _distance(screen, key, below)
        answer = 5 if key == LONG else "no"
        screen.enter({key: answer})
        screen.should_have({key: answer})
        assert _distance(screen, key, below) == before, key
        screen.clear(key)
