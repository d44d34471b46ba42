"""A serious sign: no score, no verdict, no script, but the way to help, and it stays."""

from __future__ import annotations

import re

import ipywidgets as w
import pytest

from tests.views.walk import Pages, classes, enter, find, find_all, full, press, read

SERIOUS = ("walk.manipulation", "walk.afraid")
OTHERS = ("walk.delays", "walk.one-sided", "walk.eggshells")


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


@pytest.mark.parametrize("sign", SERIOUS)
def test_the_panel_shows_no_score_and_no_verdict(answered: Pages, sign: str) -> None:
    say(answered, sign, "yes")
    panel = answered.panel
    assert panel["quiet"]
    assert panel["scores"] == []
    assert panel["notes"] == []
    assert panel["next"] is None
    outcome = answered.instrument.outcome("safety-first")
    assert (panel["headline"], panel["short"]) == (outcome.title, outcome.name)


@pytest.mark.parametrize("sign", SERIOUS)
def test_no_score_stands_anywhere_on_the_page(answered: Pages, sign: str) -> None:
    say(answered, sign, "yes")
    result = " ".join(read(h).text for h in find_all(answered.result, w.HTML))
    assert not re.search(r"\d", result)
    for other in answered.instrument.outcomes:
        if other.id != "safety-first":
            assert other.text not in result
    assert hidden(answered.result)


def test_the_charts_keep_no_score_that_could_be_seen(answered: Pages) -> None:
    # Hidden by a class is hidden from the eye; what is written in words has to be gone.
    say(answered, SERIOUS[0], "yes")
    texts = find_all(answered.result, css="wb-chart-text")
    assert len(texts) == 5
    assert [t.value for t in texts] == [""] * 5


@pytest.mark.parametrize("sign", SERIOUS)
def test_message_and_limits_are_put_aside(answered: Pages, sign: str) -> None:
    say(answered, sign, "yes")
    assert {c for c, view in answered.chapters.items() if hidden(view)} == {"say", "bound"}
    for chapter in ("say", "bound"):
        away = find(answered.chapters[chapter], css="wb-away")
        assert read(away).text


@pytest.mark.parametrize("sign", OTHERS)
def test_another_sign_withholds_nothing(answered: Pages, sign: str) -> None:
    say(answered, sign, "yes")
    assert not answered.panel["quiet"]
    assert answered.panel["scores"]
    assert not any(hidden(chapter) for chapter in answered.chapters.values())
    assert hidden(answered.safety)


@pytest.mark.parametrize("answer", ["no", "not sure"])
def test_no_and_not_sure_withhold_nothing(answered: Pages, answer: str) -> None:
    say(answered, SERIOUS[0], answer)
    assert answered.panel["scores"]
    assert hidden(answered.safety)


def test_the_safety_page_offers_help(answered: Pages) -> None:
    say(answered, SERIOUS[0], "yes")
    assert not hidden(answered.safety)
    page = read(answered.safety)
    outcome = answered.instrument.outcome("safety-first")
    services = answered.book.support_services
    assert services is not None
    assert page.texts("h3") == [outcome.title]
    assert outcome.text in page.texts("p")
    assert set(services.planning) <= set(page.texts("p"))
    assert page.texts("summary") == [c.name for c in services.country]


@pytest.mark.parametrize("after", ["no", "not sure", None])
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
    shown = {s["id"]: s["value"] for s in answered.panel["scores"]}
    assert shown == {k: s.value for k, s in answered.state.assessment.scores.items()}
    assert answered.chart("scores").rows[0][1] == f"{shown['readiness']:.0f}"


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
