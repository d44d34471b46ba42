"""No score before the signs: each has to be answered or knowingly skipped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import ipywidgets as w
import pytest

from tests.views.walk import Pages, classes, enter, find, find_all, full, press, read
from workbook.page.state import hidden

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def pages() -> Pages:
    """Answer all but the signs, and skip none."""
    pages = Pages(skip=False)
    signs = dict.fromkeys((s.id for s in pages.instrument.signs), None)
    lean = {"choice.lean": "friends", "choice.sure": 7}
    pages.state.replace(full(pages, 6) | signs | lean)
    return pages


def signs(pages: Pages) -> list[str]:
    return [sign.id for sign in pages.instrument.signs]


def skip_button(pages: Pages, sign: str) -> w.Button:
    return find(pages.frame(sign), w.Button, css="wb-skip")


def off(widget: w.Widget) -> bool:
    return not {"wb-off", "wb-unseen"}.isdisjoint(classes(widget))


def should_show_no_score(pages: Pages) -> None:
    words, panel = pages.book.words, pages.panel
    assert hidden(pages.state)
    assert (panel["scores"], panel["charts"]) == ([], False)
    assert panel["headline"] == words("signs.first-short")
    assert panel["short"] == words("signs.first-short")
    assert len(panel["short"].split()) == 5
    assert not panel["quiet"]
    assert "wb-withheld" in classes(pages.result)
    said = [read(h).text for h in find_all(pages.result, w.HTML)]
    assert words("signs.first") in said
    titles = [o.title for o in pages.instrument.outcomes]
    assert not re.search(r"\d", " ".join(said))
    assert not any(title in " ".join(said) for title in titles)
    summary = find(pages.book.summary(), css="wb-summary-page").value
    assert "of 100" not in summary
    ways = find(pages.chapters["choice"], css="wb-ways").value
    assert words("signs.first") in ways
    assert words("choice.for") not in ways
    assert not any(o.text in summary for o in pages.instrument.outcomes)
    assert words("choice.yours", lean="Be friends again", sure=7, most=10) in read(summary).text
    assert not any(words(f"choice.{c}") in summary for c in ("for", "against", "tag"))


def test_nothing_shows_a_score_while_a_sign_is_open(pages: Pages) -> None:
    for sign in signs(pages):
        should_show_no_score(pages)
        enter(pages.find(w.RadioButtons, sign), "no")
    assert pages.panel["scores"]
    assert pages.panel["charts"]
    assert "wb-withheld" not in classes(pages.result)


def test_what_is_skipped_stays_blank_and_lets_the_scores_show(pages: Pages) -> None:
    before = pages.answers
    for sign in signs(pages):
        should_show_no_score(pages)
        press(skip_button(pages, sign))
    assert pages.answers == before  # no answer was made of it
    assert pages.panel["scores"]
    value = f"{pages.state.assessment.scores['readiness'].value:.0f}"
    assert pages.chart("scores").rows[0][1] == value
    later = find(pages.result, css="wb-result-said")
    assert pages.book.words("signs.first") not in later.value
    summary = find(pages.book.summary(), css="wb-summary-page").value
    assert "of 100" in summary
    assert pages.book.words("choice.for") in summary


def test_a_skipped_sign_says_so_and_an_answer_takes_that_back(pages: Pages) -> None:
    sign = signs(pages)[0]
    skip, said = skip_button(pages, sign), find(pages.frame(sign), css="wb-skipped")
    assert (off(skip), off(said)) == (False, True)
    press(skip)
    assert (off(skip), off(said)) == (True, False)
    enter(pages.find(w.RadioButtons, sign), "no")
    assert (off(skip), off(said)) == (True, True)
    enter(pages.find(w.RadioButtons, sign), None)
    assert (off(skip), off(said)) == (False, True)
    assert hidden(pages.state)


@pytest.mark.parametrize(
    "again", [lambda p: p.state.replace(p.answers), lambda p: p.state.reset()], ids=["load", "over"]
)
def test_a_file_and_a_new_start_ask_again(pages: Pages, again: Callable[[Pages], None]) -> None:
    for sign in signs(pages):
        press(skip_button(pages, sign))
    assert not hidden(pages.state)
    again(pages)
    assert hidden(pages.state)
    assert not off(skip_button(pages, signs(pages)[0]))


def test_a_serious_sign_comes_before_open_ones(pages: Pages) -> None:
    enter(pages.find(w.RadioButtons, "walk.fear"), "yes")
    assert pages.panel["quiet"]
    assert pages.panel["headline"] == pages.instrument.outcome("safety-first").title


def test_an_instrument_without_signs_shows_its_scores(pages: Pages) -> None:
    assert pages.state.scores_open is False
    for sign in signs(pages):
        pages.state.skip(sign)
    assert pages.state.scores_open is True
