"""What another step shows is not worked out before somebody goes there, or asks for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from ipywidgets import DOMWidget

import workbook.page.views.composer
import workbook.page.views.history
import workbook.page.views.plan
import workbook.page.views.result
import workbook.page.views.summary
import workbook.page.views.ways
import workbook.scoring.assessment
from tests.views.walk import Pages, at_once, classes, find, find_all, full, read, tell
from workbook import write_checkin
from workbook.page.views.frame import Frame
from workbook.page.views.parts import Html
from workbook.page.views.text import TextOut
from workbook.records.diary import sift_diary
from workbook.reflection.journey import HISTORY, RESULT, SUMMARY, step_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.instrument.model import Instrument

# What stands in a page that tells of scores: of a drawing, of its words, of a card with answers.
SCORED = ("<svg", "of 100", "wb-way-answer")
KEY, SIGN, HERE = "ready.healed", "walk.fear", "ready"
# What is worked out for each step, and nowhere else. Steps of chapters go by what they hold.
WORK = {
    RESULT: [
        (workbook.page.views.result, "chart_text"),
        (workbook.page.views.result, "headline"),
        (workbook.scoring.assessment, "find_counterfactuals"),
        (workbook.scoring.assessment, "find_sensitivity"),
    ],
    HISTORY: [(workbook.page.views.history, "_page")],
    SUMMARY: [(workbook.page.views.summary, "render")],
    "choice": [(workbook.page.views.ways, "ways")],
    "say": [
        (workbook.page.views.composer, "findings"),
        (workbook.page.views.composer, "suggestions"),
    ],
    "bound": [(workbook.page.views.plan, "starts")],
}


class Whole(Pages):
    """All of a workbook, with a summary, and an earlier check-in to look back on."""

    def __init__(self) -> None:
        super().__init__()
        self.summary, self.history = self.book.summary(), self.book.history()
        self.parts = (*self.parts, self.summary, self.history)
        self.state.replace(full(self))
        past = self.book._past  # noqa: SLF001  # as a file that is given would
        text = write_checkin(self.instrument, full(self, 3), "2025-03-09T18:30:00+00:00")
        past._add(sift_diary(self.instrument, text.encode()).checkins, None)  # noqa: SLF001
        past.turn += 1

    @property
    def frame_of_all(self) -> Any:
        return find(self.start, Frame)

    def go(self, step: str) -> None:
        """Show a step, as the browser does."""
        self.frame_of_all.set_state({"shown": step})

    def all_of_it(self) -> list[tuple[object, ...]]:
        """Return what every part of the page shows, but for what tells of the step itself."""
        said = [w for part in self.parts for w in find_all(part, DOMWidget)]
        texts = [getattr(w, "value", None) if isinstance(w, Html) else None for w in said]
        files = [w.text if isinstance(w, TextOut) else None for w in said]
        options = [getattr(w, "options", None) for w in said]
        return list(zip(map(classes, said), texts, files, options, strict=True))


@pytest.fixture
def whole() -> Whole:
    return Whole()


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note for which steps anything is worked out."""
    found: list[str] = []

    def count(step: str, work: Callable[..., object], *args: object, **more: object) -> object:
        found.append(step)
        return work(*args, **more)

    for step, works in WORK.items():
        for place, name in works:
            monkeypatch.setattr(place, name, partial(count, step, getattr(place, name)))
    return found


def steps_of(instrument: Instrument) -> dict[str, str]:
    """Return the step of each entry of WORK."""
    return {name: name if name[0] == "-" else step_of(instrument, name) for name in WORK}


def test_a_press_works_out_what_is_shown_and_each_step_follows_when_it_is_shown(
    whole: Whole, worked: list[str]
) -> None:
    whole.state.set(KEY, 4)
    assert set(worked) == set(WORK)  # all on one page
    whole.go(HERE)
    worked.clear()
    for value in (5, 6, 7):
        whole.state.set(KEY, value)
    assert worked == []
    assert set(whole.frame_of_all.late) == set(steps_of(whole.instrument).values())
    for name, step in steps_of(whole.instrument).items():
        worked.clear()
        whole.go(step)
        assert name in worked
        assert {steps_of(whole.instrument)[done] for done in worked} == {step}
        assert step not in whole.frame_of_all.late
    assert whole.frame_of_all.late == []
    worked.clear()
    whole.go(HERE)
    whole.go(RESULT)
    assert worked == []  # nothing has changed since


def test_what_follows_late_is_what_would_have_followed_at_once(whole: Whole) -> None:
    other = Whole()
    whole.go(HERE)
    changes: list[dict[str, object]] = [
        {KEY: 2},
        {"tie.work": True, "bound.dating.setting": None},
        {SIGN: "not sure"},
        {SIGN: "no", KEY: 7},
        {"say.limits.text": "only birthdays", "walk.delays": "yes"},
    ]
    for change in changes:
        for pages in (whole, other):
            pages.state.update(change)
        whole.go("feel")
    assert whole.all_of_it() != other.all_of_it()
    for step in whole.state.late:
        whole.go(step)
    assert whole.all_of_it() == other.all_of_it()
    whole.state.set(KEY, 1)
    other.state.set(KEY, 1)
    whole.go("")
    assert whole.all_of_it() == other.all_of_it()


def test_the_summary_alone_is_worked_out_where_it_is_asked_for(
    whole: Whole, worked: list[str]
) -> None:
    whole.go(HERE)
    whole.state.set(KEY, 2)
    page, frame = find(whole.summary, Html, css="wb-summary-page"), whole.frame_of_all
    assert page.value == ""  # rather nothing than what is older
    worked.clear()
    tell(frame, {"type": "sum-up"})
    assert set(worked) == {SUMMARY}
    assert SUMMARY not in frame.late
    assert "of 100" in read(page).text
    worked.clear()
    tell(frame, {"type": "sum-up"})
    assert worked == []


def test_who_asks_while_the_hand_moves_gets_it_when_it_rests(whole: Whole) -> None:
    whole.go(HERE)
    page, frame = find(whole.summary, Html, css="wb-summary-page"), whole.frame_of_all

    def move_and_ask() -> None:
        whole.state.set(KEY, 2)
        tell(frame, {"type": "sum-up"})

    at_once(move_and_ask)
    assert page.value == ""
    assert SUMMARY in frame.late
    whole.state.set(KEY, 3)  # outside a kernel the hand rests at once
    assert "of 100" in read(page).text
    assert SUMMARY not in frame.late
    whole.state.set(KEY, 4)
    assert SUMMARY in frame.late  # once asked is not for ever


@pytest.mark.parametrize("answer", ["yes", "not sure"])
def test_a_serious_sign_takes_away_at_once_what_no_step_shows(whole: Whole, answer: str) -> None:
    whole.go(HERE)
    places = (whole.result, whole.summary, whole.history, whole.chapters["choice"])
    pieces = [piece for place in places for piece in find_all(place, Html)]

    def telling() -> int:
        return sum(any(mark in p.value for mark in SCORED) for p in pieces)

    assert telling() > 6
    at_once(lambda: whole.state.set(SIGN, answer))
    assert telling() == 0


def test_in_a_notebook_nothing_is_ever_late(whole: Whole, worked: list[str]) -> None:
    at_once(lambda: whole.state.set(KEY, 2))
    assert whole.frame_of_all.late == []
    assert {RESULT, "say", "bound"} <= set(worked)
