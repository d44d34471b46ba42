"""Checklists: the first tick answers the list, the last one gone leaves it unanswered."""

from __future__ import annotations

import ipywidgets as w
import pytest

from tests.views.walk import Pages, enter

BOXES = ("feel.platonic", "feel.dependence", "feel.unresolved", "feel.closure")
NONE = "feel.none"


def ticked(pages: Pages) -> set[str]:
    """Return which boxes the page shows ticked."""
    return {key for key in (*BOXES, NONE) if pages.find(w.Checkbox, key).value}


def tick(pages: Pages, key: str, *, on: bool = True) -> None:
    enter(pages.find(w.Checkbox, key), on)


def test_a_list_starts_unanswered(pages: Pages) -> None:
    assert ticked(pages) == set()
    assert pages.answers == {}


@pytest.mark.parametrize("box", BOXES)
def test_the_first_tick_answers_the_list(pages: Pages, box: str) -> None:
    tick(pages, box)
    assert pages.answers == {b: b == box for b in BOXES}
    assert ticked(pages) == {box}


def test_more_ticks_add_up(pages: Pages) -> None:
    tick(pages, BOXES[1])
    tick(pages, BOXES[2])
    assert pages.answers == {b: b in BOXES[1:3] for b in BOXES}
    tick(pages, BOXES[1], on=False)
    assert pages.answers == {b: b == BOXES[2] for b in BOXES}
    assert ticked(pages) == {BOXES[2]}


def test_with_the_last_tick_gone_the_list_is_unanswered_again(pages: Pages) -> None:
    tick(pages, BOXES[0])
    tick(pages, BOXES[0], on=False)
    assert pages.answers == {}
    assert ticked(pages) == set()


def test_none_of_these_answers_the_list(pages: Pages) -> None:
    tick(pages, NONE)
    assert pages.answers == dict.fromkeys(BOXES, False)
    assert ticked(pages) == {NONE}


def test_none_of_these_can_be_taken_back(pages: Pages) -> None:
    tick(pages, NONE)
    tick(pages, NONE, on=False)
    assert pages.answers == {}
    assert ticked(pages) == set()


def test_none_of_these_unticks_the_boxes(pages: Pages) -> None:
    tick(pages, BOXES[0])
    tick(pages, BOXES[3])
    tick(pages, NONE)
    assert pages.answers == dict.fromkeys(BOXES, False)
    assert ticked(pages) == {NONE}


def test_a_box_unticks_none_of_these(pages: Pages) -> None:
    tick(pages, NONE)
    tick(pages, BOXES[2])
    assert pages.answers == {b: b == BOXES[2] for b in BOXES}
    assert ticked(pages) == {BOXES[2]}


def test_the_boxes_show_what_the_answers_say(pages: Pages) -> None:
    pages.state.replace({b: b == BOXES[1] for b in BOXES})
    assert ticked(pages) == {BOXES[1]}
    pages.state.replace(dict.fromkeys(BOXES, False))
    assert ticked(pages) == {NONE}
    pages.state.replace({})
    assert ticked(pages) == set()


def test_half_a_list_from_a_file_is_shown_as_it_is(pages: Pages) -> None:
    pages.state.replace({BOXES[0]: False})
    assert ticked(pages) == set()
    tick(pages, BOXES[1])
    assert pages.answers == {b: b == BOXES[1] for b in BOXES}


def test_lists_do_not_touch_each_other(pages: Pages) -> None:
    enter(pages.find(w.Checkbox, "why.bond"), value=True)
    before = pages.answers
    tick(pages, NONE)
    tick(pages, NONE, on=False)
    assert pages.answers == before


def test_boxes_that_stand_alone_belong_to_no_list(pages: Pages) -> None:
    enter(pages.find(w.Checkbox, "well.healing.done"), value=True)
    assert pages.answers == {"well.healing.done": True}
    assert pages.instrument.checklists.keys() == {"why", "feel", "tie"}
