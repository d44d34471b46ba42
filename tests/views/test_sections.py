"""Cells that run again leave nothing behind: no widget, no callback, no message more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import ipywidgets as w
import pytest
from ipywidgets.widgets.widget import _instances

from tests.views.walk import CAR, FRIENDSHIP, ROOT, enter, find
from workbook import Workbook

if TYPE_CHECKING:
    from tests.views.conftest import Message

NOTEBOOK = json.loads((ROOT / "notebooks/workbook.ipynb").read_text(encoding="utf-8"))
CELLS = ["".join(c["source"]) for c in NOTEBOOK["cells"] if c["cell_type"] == "code"]
KEY = "ready.healed"


def run(cells: list[str], names: dict[str, Any]) -> None:
    """Run cells as a notebook does; all names are those of one notebook."""
    for cell in cells:
        exec(cell, names)  # noqa: S102  # our own notebook


def measured(names: dict[str, Any], sent: list[Message]) -> tuple[int, int, list[tuple[str, ...]]]:
    """Return how many widgets and callbacks there are, and what one answer sends."""
    slider = find(names["book"].chapter("ready"), w.IntSlider, key=KEY)
    counts = len(_instances), names["book"].state.told
    sent.clear()
    enter(slider, 7)
    said = [(type(m.widget).__name__, m.method, *m.content) for m in sent]
    enter(slider, -1)
    return (*counts, said)


@pytest.mark.parametrize("again", [CELLS, CELLS[1:]], ids=["all", "all but the first"])
def test_cells_that_run_ten_times_leave_no_more_than_once(
    again: list[str], sent: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "notebooks")
    names: dict[str, Any] = {}
    run(CELLS, names)
    once = measured(names, sent)
    assert len(once[2]) > 5
    for _ in range(9):
        run(again, names)
    assert measured(names, sent) == once


def test_two_cells_show_the_same_chapter_and_both_follow() -> None:
    book = Workbook(FRIENDSHIP)
    assert book.chapter("ready") is book.chapter("ready")
    assert book.chapter("why") is not book.chapter("ready")
    assert book.start() is book.start()
    assert book.shown == ["ready", "why"]


def test_a_workbook_without_a_name_goes_when_another_shows_something() -> None:
    chapter = Workbook(CAR).chapter("them")
    slider = find(chapter, w.IntSlider, key="them.driving")
    enter(slider, 5)
    assert slider.comm is not None
    named = Workbook(CAR)
    other = named.chapter("them")
    assert chapter.comm is slider.comm is None
    Workbook(CAR).chapter("you")
    assert other.comm is not None


def test_the_answers_of_a_workbook_that_is_gone_are_forgotten() -> None:
    book = Workbook(CAR)
    book.chapter("them")
    state = book.state
    state.set("them.driving", 5)
    del book
    another = Workbook(CAR)
    another.close()
    assert (state.answers, state.told) == ({}, 0)
    assert another.state.told > 0


def test_what_all_workbooks_share_stays_open() -> None:
    first = Workbook(CAR).chapter("them")
    shared = first.layout
    second = Workbook(CAR)
    second.chapter("them")
    assert first.comm is None
    assert shared.comm is not None
    assert shared is second.chapter("them").layout
