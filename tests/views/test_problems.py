"""What goes wrong in a view shows on the page: never silent, never an old score as if it held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Never

import ipywidgets as w
import pytest

import workbook.page.state
from tests.views.walk import Pages, classes, enter, find, full, press, tell
from workbook.charts.map import MapChart
from workbook.charts.parts import PartsChart
from workbook.charts.scores import ScoreChart
from workbook.page import snapshot
from workbook.page.views import chapter, files, panel, questions, result, support
from workbook.page.views.frame import Frame

if TYPE_CHECKING:
    from tests.views.conftest import Message

ANSWER = "what a person wrote"
PLACES: list[tuple[Any, str]] = [
    (ScoreChart, "draw"),
    (ScoreChart, "say"),
    (MapChart, "draw"),
    (MapChart, "table"),
    (PartsChart, "draw"),
    (chapter, "switch_class"),
    (panel, "draw_scores"),
    (panel, "headline"),
    (questions, "markup"),
    (questions, "switch_class"),
    (result, "headline"),
    (support, "switch_class"),
    (workbook.page.state, "assess"),
    (workbook.page.state, "progress_of"),
]


def fail(*_args: object, **_kwargs: object) -> Never:
    raise RuntimeError(ANSWER)


@pytest.fixture
def answered(pages: Pages) -> Pages:
    pages.state.replace(full(pages))
    return pages


@pytest.mark.parametrize(
    ("place", "name"), PLACES, ids=[f"{place.__name__}.{name}" for place, name in PLACES]
)
def test_a_callback_that_fails_shows_in_the_panel(
    answered: Pages, monkeypatch: pytest.MonkeyPatch, place: Any, name: str
) -> None:
    slider = answered.find(w.IntSlider, "ready.healed")
    assert answered.panel["scores"]
    enter(slider, -1)  # so that all below has something to change
    monkeypatch.setattr(place, name, fail)
    enter(slider, 9)
    shown = answered.panel
    assert "RuntimeError" in shown["problem"]
    assert ANSWER not in shown["problem"]
    assert shown["scores"] == []
    assert shown["headline"] == ""
    assert shown["short"] == "Out of date"


def test_the_problem_stays_until_the_page_is_loaded_again(
    answered: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    slider = answered.find(w.IntSlider, "ready.healed")
    with monkeypatch.context() as patch:
        patch.setattr(ScoreChart, "draw", fail)
        enter(slider, 9)
    enter(slider, 8)
    assert answered.panel["problem"]
    assert answered.panel["scores"] == []


def test_the_other_views_go_on(answered: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScoreChart, "draw", fail)
    enter(answered.find(w.IntSlider, "ready.healed"), 9)
    assert answered.answers["ready.healed"] == 9
    assert answered.chart("parts").rows[0][1] == "12.3"  # 9 of 10 at weight 3 of 22


def test_answers_can_still_be_saved(
    answered: Pages, sent: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ScoreChart, "draw", fail)
    enter(answered.find(w.IntSlider, "ready.healed"), 9)
    tell(find(answered.start, Frame), {"type": "save"})
    assert [m for m in sent if m.method == "custom" and m.content["type"] == "file"]


@pytest.mark.parametrize("message", [{"type": "save"}, {"type": "load"}])
def test_a_file_that_cannot_be_made_or_taken_shows_too(
    answered: Pages, monkeypatch: pytest.MonkeyPatch, message: object
) -> None:
    monkeypatch.setattr(snapshot, "write_checkin", fail)
    monkeypatch.setattr(files, "read_diary", fail)
    tell(answered.files, message, b"anything")
    assert "RuntimeError" in answered.panel["problem"]


@pytest.mark.parametrize("button", ["wb-clear", "wb-strong"])
def test_a_button_that_fails_shows_too(
    answered: Pages, monkeypatch: pytest.MonkeyPatch, button: str
) -> None:
    monkeypatch.setattr(workbook.page.state, "assess", fail)
    part = answered.save if button == "wb-strong" else answered.frame("ready.healed")
    press(find(part, w.Button, css=button))
    assert "RuntimeError" in answered.panel["problem"]
    assert answered.answers["ready.healed"] == 5


def test_a_value_the_page_cannot_send_changes_nothing(answered: Pages) -> None:
    before = answered.answers
    slider = answered.find(w.IntSlider, "ready.healed")
    enter(slider, 99)  # ipywidgets itself keeps it in range
    assert answered.answers == before | {"ready.healed": 10}


def test_a_problem_at_the_signs_never_leaves_the_scores_on_the_page(
    answered: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result, "switch_class", fail)
    enter(answered.find(w.RadioButtons, "walk.fear"), "yes")
    assert answered.panel["problem"]
    assert answered.panel["scores"] == []
    assert "wb-off" not in classes(answered.safety)
