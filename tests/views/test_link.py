"""The tie between page and kernel: it answers, and keeps a check-in on the page, up to date."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import ipywidgets as w
import pytest

from tests.views.walk import FRIENDSHIP, Pages, at_once, enter, find, find_all, full, read, tell
from workbook import Workbook, read_checkin, write_checkin
from workbook.charts.scores import ScoreChart
from workbook.page.views import link
from workbook.page.views.link import Link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.views.conftest import Message


def link_of(pages: Pages) -> Link:
    found = find(pages.start, Link)
    assert isinstance(found, Link)
    return found


def pongs(sent: list[Message]) -> list[Mapping[str, object]]:
    return [m.content for m in sent if isinstance(m.widget, Link) and m.method == "custom"]


def test_it_answers_with_the_number_it_was_asked(pages: Pages, sent: list[Message]) -> None:
    tell(link_of(pages), {"type": "ping", "number": 7})
    assert pongs(sent) == [{"type": "pong", "number": 7}]
    assert len(sent) == 1


@pytest.mark.parametrize("message", [{}, {"type": "other"}])
def test_it_answers_nothing_else(pages: Pages, sent: list[Message], message: object) -> None:
    tell(link_of(pages), message)
    assert sent == []
    assert pages.panel["problem"] == ""


def test_the_page_knows_its_kernel_by_the_widget_itself(pages: Pages) -> None:
    assert link_of(pages).own == link_of(pages).model_id


def test_what_is_kept_is_the_text_of_write_checkin(pages: Pages) -> None:
    before = datetime.now(UTC)
    answers = full(pages, why_bond=True)
    pages.state.replace(answers)
    kept = link_of(pages).kept
    checkin = read_checkin(pages.instrument, kept["text"])
    assert kept["text"] == write_checkin(pages.instrument, answers, saved_at=checkin.saved_at)
    assert kept["at"] == checkin.saved_at.isoformat()
    assert abs((checkin.saved_at - before).total_seconds()) < 5
    assert kept["name"] == f"notes-{checkin.saved_at.date().isoformat()}.csv"


def test_a_serious_sign_keeps_scores_out_of_it(pages: Pages) -> None:
    pages.state.replace(full(pages))
    assert ',"score",' in link_of(pages).kept["text"]
    enter(pages.find(w.RadioButtons, "walk.afraid"), "yes")
    assert ',"score",' not in link_of(pages).kept["text"]


def test_nothing_answered_is_nothing_kept(pages: Pages) -> None:
    assert link_of(pages).kept == {}
    enter(pages.find(w.IntSlider, "ready.healed"), 3)
    assert link_of(pages).kept
    pages.state.reset()
    assert link_of(pages).kept == {}


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Note the answers of every check-in that is written from here on."""
    calls: list[object] = []

    def write(_instrument: object, answers: object, **_: object) -> str:
        calls.append(answers)
        return ""

    monkeypatch.setattr(link, "write_checkin", write)
    return calls


def test_nothing_is_written_while_the_hand_moves(pages: Pages, written: list[object]) -> None:
    slider = pages.find(w.IntSlider, "ready.healed")

    def drag() -> None:
        for rating in range(9):
            enter(slider, rating)

    at_once(drag)
    assert written == []
    assert pages.panel["problem"] == ""
    enter(slider, 9)
    assert written == [{"ready.healed": 9}]


def test_the_same_answers_are_written_once(pages: Pages, written: list[object]) -> None:
    pages.state.replace({"ready.healed": 3})
    pages.state.replace({"ready.healed": 3})
    assert written == [{"ready.healed": 3}]


def test_a_view_that_fails_takes_no_answers_away(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ScoreChart, "show", lambda *_: 1 / 0)
    enter(pages.find(w.IntSlider, "ready.healed"), 9)
    assert pages.panel["problem"]
    kept = link_of(pages).kept
    assert read_checkin(pages.instrument, kept["text"]).answers == {"ready.healed": 9}


@pytest.mark.parametrize(("minutes", "said"), [(30, True), (0.5, True), (0, False)])
def test_the_beginning_says_when_the_page_ends(minutes: float, said: bool) -> None:  # noqa: FBT001
    start = Workbook(FRIENDSHIP).start(idle_minutes=minutes)
    (found,) = find_all(start, Link)
    assert found.idle == minutes * 60
    points = read(find(start, css="wb-before")).texts("li")
    assert any(f"After {minutes:g} minutes" in point for point in points) is said
