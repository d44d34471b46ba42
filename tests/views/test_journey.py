"""What comes after the scores: message, plan, last questions, summary."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import ipywidgets as w
import pytest

from tests.views.walk import (
    FRIENDSHIP,
    Pages,
    classes,
    enter,
    find,
    find_all,
    full,
    marks,
    press,
    read,
)
from workbook.page.views.text import TextOut

if TYPE_CHECKING:
    from pathlib import Path

NASTY = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\u202eright to left \u05e9\u05dc\u05d5\u05dd",
    "\U0001f331" * 50,
    "a" * 20_000,
    "two\nlines & 'quotes' \"too\"",
]


def draft(pages: Pages) -> w.Widget:
    return find(pages.chapters["say"], TextOut)


def offers(pages: Pages, part: str) -> w.Widget:
    points = find_all(pages.chapters["say"], css="wb-point")
    point = next(p for p in points if find_all(p, key=part))
    return find(point, w.Dropdown, css="wb-wordings")


def test_a_wording_goes_into_its_part_and_the_message(pages: Pages) -> None:
    pages.state.replace(full(pages))
    list_ = offers(pages, "say.limits.text")
    first = list_.options[1][1]
    enter(list_, first)
    assert pages.answers["say.limits.text"] == first
    assert draft(pages).text == first
    assert list_.value == ""


def test_wordings_follow_the_tone_and_the_outcome(pages: Pages) -> None:
    pages.state.replace(full(pages, say_tone="brief"))
    brief = offers(pages, "say.acknowledge.text").options
    pages.state.set("say.tone", "warm")
    warm = offers(pages, "say.acknowledge.text").options
    assert brief != warm
    for sign in ("walk.eggshells", "walk.guilt"):
        enter(pages.find(w.RadioButtons, sign), "yes")
    assert offers(pages, "say.limits.text").options
    assert pages.state.assessment.outcome == "no-contact"


def test_own_words_are_kept_before_a_wording_and_another_wording_takes_its_place(
    pages: Pages,
) -> None:
    pages.state.replace(full(pages))
    list_ = offers(pages, "say.limits.text")
    first, second = (option[1] for option in list_.options[1:3])
    enter(list_, first)
    enter(list_, second)
    assert pages.answers["say.limits.text"] == second
    pages.state.set("say.limits.text", "My own words.")
    enter(list_, first)
    assert pages.answers["say.limits.text"] == f"My own words. {first}"


def test_what_may_be_heard_otherwise_is_said_and_nothing_is_changed(pages: Pages) -> None:
    pages.state.set("say.own-feelings.text", "Maybe one day.")
    noticed = read(find(pages.chapters["say"], css="wb-noticed"))
    assert "“Maybe one day”" in noticed.texts("li")[0]
    assert len(noticed.texts("li")) == 2  # and there are no limits yet
    assert draft(pages).text == "Maybe one day."


def test_there_is_no_message_to_send_while_a_gate_withholds_it(pages: Pages) -> None:
    pages.state.replace(full(pages) | {"say.limits.text": "No calls."})
    pages.state.set("walk.fear", "yes")
    assert draft(pages).text == ""
    assert find(pages.chapters["say"], css="wb-noticed").value == ""
    pages.state.set("walk.fear", "no")
    assert draft(pages).text == "No calls."


def test_a_careful_start_fills_in_what_is_open_and_only_that(pages: Pages) -> None:
    start = find(pages.chapters["bound"], css="wb-plan-start")
    assert "wb-off" in classes(start)
    pages.state.replace(full(pages, 6) | {"bound.frequency.setting": "week"})
    press(start)
    assert pages.answers["bound.frequency.setting"] == "week"
    assert pages.answers["bound.physical.setting"]
    assert "wb-off" in classes(start)
    plan = read(find(pages.chapters["bound"], css="wb-plan")).text
    assert "About once a week" in plan


def test_a_last_no_names_the_chapter_to_go_back_to(pages: Pages) -> None:
    back = find_all(pages.chapters["close"], css="wb-back")
    assert len(back) == 4
    assert all("wb-unseen" in classes(b) for b in back)
    enter(pages.find(w.RadioButtons, "close.know"), "no")
    (shown,) = [b for b in back if "wb-unseen" not in classes(b)]
    titles = {c.id: c.title for c in pages.instrument.chapters}
    assert read(shown).text == f"Go back to: {titles['why']}"
    assert read(shown).all("button")[0].attributes["data-wb-goto"] == ".wb-chapter-why"
    enter(pages.find(w.RadioButtons, "close.know"), "yes")
    assert all("wb-unseen" in classes(b) for b in back)


def test_a_chapter_to_go_back_to_may_have_a_dot_in_its_id(tmp_path: Path) -> None:
    text = FRIENDSHIP.read_text(encoding="utf-8")
    for key in ("id", "chapter", "back_to"):
        text = text.replace(f'{key} = "why"\n', f'{key} = "why.now"\n')
    file = tmp_path / "dotted.toml"
    file.write_text(text, encoding="utf-8")
    pages = Pages(file)
    (goal,) = {
        button.attributes["data-wb-goto"]
        for back in find_all(pages.chapters["close"], css="wb-back")
        for button in read(back).all("button")
        if "why" in button.attributes["data-wb-goto"]
    }
    assert goal == r".wb-chapter-why\.now"
    assert "wb-chapter-why.now" in classes(pages.chapters["why.now"])
    enter(pages.find(w.Checkbox, "why.now.none"), value=True)
    assert pages.answers["why.bond"] is False


def test_the_summary_holds_everything_in_one_place(pages: Pages) -> None:
    view = pages.book.summary()
    pages.state.replace(
        full(pages, 6)
        | {
            "say.limits.text": "No calls at night.",
            "bound.frequency.setting": "month",
            "well.support.step": "Soup with Robin",
            "close.sure": "no",
        }
    )
    page = read(find(view, css="wb-summary-page"))
    for text in ("No calls at night.", "About once a month", "Soup with Robin", "not a validated"):
        assert text in page.text
    for score in marks("".join(pages.panel["scores"]), "wb-score"):
        assert score.attrib["aria-label"] in page.text
    assert pages.panel["headline"] in page.texts("h2")
    alone = find(view, TextOut)
    assert alone.mime == "text/html"
    assert "<script" not in alone.text
    assert "default-src 'none'" in alone.text
    assert "http" not in alone.text.replace("http-equiv", "")


def test_the_map_of_the_summary_is_the_one_of_the_result(pages: Pages) -> None:
    view = pages.book.summary()
    pages.state.replace(full(pages, 6, ready_healed=4))
    page = find(view, css="wb-summary-page").value
    assert pages.chart("map").drawing.value in page
    assert [e.attributes["class"] for e in read(page).all("circle")] == ["wb-ring", "wb-point"]
    assert pages.book.words("map.closed") in read(page).text
    pages.state.replace({})
    page = read(find(view, css="wb-summary-page"))
    assert page.all("circle") == []
    assert pages.book.words("map.open") in page.text


def test_the_summary_withholds_what_a_gate_withholds(pages: Pages) -> None:
    view = pages.book.summary()
    pages.state.replace(
        full(pages, 6) | {"say.limits.text": "No calls.", "bound.frequency.setting": "month"}
    )
    pages.state.set("walk.pressure", "yes")
    text = read(find(view, css="wb-summary-page")).text + find(view, TextOut).text
    assert "No calls." not in text
    assert "About once a month" not in text
    assert "Readiness" not in text
    assert "wb-plane" not in find(view, css="wb-summary-page").value


@pytest.mark.parametrize("text", NASTY, ids=["script", "image", "rtl", "emoji", "long", "lines"])
def test_any_text_is_shown_as_it_was_typed(pages: Pages, text: str) -> None:
    view = pages.book.summary()
    pages.state.replace(
        {"say.limits.text": text, "bound.dating.if-crossed": text, "well.support.step": text}
    )
    page = find(view, css="wb-summary-page")
    assert text.strip() in read(page).text
    assert "<script" not in page.value
    assert "<img" not in page.value
    assert draft(pages).text == text.strip()
    assert pages.panel["problem"] == ""


def test_the_summary_tells_nothing_of_older_answers(pages: Pages) -> None:
    view = pages.book.summary()
    pages.state.replace(full(pages, 6))

    async def move() -> None:
        pages.state.set("walk.fear", "yes")
        assert find(view, css="wb-summary-page").value == ""
        assert find(view, TextOut).text == ""

    asyncio.run(move())
