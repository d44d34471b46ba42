"""Each kind of control: what the browser enters becomes an answer, and the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w
import pytest

from tests.views.walk import CAR, Pages, classes, enter, find, find_all, press, read

if TYPE_CHECKING:
    from tests.views.conftest import Message

SLIDER, SIGN, CHOICE = "ready.healed", "walk.delays", "bound.frequency.setting"
LINE, AREA, ALONE = "bound.frequency.if-crossed", "say.limits.text", "well.healing.done"


def said(pages: Pages, key: str) -> str:
    """Return the text beside a slider that says its answer."""
    texts = [read(h) for h in find_all(pages.frame(key), w.HTML)]
    found = [b for text in texts for b in text.all("b") if b.attributes["class"] == "wb-said"]
    assert len(found) == 1
    return found[0].text


def blank(pages: Pages, key: str) -> bool:
    return "wb-blank" in classes(pages.frame(key))


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        (w.IntSlider, SLIDER, 0),
        (w.IntSlider, SLIDER, 10),
        (w.RadioButtons, SIGN, "yes"),
        (w.RadioButtons, SIGN, "no"),
        (w.RadioButtons, SIGN, "not sure"),
        (w.Dropdown, CHOICE, "needed"),
        (w.Dropdown, CHOICE, "week"),
        (w.Text, LINE, "I answer next month."),
        (w.Textarea, AREA, "one line\nand another"),
        (w.Textarea, AREA, " "),
        (w.Checkbox, ALONE, True),
    ],
)
def test_a_control_and_its_answer_follow_each_other(
    pages: Pages, kind: type, key: str, value: object
) -> None:
    control = pages.find(kind, key)
    nothing = control.value
    enter(control, value)
    assert pages.answers == {key: value}
    pages.state.set(key, None)
    assert control.value == nothing
    assert pages.answers == {}
    pages.state.set(key, value)
    assert control.value == value
    assert pages.panel["problem"] == ""


@pytest.mark.parametrize(
    ("kind", "key", "value", "nothing"),
    [
        (w.IntSlider, SLIDER, 4, -1),
        (w.RadioButtons, SIGN, "yes", None),
        (w.Dropdown, CHOICE, "week", ""),
        (w.Text, LINE, "words", ""),
        (w.Textarea, AREA, "words", ""),
        (w.Checkbox, ALONE, True, False),
    ],
)
def test_a_control_starts_blank_and_can_be_blank_again(
    pages: Pages, kind: type, key: str, value: object, nothing: object
) -> None:
    control = pages.find(kind, key)
    assert control.value == nothing
    enter(control, value)
    enter(control, nothing)
    assert pages.answers == {}


def test_every_item_has_one_control_of_its_kind(pages: Pages) -> None:
    kinds = {
        "rating": w.IntSlider,
        "check": w.Checkbox,
        "sign": w.RadioButtons,
        "choice": (w.Dropdown, w.RadioButtons),
        "text": (w.Text, w.Textarea),
    }
    for item in pages.instrument.items:
        inner = find_all(pages.frame(item.id))
        controls = [c for c in inner if hasattr(c, "value") and not isinstance(c, w.HTML)]
        assert len(controls) == 1, item.id
        assert isinstance(controls[0], kinds[item.kind]), item.id


def test_the_page_starts_with_nothing_answered(pages: Pages) -> None:
    assert pages.answers == {}
    for item in pages.instrument.items:
        if item.kind in ("rating", "sign"):
            assert blank(pages, item.id)


@pytest.mark.parametrize(("value", "text"), [(0, "0 of 10"), (4, "4 of 10"), (10, "10 of 10")])
def test_a_slider_says_its_answer(pages: Pages, value: int, text: str) -> None:
    slider = pages.find(w.IntSlider, SLIDER)
    assert said(pages, SLIDER) == "not answered"
    enter(slider, value)
    assert said(pages, SLIDER) == text
    assert not blank(pages, SLIDER)
    enter(slider, -1)
    assert said(pages, SLIDER) == "not answered"
    assert blank(pages, SLIDER)


def test_a_slider_follows_what_is_set_elsewhere(pages: Pages) -> None:
    pages.state.replace({SLIDER: 7})
    assert pages.find(w.IntSlider, SLIDER).value == 7
    assert said(pages, SLIDER) == "7 of 10"
    assert not blank(pages, SLIDER)
    pages.state.replace({})
    assert pages.find(w.IntSlider, SLIDER).value == -1
    assert said(pages, SLIDER) == "not answered"
    assert blank(pages, SLIDER)


def test_a_slider_keeps_to_the_range_of_its_item() -> None:
    pages = Pages(CAR)
    slider = pages.find(w.IntSlider, "them.driving")
    assert (slider.min, slider.max, slider.value) == (0, 5, 0)
    enter(slider, 1)
    assert pages.answers == {"them.driving": 1}
    assert said(pages, "them.driving") == "1 of 5"
    enter(slider, 0)
    assert pages.answers == {}


def test_a_slider_shows_what_its_ends_mean(pages: Pages) -> None:
    texts = [read(h).text for h in find_all(pages.frame(SLIDER), w.HTML)]
    item = pages.instrument.by_id[SLIDER]
    assert any(item.min_label in t and item.max_label in t for t in texts)


@pytest.mark.parametrize(
    ("kind", "key", "value"), [(w.IntSlider, SLIDER, 4), (w.RadioButtons, SIGN, "yes")]
)
def test_the_clear_button_takes_the_answer_back(
    pages: Pages, kind: type, key: str, value: object
) -> None:
    control = pages.find(kind, key)
    nothing = control.value
    enter(control, value)
    assert not blank(pages, key)
    button = find(pages.frame(key), w.Button, css="wb-clear")
    assert button.description == "Clear"
    assert pages.instrument.by_id[key].name in button.tooltip
    press(button)
    assert pages.answers == {}
    assert control.value == nothing
    assert blank(pages, key)


def test_signs_offer_yes_no_and_not_sure_with_none_chosen(pages: Pages) -> None:
    for sign in pages.instrument.signs:
        radio = pages.find(w.RadioButtons, sign.id)
        assert radio.index is None
        assert [text for text, _ in radio.options] == ["Yes", "No", "Not sure"]


def test_a_choice_offers_what_the_item_does_below_an_empty_line(pages: Pages) -> None:
    control = pages.find(w.Dropdown, CHOICE)
    options = [(o.text, o.id) for o in pages.instrument.by_id[CHOICE].options if not o.only_with]
    assert list(control.options)[1:] == options
    assert control.index == 0


def test_the_controls_of_a_point_stand_together(pages: Pages) -> None:
    fields = [i.id for i in pages.instrument.items if i.source == "well.healing"]
    points = find_all(pages.chapters["well"], css="wb-point")
    groups = [p for p in points if find_all(p, key=fields[0])]
    assert len(fields) == 3
    assert len(groups) == 1
    assert all(find_all(groups[0], key=field) for field in fields)


def test_one_change_sends_nothing_to_the_other_controls(pages: Pages, sent: list[Message]) -> None:
    others = {id(c) for p in pages.parts for c in find_all(p, w.ValueWidget)}
    slider = pages.find(w.IntSlider, SLIDER)
    others -= {id(c) for c in find_all(pages.frame(SLIDER))}
    enter(slider, 4)
    touched = [m.widget for m in sent if id(m.widget) in others]
    assert [t for t in touched if not isinstance(t, w.HTML)] == []


def test_what_the_browser_entered_is_not_sent_back_to_it(pages: Pages, sent: list[Message]) -> None:
    # A value that comes back late would move the handle under the person's hand.
    slider = pages.find(w.IntSlider, SLIDER)
    enter(slider, 4)
    assert [m.method for m in sent if m.widget is slider] == []
