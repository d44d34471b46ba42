"""A serious sign: no score, no verdict, no script, but the way to help, and it stays."""

from __future__ import annotations

import re
from html import escape

import ipywidgets as w
import pytest

from tests.views.walk import (
    Pages,
    at_once,
    classes,
    enter,
    find,
    find_all,
    full,
    marks,
    place,
    press,
    read,
)
from workbook.instrument.support import bare
from workbook.page.views.text import TextOut

SERIOUS = ("walk.pressure", "walk.fear", "walk.harm")
OTHERS = ("walk.delays", "walk.one-sided", "walk.eggshells", "walk.guilt")
OPENED = {"yes": "safety-first", "not sure": "talk-first"}
AWAY = {"choice", "say", "bound"}
ANSWERS = [(sign, answer) for sign in SERIOUS for answer in OPENED]


@pytest.fixture
def answered(pages: Pages) -> Pages:
    """Answer everything that counts, with no sign."""
    pages.state.replace(full(pages, 8))
    return pages


def say(pages: Pages, sign: str, answer: str | None) -> None:
    enter(pages.find(w.RadioButtons, sign), answer)


def hidden(widget: w.Widget) -> bool:
    return bool({"wb-withheld", "wb-off"} & set(classes(widget)))


def test_nothing_is_withheld_before(answered: Pages) -> None:
    assert hidden(answered.safety)
    assert not hidden(answered.result)
    assert not any(hidden(chapter) for chapter in answered.chapters.values())
    assert answered.panel["scores"]
    assert not answered.panel["quiet"]


@pytest.mark.parametrize(("sign", "answer"), ANSWERS)
def test_the_panel_shows_no_score_and_no_verdict(answered: Pages, sign: str, answer: str) -> None:
    say(answered, sign, answer)
    panel = answered.panel
    assert panel["quiet"]
    assert panel["scores"] == []
    assert panel["next"] is None
    outcome = answered.instrument.outcome(OPENED[answer])
    assert (panel["headline"], panel["short"]) == (outcome.title, outcome.name)


@pytest.mark.parametrize(("sign", "answer"), ANSWERS)
def test_no_score_stands_anywhere_on_the_page(answered: Pages, sign: str, answer: str) -> None:
    say(answered, sign, answer)
    result = " ".join(read(h).text for h in find_all(answered.result, w.HTML))
    assert not re.search(r"\d", result)
    for other in answered.instrument.outcomes:
        if other.id != OPENED[answer]:
            assert other.title not in result
            assert other.text not in result
    assert hidden(answered.result)


def test_the_charts_keep_no_score_that_could_be_seen(answered: Pages) -> None:
    # Hidden by a class is hidden from the eye; what is written in words has to be gone.
    say(answered, SERIOUS[0], "yes")
    texts = find_all(answered.result, css="wb-chart-text")
    assert len(texts) == 5
    assert [t.value for t in texts] == [""] * 5


@pytest.mark.parametrize(("sign", "answer"), ANSWERS)
def test_choice_message_and_limits_are_put_aside(answered: Pages, sign: str, answer: str) -> None:
    say(answered, sign, answer)
    assert {c for c, view in answered.chapters.items() if hidden(view)} == AWAY
    for chapter in AWAY:
        away = find(answered.chapters[chapter], css="wb-away")
        assert read(away).text


@pytest.mark.parametrize("sign", OTHERS)
def test_another_sign_withholds_nothing(answered: Pages, sign: str) -> None:
    say(answered, sign, "yes")
    assert not answered.panel["quiet"]
    assert answered.panel["scores"]
    assert not any(hidden(chapter) for chapter in answered.chapters.values())
    assert hidden(answered.safety)


def test_a_no_withholds_nothing(answered: Pages) -> None:
    say(answered, SERIOUS[0], "no")
    assert answered.panel["scores"]
    assert hidden(answered.safety)


@pytest.mark.parametrize("answer", OPENED)
def test_the_safety_page_offers_help_and_a_plan(answered: Pages, answer: str) -> None:
    say(answered, SERIOUS[0], answer)
    assert not hidden(answered.safety)
    page, words = read(answered.safety), answered.book.words
    outcome = answered.instrument.outcome(OPENED[answer])
    services = answered.book.support_services
    assert services is not None
    assert page.texts("h3") == [outcome.title]
    assert outcome.text in page.texts("p")
    said = page.texts("p")
    doubt = answer == "not sure"
    assert set(services.planning) <= set(said)
    assert (set(services.doubt) <= set(said)) is doubt
    assert (set(services.intro) <= set(said)) is not doubt
    assert services.reviewed_note in said
    topics = [t.title for t in services.topic]
    countries = [c.name for c in services.country]
    assert page.texts("summary") == [*topics, *countries, words("talk.print")]
    assert said.index(services.danger) < said.index(services.planning[0])
    # The paper: first the question, then the two ways to go on.
    asked = page.all("details")[-1]
    assert asked.texts("p") == [services.print_note]
    assert asked.texts("button") == [words("talk.print-yes"), words("talk.print-no")]


@pytest.mark.parametrize("answer", OPENED)
def test_no_text_hints_that_another_answer_brings_scores_back(answered: Pages, answer: str) -> None:
    say(answered, SERIOUS[0], answer)
    later = find(answered.result, css="wb-result-later")
    assert later.value == ""
    said = read(find(answered.result, css="wb-result-said"))
    outcome = answered.instrument.outcome(OPENED[answer])
    # Doubt is named as what decided, with its reason, and with no way back.
    gate = answered.state.assessment.gate
    assert gate is not None
    why = (
        []
        if "outcome" in answered.state.assessment.withheld
        else [answered.book.words("why.title")]
    )
    assert (said.texts("h3"), said.texts("p")) == ([outcome.title, *why], [outcome.text])
    reasons = " ".join(said.texts("li"))
    assert (gate.reason in reasons) == bool(why)
    assert "“" not in reasons  # neither another outcome nor a question by name


