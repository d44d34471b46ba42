"""One change is one assessment and a few messages, however much hangs on it."""

from __future__ import annotations

import json
import statistics
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import ipywidgets as w
import pytest
from ipywidgets.widgets.widget import _instances, _remove_buffers

import workbook.page.views.result
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
from workbook.page.views.bundle import MessageBundle
from workbook.page.views.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.views.conftest import Message

Assessed = list["Mapping[str, object]"]

# What a change costs the browser, one by one; three bundles carry it to a page that is ready.
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
    # The control itself, the message put together, the contents (a step is begun), and what waits
    # for the hand to rest.
    assert len({id(m.widget) for m in messages}) <= 4
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


def bundles_of(sent: list[Message]) -> list[list[tuple[w.Widget, Mapping[str, object]]]]:
    """Return what each bundle brings: widgets and parts of their states."""
    bundles = [m for m in sent if isinstance(m.widget, MessageBundle)]
    return [[(_instances[k], s) for k, s in m.content["updates"].items()] for m in bundles]


def test_a_page_that_is_ready_gets_a_message_a_phase(pages: Pages, sent: list[Message]) -> None:
    pages.state.replace(full(pages))
    tell(pages.state.outbox, {"type": "ready"})
    messages = sent_by(sent, partial(enter_slider, pages))
    assert len(messages) == 3
    first, second, third = ([[*s, *classes(w)] for w, s in b] for b in bundles_of(messages))
    assert first == [["panel"], ["value"]]  # with the words beside the slider
    assert {"wb-drawing", "wb-chart-text"} <= {name for place in second for name in place}
    assert third == [["value", "wb-result-later"]]  # what waits for the hand to rest


def test_a_bundle_brings_what_each_widget_would_have_said(
    pages: Pages, sent: list[Message]
) -> None:
    pages.state.replace(full(pages))
    tell(pages.state.outbox, {"type": "ready"})
    for value in (2, 10, 0):
        enter(pages.find(w.IntSlider, "against.blurred"), value)
    pages.state.replace(full(pages, 8, walk_fear="yes"))
    pages.state.replace(full(pages, 1))
    shown: dict[w.Widget, dict[str, object]] = {}
    for message in sent:
        alone = message.method == "update"
        told = [(message.widget, message.content)] if alone else bundles_of([message])[0]
        for widget, state in told:
            shown.setdefault(widget, {}).update(state)
    bundled = {type(widget).__name__ for bundle in bundles_of(sent) for widget, _ in bundle}
    assert bundled == {"Box", "Frame", "Html", "Link"}
    for widget, state in shown.items():
        now, _, _ = _remove_buffers(widget.get_state(list(state)))
        assert state == now, type(widget)


def test_a_page_that_came_later_is_told_what_it_may_have_missed(
    pages: Pages, sent: list[Message]
) -> None:
    tell(pages.state.outbox, {"type": "ready"})
    assert sent == []  # the first page has missed nothing: it was given every state
    enter_slider(pages)
    sent.clear()
    tell(pages.state.outbox, {"type": "ready"})
    told = {id(m.widget): m.content for m in sent}
    assert told[id(find(pages.start, Frame))]["panel"] == pages.panel
    assert told[id(pages.chart("map").drawing)]["value"]


def test_what_is_said_outside_a_change_is_not_kept_back(pages: Pages, sent: list[Message]) -> None:
    tell(pages.state.outbox, {"type": "ready"})
    sent.clear()
    find(pages.start, Frame).panel = {}
    assert [(m.method, type(m.widget).__name__) for m in sent] == [("update", "Frame")]


def test_what_fails_in_a_change_keeps_nothing_back(
    pages: Pages, sent: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(pages.state.outbox, {"type": "ready"})
    sent.clear()
    with pytest.raises(AnswerError):
        pages.state.set("ready.healed", 99)
    assert sent == []

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(workbook.page.views.result, "headline", fail)
    enter_slider(pages)
    panels: list[Any] = [s["panel"] for b in bundles_of(sent) for w, s in b if "panel" in s]
    assert "ZeroDivisionError" in panels[-1]["problem"]
    assert not panels[-1]["scores"]


def test_what_is_to_leave_is_not_held_back(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel's standard output waits for all that was sent before it."""
    calls: list[None] = []
    monkeypatch.setattr(sys.stdout, "flush", lambda: calls.append(None))
    enter_slider(pages)
    assert calls


def test_a_page_is_sent_nearly_whole(sent: list[Message]) -> None:
    """Each message more, before anything is answered, keeps the next visitor waiting."""
    before = len(_instances)
    Pages()
    assert len(sent) < (len(_instances) - before) / 3
