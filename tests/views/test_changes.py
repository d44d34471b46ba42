"""One change is one assessment and a few messages, however much hangs on it."""

from __future__ import annotations

import json
import statistics
import sys
from functools import partial
from typing import TYPE_CHECKING

import ipywidgets as w
import pytest

from tests.views.walk import (
    CAR,
    FRIENDSHIP,
    Pages,
    at_once,
    classes,
    enter,
    find,
    full,
    press,
    tell,
)
from workbook import AnswerError, write_checkin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.views.conftest import Message

Assessed = list["Mapping[str, object]"]

# What a change costs the browser.
# Measured: 10 for most changes, 12 at most, 11.8 kB at most, of which 6 kB are drawings.
USUAL_MESSAGES, MOST_MESSAGES = 11, 13
MOST_BYTES, MOST_DRAWN = 12_000, 6_500


def enter_slider(pages: Pages) -> None:
    enter(pages.find(w.IntSlider, "ready.healed"), 9)


def tick_a_box(pages: Pages) -> None:
    enter(pages.find(w.Checkbox, "why.none"), value=True)
    enter(pages.find(w.Checkbox, "why.none"), value=False)
    enter(pages.find(w.Checkbox, "why.bond"), value=True)


def clear(pages: Pages) -> None:
    press(find(pages.frame("ready.boundaries"), w.Button))


def load_file(pages: Pages) -> None:
    content = write_checkin(pages.instrument, full(pages, 2))
    tell(pages.files, {"type": "load"}, content.encode())


def start_over(pages: Pages) -> None:
    press(find(pages.save, w.Button, css="wb-reset"))
    press(find(pages.save, w.Button, css="wb-strong"))


@pytest.mark.parametrize(
    ("act", "changes"),
    [(enter_slider, 1), (tick_a_box, 3), (clear, 1), (load_file, 1), (start_over, 1)],
)
def test_a_change_is_assessed_once(
    pages: Pages, assessed: Assessed, act: Callable[[Pages], None], changes: int
) -> None:
    pages.state.replace(full(pages) | {"why.bond": None})
    pages.state.update(dict.fromkeys(pages.instrument.checklists["why"]))
    assessed.clear()
    act(pages)
    assert len(assessed) == changes
    assert pages.panel["problem"] == ""


def test_many_answers_at_once_are_assessed_once(pages: Pages, assessed: Assessed) -> None:
    pages.state.replace(full(pages))
    assert len(assessed) == 1
    pages.state.update(dict.fromkeys(["ready.healed", "ready.boundaries", "walk.fear"]))
    assert len(assessed) == 2
    pages.state.reset()
    assert len(assessed) == 3


def test_the_same_answer_again_is_no_change(
    pages: Pages, assessed: Assessed, sent: list[Message]
) -> None:
    pages.state.replace(full(pages))
    assessed.clear()
    sent.clear()
    pages.state.set("ready.healed", 5)
    pages.state.update({"walk.fear": "no", "well.healing.done": None})
    assert assessed == []
    assert sent == []


def test_pages_that_are_laid_out_twice_are_assessed_once(pages: Pages, assessed: Assessed) -> None:
    # JupyterLab runs a cell again, and the same workbook then has a view more.
    pages.book.start()
    pages.book.chapter("ready")
    pages.book.result()
    enter_slider(pages)
    assert len(assessed) == 1


def sent_by(sent: list[Message], act: Callable[[], None]) -> list[Message]:
    """Return what an act sends at once."""
    sent.clear()
    at_once(act)
    return list(sent)


@pytest.mark.parametrize("path", [FRIENDSHIP, CAR], ids=lambda path: path.stem)
def test_a_slider_sends_few_and_small_messages(path: Path, sent: list[Message]) -> None:
    pages = Pages(path)
    pages.state.replace(full(pages))
    counts = []
    for item in pages.instrument.items:
        if item.kind != "rating":
            continue
        slider = pages.find(w.IntSlider, item.id)
        for value in (2, 3, 5, 1):
            messages = sent_by(sent, partial(enter, slider, value))
            names = [f"{type(m.widget).__name__}.{list(m.content)}" for m in messages]
            counts.append(len(messages))
            assert len(messages) <= MOST_MESSAGES, names
            size = sum(len(json.dumps(m.content, default=str)) for m in messages)
            assert size <= MOST_BYTES, names
            drawn = [m.content for m in messages if "wb-drawing" in classes(m.widget)]
            assert sum(len(json.dumps(content)) for content in drawn) <= MOST_DRAWN, names
    assert statistics.median(counts) <= USUAL_MESSAGES


def test_a_slider_of_one_score_leaves_the_chart_of_the_other(
    pages: Pages, sent: list[Message]
) -> None:
    pages.state.replace(full(pages))
    sent.clear()
    enter(pages.find(w.IntSlider, "against.blurred"), 9)
    ready = pages.chart("parts", 0)
    still = {id(ready.drawing), id(ready.text)}
    assert not [m for m in sent if id(m.widget) in still]


def test_a_text_changes_nothing_that_counts(pages: Pages, sent: list[Message]) -> None:
    pages.state.replace(full(pages))
    shown = pages.htmls()
    control = pages.find(w.Textarea, "say.limits.text")
    messages = sent_by(sent, partial(enter, control, "only birthdays"))
    # The control itself, the message put together, and what waits for the hand to rest.
    assert len({id(m.widget) for m in messages}) <= 3
    assert pages.panel["problem"] == ""
    enter(control, "only birthdays.")
    assert pages.htmls() == shown


def test_a_checklist_that_counts_for_nothing_sends_little(
    pages: Pages, sent: list[Message]
) -> None:
    pages.state.replace(full(pages))
    box = pages.find(w.Checkbox, "feel.platonic")
    messages = sent_by(sent, partial(enter, box, value=True))
    # The box, "none of these", what waits for the hand to rest, and the reading with its chart.
    assert len(messages) <= 8, [type(m.widget).__name__ for m in messages]


def test_what_stands_beside_the_answer_is_told_first_and_then_what_is_long(
    pages: Pages, sent: list[Message]
) -> None:
    pages.state.replace(full(pages))
    messages = sent_by(sent, partial(enter_slider, pages))
    places = [[*m.content, *classes(m.widget)] for m in messages]
    assert places[:2] == [["panel"], ["value"]]  # the panel, and the words beside the slider
    assert {"wb-drawing", "wb-chart-text"} <= {name for place in places[2:-1] for name in place}
    assert "wb-result-later" in places[-1]  # waits for the hand to rest


def test_an_answer_that_is_refused_sends_nothing(pages: Pages, sent: list[Message]) -> None:
    with pytest.raises(AnswerError):
        pages.state.set("ready.healed", 99)
    assert sent == []


def test_a_fault_outside_a_change_is_told_at_once(pages: Pages, sent: list[Message]) -> None:
    pages.state.fail("somewhere")
    assert [type(m.widget).__name__ for m in sent] == ["Frame"]


def test_what_is_to_leave_is_not_held_back(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel's standard output waits for all that was sent before it."""
    calls: list[None] = []
    monkeypatch.setattr(sys.stdout, "flush", lambda: calls.append(None))
    enter_slider(pages)
    assert calls
