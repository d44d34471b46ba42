"""What ticked boxes say, where they were asked and in the charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w

from tests.views.walk import classes, enter, find, read

if TYPE_CHECKING:
    from tests.views.walk import Pages


def card(pages: Pages, chapter: str) -> w.Widget:
    return find(pages.chapters[chapter], css="wb-found")


def test_a_tick_makes_a_careful_reading_with_its_reminder(pages: Pages) -> None:
    assert "wb-off" in classes(card(pages, "why"))
    enter(pages.find(w.Checkbox, "why.letting-go"), value=True)
    shown = card(pages, "why")
    assert "wb-off" not in classes(shown)
    text = read(shown).text
    about = "more about not being done with the past than about missing your company or needing"
    assert about in text
    assert pages.instrument.about.reminder in text
    assert pages.instrument.by_id["why.letting-go"].meaning in text
    assert "Adds 6 points to Risk." in text
    # nothing is ticked in the other chapter
    assert "wb-off" in classes(card(pages, "feel"))


def test_both_chapters_tell_the_same_reading_and_their_own_meanings(pages: Pages) -> None:
    enter(pages.find(w.Checkbox, "why.bond"), value=True)
    enter(pages.find(w.Checkbox, "feel.closure"), value=True)
    why, feel = (read(card(pages, c)) for c in ("why", "feel"))
    assert why.texts("p") == feel.texts("p")
    assert [len(c.all("li")) for c in (why, feel)] == [1, 1]
    assert "Adds" not in why.text + feel.text


def test_none_of_these_takes_the_reading_away(pages: Pages) -> None:
    enter(pages.find(w.Checkbox, "why.bond"), value=True)
    enter(pages.find(w.Checkbox, "why.none"), value=True)
    assert "wb-off" in classes(card(pages, "why"))
    assert card(pages, "why").value == ""


def test_the_profile_counts_the_boxes_of_each_theme(pages: Pages) -> None:
    enter(pages.find(w.Checkbox, "why.bond"), value=True)
    enter(pages.find(w.Checkbox, "feel.unresolved"), value=True)
    chart = pages.chart("profile")
    assert chart.rows == [["Your company", "1", "2"], ["Support", "0", "3"], ["The past", "1", "4"]]
    assert "more about missing your company than about needing someone" in chart.sentence
