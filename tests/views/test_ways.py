"""The choice as a person sees it: four ways side by side, the lean, and where both come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w
import pytest

from tests.views.test_explain import answers
from tests.views.walk import CAR, Pages, at_once, classes, enter, find, find_all, read
from workbook.page.views.text import TextOut

if TYPE_CHECKING:
    from tests.views.walk import Element

CHOICE = {
    "choice.lean": "limits",
    "choice.sure": 7,
    "choice.step": "Sleep on <it>",
    "choice.review": "week",
}
LETTER = "Dear you,\nthis is <all> of it."


def shown(pages: Pages) -> Element:
    return read(find(pages.chapters["choice"], css="wb-ways"))


def cards(pages: Pages) -> list[Element]:
    return shown(pages).all("section")


def part(view: w.Widget, title: str) -> str:
    """Return the text of one part of the summary, empty where it is not there."""
    sections = read(find(view, css="wb-summary-page")).all("section")
    return next((s.text for s in sections if s.texts("h3") == [title]), "")


def test_four_ways_stand_side_by_side_in_equal_detail(pages: Pages) -> None:
    pages.state.replace(answers(pages))
    titles = [w.title for w in pages.instrument.ways]
    assert [c.texts("h3") for c in cards(pages)] == [[title] for title in titles]
    heads = {tuple(c.texts("dt")) for c in cards(pages)}
    assert len(heads) == 1
    assert len(heads.pop()) == 6
    for card, way in zip(cards(pages), pages.instrument.ways, strict=True):
        for text in (way.asks, way.brings, way.costs, way.like):
            assert text in card.texts("dd")


def test_each_shows_what_the_own_answers_say_with_their_numbers(pages: Pages) -> None:
    pages.state.replace(answers(pages, **{"ready.enriches": 1}))
    low = pages.instrument.by_id["ready.enriches"].when_low
    friends, *_, away = cards(pages)
    for card, head in ((friends, "Your answers against it"), (away, "Your answers for it")):
        said = card.text.split(head)[1].split("Your answers")[0]
        assert f"{low} (1 of 10)" in said
    pages.state.replace(answers(pages))
    assert "None of your answers stands out against it." in cards(pages)[0].text


def test_what_may_no_longer_stand_there_is_gone_while_the_hand_still_moves(pages: Pages) -> None:
    pages.state.replace(answers(pages))
    at_once(lambda: pages.state.set("walk.fear", "not sure"))
    assert find(pages.chapters["choice"], css="wb-ways").value == ""
    at_once(lambda: pages.state.set("walk.fear", "no"))
    assert cards(pages) == []  # it comes back when the hand rests
    pages.state.set("ready.enriches", 1)
    assert len(cards(pages)) == 4


def test_what_is_in_line_is_marked_and_nothing_is_recommended(pages: Pages) -> None:
    pages.state.replace(answers(pages))
    marked = ["in line with your answers" in c.text for c in cards(pages)]
    assert marked == [True, False, False, False]
    text = shown(pages).text.lower()
    for order in ("should", "recommend", "best for you", "you must", "right choice"):
        assert order not in text
    assert pages.instrument.choosing.not_answering in shown(pages).text


def test_a_way_is_in_line_with_what_a_sign_decides_and_says_so(pages: Pages) -> None:
    pages.state.replace(answers(pages, **{"walk.guilt": "yes"}))
    marked = ["in line with your answers" in c.text for c in cards(pages)]
    assert marked == [False, False, True, False]
    assert ["You said yes to: Guilt." in c.text for c in cards(pages)] == [True] * 4


@pytest.mark.parametrize(("sign", "said"), [("walk.fear", "yes"), ("walk.harm", "not sure")])
def test_a_serious_sign_or_doubt_leaves_no_comparison_and_no_lean(
    pages: Pages, sign: str, said: str
) -> None:
    view = pages.book.summary()
    pages.state.replace(answers(pages, **CHOICE, **{sign: said}))
    assert "choice" in pages.state.assessment.withheld
    assert find(pages.chapters["choice"], css="wb-ways").value == ""
    assert "wb-withheld" in classes(pages.chapters["choice"])
    summary = find(view, css="wb-summary-page").value
    for text in ("Your choice", "Sleep on", "Be friendly", "in line with"):
        assert text not in summary
    assert pages.answers["choice.lean"] == "limits"  # kept, for when it is shown again


def test_a_lean_without_scores_is_taken_without_the_comparison(pages: Pages) -> None:
    view = pages.book.summary()
    assert "With few answers there is nothing to compare yet." in shown(pages).text
    assert "Your answers for it" not in shown(pages).text
    assert len(cards(pages)) == 4
    enter(pages.find(w.Dropdown, "choice.lean"), "wait")
    assert pages.answers == {"choice.lean": "wait"}
    title = pages.instrument.by_id["choice.lean"].name
    assert f"{title}: Wait" in part(view, "Your choice")
    assert "in line with" not in part(view, "Your choice")


def test_the_summary_shows_choice_step_and_review_day(pages: Pages) -> None:
    view = pages.book.summary()
    pages.state.replace(answers(pages, **CHOICE))
    told = part(view, "Your choice")
    assert "Your choice so far: Be friendly, with limits, 7 of 10 sure." in told
    assert "Next step: Sleep on <it>" in told
    assert "Look again: In a week" in told
    assert "Leaning towards" not in told  # it is said once
    assert "Your answers for it" in told
    alone = find(view, TextOut).text
    assert "7 of 10 sure" in alone
    assert "<it>" not in alone


def test_the_lean_is_introduced_and_sureness_is_on_no_scale(pages: Pages) -> None:
    said = [read(h).text for h in find_all(pages.chapters["choice"], css="wb-choosing")]
    assert said == [pages.instrument.choosing.lean, pages.instrument.choosing.sure]
    pages.state.replace(answers(pages))
    before = pages.state.assessment.scores
    enter(pages.find(w.IntSlider, "choice.sure"), 3)
    assert pages.state.assessment.scores == before


def test_a_private_text_is_printed_only_when_asked_for(pages: Pages) -> None:
    view = pages.book.summary()
    box = find(view, css="wb-letter-too")
    assert "wb-off" in classes(box)
    pages.state.replace(answers(pages, **{"well.letter.text": LETTER, "well.support.step": "Tea"}))
    assert "wb-off" not in classes(box)
    assert "of it" not in find(view, css="wb-summary-page").value
    assert "of it" not in find(view, TextOut).text
    enter(find(box, w.Checkbox), value=True)
    assert LETTER in read(find(view, css="wb-summary-page")).text
    assert "<all>" not in find(view, TextOut).text
    assert "of it" in find(view, TextOut).text
    pages.state.reset()
    assert find(box, w.Checkbox).value is False


def test_another_questionnaire_has_no_ways_and_no_letter() -> None:
    pages = Pages(CAR)
    view = pages.book.summary()
    assert not [c for p in pages.chapters.values() for c in find_all(p, css="wb-ways")]
    assert "wb-off" in classes(find(view, css="wb-letter-too"))
