"""Before the first question: few words in view, the rest on request."""

from __future__ import annotations

import datetime as dt
from html import unescape

import ipywidgets as w

from tests.views.walk import CAR, Pages, find, find_all, read, tell
from workbook import write_checkin
from workbook.page.views.files import Files
from workbook.page.views.frame import Frame

MOST = 90  # words before the first button, with that button and with what the bar says
BAR = ("title", "support", "leave", "leave-keys")


def test_few_words_stand_before_begin(pages: Pages) -> None:
    before = read(find(pages.start, css="wb-before"))
    parts = [*before.texts("h1"), *before.texts("p"), *before.texts("li")]
    said = " ".join([*parts, *before.texts("button")])
    assert said.count(" ") > 50
    bar = dict(find(pages.start, Frame).words)
    words = [*said.split(), *" ".join(bar[code] for code in BAR).split()]
    assert len(words) <= MOST, len(words)
    assert not before.all("details")


def test_what_has_to_be_known_stands_before_begin(pages: Pages) -> None:
    words, about = pages.book.words, pages.instrument.about
    support = pages.book.support_services
    assert support is not None
    before = read(find(pages.start, css="wb-before"))
    assert before.texts("h1") == [about.start[0]]
    assert {*about.start[1:], about.framing, support.danger} <= set(before.texts("p"))
    minutes = words("intro.minutes", minutes=about.minutes)
    promises = [minutes, *(words(f"intro.{code}") for code in ("kept", "leave"))]
    assert before.texts("b") == promises
    assert all(mark.attributes["aria-hidden"] == "true" for mark in before.all("svg"))
    assert len(before.all("svg")) == len(promises)
    assert words("intro.watched") in before.texts("p")
    last = [e for e in before.children if not isinstance(e, str)][-2:]
    assert last[0].text == support.danger  # right above the button
    assert last[1].texts("button") == [words("intro.begin")]


def test_the_rest_opens_on_request(pages: Pages) -> None:
    words, about = pages.book.words, pages.instrument.about
    more = read(find(pages.start, css="wb-more"))
    codes = ("more", "watched-more-title", "left-behind-title")
    assert more.texts("summary") == [words(f"intro.{code}") for code in codes]
    assert set(about.more) <= set(more.texts("p"))
    assert {words("intro.watched-more"), words("intro.left-behind")} <= set(more.texts("p"))


def test_a_file_opens_the_chapters(pages: Pages) -> None:
    opening, frame = find(pages.start, Files), find(pages.start, Frame)
    assert opening.first
    assert opening.words["load"] == pages.book.words("intro.file")
    tell(opening, {"type": "load", "zone": "UTC"}, b"nonsense")
    assert not frame.begun
    assert opening.said
    now = dt.datetime(2026, 3, 9, tzinfo=dt.UTC)
    text = write_checkin(pages.instrument, {"ready.healed": 4}, now)
    tell(opening, {"type": "load", "zone": "UTC"}, text.encode())
    assert pages.answers == {"ready.healed": 4}
    assert frame.begun
    assert not pages.files.first  # the other one also saves


def test_only_the_first_chapter_says_what_the_back_button_does(pages: Pages) -> None:
    said = pages.book.words("chapter.back-leaves")
    found = [c for c, v in pages.chapters.items() if _says(v, said)]
    assert found == [pages.instrument.chapters[0].id]


def _says(view: w.Widget, text: str) -> bool:
    return any(text in unescape(h.value) for h in find_all(view, w.HTML))


def test_the_end_says_who_wrote_and_paid_for_it_and_how_old_it_is(pages: Pages) -> None:
    about = pages.instrument.about
    closing = unescape(" ".join(h.value for h in find_all(pages.book.close(), w.HTML)))
    day = pages.book.words.part_of_date(about.updated)
    for text in (about.authors, about.funding, about.upkeep, day):
        assert text
        assert text in closing


def test_an_instrument_that_says_less_has_a_start_page_too() -> None:
    car = Pages(CAR)
    before = read(find(car.start, css="wb-before"))
    assert len(before.texts("h1")) == 1
    assert before.texts("button") == [car.book.words("intro.begin")]
