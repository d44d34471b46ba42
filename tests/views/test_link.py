"""The tie between page and kernel: it answers, and keeps a check-in on the page, up to date."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import ipywidgets as w
import pytest

from tests.views.walk import FRIENDSHIP, Pages, at_once, enter, find, find_all, full, read, tell
from workbook import Workbook, read_checkin, write_checkin
from workbook.charts.scores import ScoreChart
from workbook.page import snapshot
from workbook.page.views import link
from workbook.page.views.link import Link
from workbook.page.views.remember import Remember

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


def newer(pages: Pages, sent: list[Message], change: Mapping[str, object], turn: int) -> bool:
    """Return whether the kernel says, after a gap, that it holds something newer."""
    ping = {"type": "ping", "number": 7, "changes": [change], "turn": turn}
    tell(link_of(pages), ping)
    answer = pongs(sent)[-1]
    assert answer["newer"] in ([], [change["widget"]])
    return bool(answer["newer"])


def test_after_a_gap_it_tells_what_it_has_heard(
    pages: Pages, sent: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    slider = pages.find(w.IntSlider, "ready.healed")
    monkeypatch.setattr(link, "_message_id", lambda: "first")
    enter(slider, 3)
    turn = link_of(pages).turn
    for message, known in (("first", True), ("second", False), (None, False)):
        change = {"widget": slider.model_id, "message": message}
        assert newer(pages, sent, change, turn) is known


def reset(pages: Pages) -> None:
    pages.state.reset()


def load(pages: Pages) -> None:
    tell(pages.files, {"type": "load"}, write_checkin(pages.instrument, {"for.care": 2}).encode())


def forget(pages: Pages) -> None:
    find(pages.save, Remember).set_state({"forgets": 1})


def take_back(pages: Pages) -> None:
    pages.state.set("ready.healed", None)


@pytest.mark.parametrize("act", [reset, load, forget, take_back])
@pytest.mark.parametrize("answered", [True, False])
def test_what_it_has_changed_itself_is_newer_than_what_was_lost(
    pages: Pages,
    sent: list[Message],
    act: Callable[[Pages], None],
    answered: bool,  # noqa: FBT001
) -> None:
    slider = pages.find(w.IntSlider, "ready.healed")
    change = {"widget": slider.model_id, "message": "lost"}
    if answered:
        enter(slider, 3)
    turn = link_of(pages).turn
    assert not newer(pages, sent, change, turn)
    act(pages)
    nothing_to_take_back = act is take_back and not answered
    assert newer(pages, sent, change, turn) is not nothing_to_take_back
    # What the page changes when it knows of that is newer in turn.
    assert not newer(pages, sent, change, link_of(pages).turn)


def test_another_answer_taken_back_overrules_nothing_else(
    pages: Pages, sent: list[Message]
) -> None:
    pages.state.replace({"ready.healed": 3, "for.care": 4})
    turn = link_of(pages).turn
    take_back(pages)
    change = {"widget": pages.find(w.IntSlider, "for.care").model_id, "message": "lost"}
    assert not newer(pages, sent, change, turn)


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
    enter(pages.find(w.RadioButtons, "walk.fear"), "yes")
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

    monkeypatch.setattr(snapshot, "write_checkin", write)
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
    monkeypatch.setattr(ScoreChart, "draw", lambda *_: 1 / 0)
    enter(pages.find(w.IntSlider, "ready.healed"), 9)
    assert pages.panel["problem"]
    kept = link_of(pages).kept
    assert read_checkin(pages.instrument, kept["text"]).answers == {"ready.healed": 9}


@pytest.mark.parametrize(("minutes", "said"), [(30, True), (0.5, True), (0, False)])
def test_the_beginning_says_when_the_page_ends(minutes: float, said: bool) -> None:  # noqa: FBT001
    start = Workbook(FRIENDSHIP).start(idle_minutes=minutes)
    (found,) = find_all(start, Link)
    assert found.idle == minutes * 60
    points = read(find(start, css="wb-more")).texts("p")
    assert any(f"After {minutes:g} minutes" in point for point in points) is said
