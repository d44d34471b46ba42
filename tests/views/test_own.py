"""Own items: a card each, which counts once side and strength are set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w
import pytest

from tests.views.walk import classes, enter, find, find_all, full, press
from workbook import assess

if TYPE_CHECKING:
    from tests.views.walk import Pages


def cards(own: w.Widget) -> list[w.Widget]:
    """Return the cards that are in view."""
    return [c for c in find_all(own, css="wb-card") if "wb-off" not in classes(c)]


def fill(own: w.Widget, n: int, text: str, side: str, rating: int) -> None:
    enter(find(own, w.Text, key=f"own.{n}.text"), text)
    enter(find(own, w.RadioButtons, key=f"own.{n}.side"), side)
    enter(find(own, w.IntSlider, key=f"own.{n}.rating"), rating)


def test_a_card_counts_on_its_side_once_it_is_complete(pages: Pages) -> None:
    own = pages.book.own()
    pages.state.replace(full(pages))
    assert cards(own) == []
    press(find(own, css="wb-add"))
    before = pages.state.assessment.scores["readiness"].value
    assert before is not None
    enter(find(own, w.Text, key="own.1.text"), "We share a dog")
    enter(find(own, w.IntSlider, key="own.1.rating"), 10)
    (card,) = cards(own)
    assert "wb-off" not in classes(find(card, css="wb-unfinished"))
    assert pages.state.assessment.scores["readiness"].value == before
    enter(find(own, w.RadioButtons, key="own.1.side"), "for")
    assert "wb-off" in classes(find(card, css="wb-unfinished"))
    assert pages.state.assessment.scores["readiness"].value == before + 4
    enter(find(own, w.IntSlider, key="own.1.weight"), 3)
    assert pages.state.assessment.scores["readiness"].value == before + 12
    assert pages.state.assessment.scores["risk"].value == 50


def test_removing_a_card_takes_back_all_that_was_said_in_it(pages: Pages) -> None:
    own = pages.book.own()
    for n, side in ((1, "for"), (2, "against")):
        press(find(own, css="wb-add"))
        fill(own, n, f"Thing {n}", side, 7)
    press(find(cards(own)[0], w.Button, css="wb-remove"))
    assert sorted(pages.answers) == ["own.2.rating", "own.2.side", "own.2.text"]
    assert len(cards(own)) == 1
    press(find(own, css="wb-add"))
    assert len(cards(own)) == 2
    assert find(own, w.Text, key="own.1.text").value == ""


def test_an_emptied_card_stays_open_while_it_is_written_in(pages: Pages) -> None:
    own = pages.book.own()
    press(find(own, css="wb-add"))
    enter(find(own, w.Text, key="own.1.text"), "a")
    enter(find(own, w.Text, key="own.1.text"), "")
    assert pages.answers == {}
    assert len(cards(own)) == 1


def test_loading_answers_opens_their_cards_and_starting_over_closes_them(pages: Pages) -> None:
    own = pages.book.own()
    pages.state.replace({"own.4.text": "Four", "own.9.rating": 2})
    assert len(cards(own)) == 2
    assert find(own, w.Text, key="own.4.text").value == "Four"
    pages.state.reset()
    assert cards(own) == []


def test_there_is_an_end_to_own_items(pages: Pages) -> None:
    own = pages.book.own()
    add = find(own, css="wb-add")
    for _ in range(10):
        assert "wb-off" not in classes(add)
        press(add)
    assert "wb-off" in classes(add)
    assert len(cards(own)) == 10


def test_an_own_item_stands_in_the_charts_under_its_own_name(pages: Pages) -> None:
    pages.state.replace(full(pages) | {
        "own.1.text": "Dog <b>Rex</b>", "own.1.side": "against", "own.1.rating": 10,
    })  # fmt: skip
    names = [row[0] for row in pages.chart("parts", 1).rows]
    assert "Dog <b>Rex</b>" in names
    assert not any("<b>Rex" in html for html in pages.htmls())
    parts = pages.state.assessment.parts["risk"]
    score = assess(pages.instrument, pages.answers).scores["risk"].value
    assert sum(p.points or 0 for p in parts) == pytest.approx(score)
