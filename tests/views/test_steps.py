"""The steps as the page is told of them: each part has one, and they follow the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from tests.views.walk import CAR, Pages, classes, enter, find, find_all, full, read
from workbook import Workbook
from workbook.page.views.frame import Frame
from workbook.reflection.journey import HELP, RESULT, SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterator


def steps(pages: Pages) -> dict[str, Any]:
    """Return the steps that the browser was told of, by id."""
    return {step["id"]: step for step in find(pages.start, Frame).steps}


def parts(pages: Pages) -> Iterator[w.Widget]:
    for part in (*pages.parts, pages.book.summary()):
        yield from find_all(part, css="wb")


def test_every_part_of_the_page_has_a_step(pages: Pages) -> None:
    for part in parts(pages):
        names = [name for name in classes(part) if name.startswith("wb-step-")]
        assert len(names) == 1, classes(part)
        assert "wb-step" in classes(part)


def test_the_steps_are_those_that_the_notebook_has_laid_out(pages: Pages) -> None:
    assert SUMMARY in steps(pages)
    book = Workbook(CAR)
    frame = find(book.start(), Frame)
    assert frame.steps == []
    book.chapter("you")
    book.result()
    book.chapter("them")
    assert [step["id"] for step in frame.steps] == ["them", "you", RESULT]


def test_a_step_has_its_title_its_state_and_the_time_that_is_left(pages: Pages) -> None:
    first, *_, last = steps(pages).values()
    assert first["title"] == pages.instrument.chapters[0].title
    assert (first["state"], first["said"]) == ("open", "not begun")
    assert first["left"].startswith("about 1")
    assert last["title"] == pages.book.words("summary.title")
    enter(pages.find(w.Checkbox, "why.bond"), value=True)
    assert steps(pages)["why"]["said"] == "done"
    assert steps(pages)["feel"]["said"] == "not begun"


def test_a_serious_sign_changes_the_steps_and_help_stays(pages: Pages) -> None:
    pages.state.replace(full(pages))
    before = list(steps(pages))
    assert HELP not in before
    enter(pages.find(w.RadioButtons, "walk.harm"), "not sure")
    assert list(steps(pages)) == ["why", "feel", "tie", "walk", HELP, "well", SUMMARY]
    services = pages.book.support_services
    assert services is not None
    assert steps(pages)[HELP]["title"] == services.title
    enter(pages.find(w.RadioButtons, "walk.harm"), "no")
    assert [step for step in steps(pages) if step != HELP] == before
    assert HELP in steps(pages)
    pages.state.reset()
    assert list(steps(pages)) == before


def test_a_skipped_sign_is_no_open_one(pages: Pages) -> None:
    assert steps(pages)["walk"]["state"] == "done"  # all are skipped here


def test_the_chapter_on_ties_ends_with_what_stays(pages: Pages) -> None:
    card = find(pages.chapters["tie"], css="wb-standing")
    assert "wb-off" in classes(card)
    enter(pages.find(w.Checkbox, "tie.children"), value=True)
    assert "wb-off" not in classes(card)
    assert pages.instrument.by_id["tie.children"].stands in read(card).text
    enter(find(pages.frame("tie.none"), w.Checkbox), value=True)
    assert "wb-off" in classes(card)