@pytest.mark.parametrize("after", ["no", None])
def test_the_safety_page_stays_when_the_yes_is_taken_back(
    answered: Pages, after: str | None
) -> None:
    say(answered, SERIOUS[0], "yes")
    say(answered, SERIOUS[0], after)
    assert not hidden(answered.safety)
    assert read(answered.safety).all("a")
    # It no longer says what the answers no longer say.
    outcome = answered.instrument.outcome("safety-first")
    assert outcome.text not in read(answered.safety).texts("p")
    if after is None:
        answered.state.skip(SERIOUS[0])
    assert answered.panel["scores"]
    assert not hidden(answered.result)
    assert not any(hidden(chapter) for chapter in answered.chapters.values())


def test_the_safety_page_stays_through_other_changes(answered: Pages) -> None:
    say(answered, SERIOUS[0], "yes")
    say(answered, SERIOUS[0], None)
    enter(answered.find(w.IntSlider, "ready.healed"), 1)
    assert not hidden(answered.safety)


def test_starting_over_takes_the_safety_page_away(answered: Pages) -> None:
    say(answered, SERIOUS[0], "yes")
    press(find(answered.save, w.Button, css="wb-reset"))
    press(find(answered.save, w.Button, css="wb-strong"))
    assert hidden(answered.safety)
    assert not answered.panel["quiet"]
    assert not any(hidden(chapter) for chapter in answered.chapters.values())
    assert answered.answers == {}


def test_scores_come_back_up_to_date(answered: Pages) -> None:
    say(answered, SERIOUS[0], "yes")
    enter(answered.find(w.IntSlider, "ready.healed"), 0)
    say(answered, SERIOUS[0], "no")
    shown = [place(marks(drawing, "wb-mark")[0]) for drawing in answered.panel["scores"]]
    values = [s.value for s in answered.state.assessment.scores.values()]
    assert shown == pytest.approx(values, abs=0.01)
    assert answered.chart("scores").rows[0][1] == f"{shown[0]:.0f}"


def test_what_was_written_is_kept_while_it_is_put_aside(answered: Pages) -> None:
    enter(answered.find(w.Textarea, "say.limits.text"), "only birthdays")
    say(answered, SERIOUS[0], "yes")
    assert answered.answers["say.limits.text"] == "only birthdays"
    say(answered, SERIOUS[0], "no")
    assert answered.find(w.Textarea, "say.limits.text").value == "only birthdays"


def test_without_services_the_page_still_says_the_outcome(answered: Pages) -> None:
    answered.book.support_services = None
    chapter = answered.book.chapter("walk")
    page = find(chapter, css="wb-safety")
    answered.state.set(SERIOUS[1], "yes")
    outcome = answered.instrument.outcome("safety-first")
    assert outcome.text in read(page).texts("p")


def test_the_planning_page_needs_no_yes(answered: Pages) -> None:
    services = answered.book.support_services
    assert services is not None
    page = read(find(answered.book.support(), css="wb-support"))
    words = answered.book.words
    planning = page.all("details")[0]
    assert planning.texts("summary")[0] == words("support.planning")
    assert planning.texts("summary")[1:] == [t.title for t in services.topic]
    for topic in services.topic:
        assert set(topic.texts) <= set(planning.texts("p"))
    assert {*services.planning, services.reviewed_note} <= set(planning.texts("p"))
    assert page.texts("p")[0] == services.danger


def test_each_line_says_which_page_names_it_and_no_address_leaves(answered: Pages) -> None:
    page = read(find(answered.book.support(), css="wb-support"))
    services = answered.book.support_services
    assert services is not None
    lines = [s for c in services.country for s in c.service]
    shown = [li.texts("small")[0] for li in page.all("li")]
    assert shown == [line.named(answered.book.words) for line in lines]
    for line, said in zip(lines, shown, strict=True):
        assert bare(line.source) in said
        assert ("not checked" in said) is (line.seen == "not checked")
    assert all(a.attributes["href"].startswith("tel:") for a in page.all("a"))


@pytest.mark.parametrize("answer", OPENED)
def test_what_is_printed_and_saved_has_the_numbers(answered: Pages, answer: str) -> None:
    summary = answered.book.summary()
    services = answered.book.support_services
    assert services is not None
    page, file = find(summary, css="wb-summary-page"), find(summary, TextOut)
    assert services.danger not in page.value
    say(answered, SERIOUS[0], answer)
    for text in (page.value, file.text):
        assert escape(services.danger) in text
        numbers = [s.phone for c in services.country for s in c.service if s.phone]
        assert [n for n in numbers if n not in text] == []
        assert text.index(escape(services.danger)) < text.index(services.country[0].name)
        assert not re.search(r"\d+ of 100", text)
    say(answered, SERIOUS[0], "no")
    assert escape(services.danger) in page.value  # as on the page: it stays
    answered.state.reset()
    assert escape(services.danger) not in page.value


def test_no_score_stays_where_it_is_not_shown_either(answered: Pages) -> None:
    drawings = find_all(answered.result, css="wb-drawing")
    answered.state.show("walk")
    assert any(d.value for d in drawings)
    at_once(lambda: say(answered, SERIOUS[0], "yes"))  # not only once the hand rests
    assert not any(d.value for d in drawings)
    assert hidden(answered.result)
