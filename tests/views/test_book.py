"""The workbook as a notebook uses it, with our instrument and with quite another one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import ipywidgets as w
import pytest

from tests.views.walk import (
    CAR,
    FRIENDSHIP,
    Pages,
    classes,
    enter,
    find,
    find_all,
    full,
    marks,
    place,
    press,
)
from tests.views.walk import read as read_html
from workbook import InstrumentError, Workbook, assess

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = """
id = "plain"
version = "1"
[[item]]
id = "a"
kind = "rating"
min = 0
max = 4
text = "How much?"
[[scale]]
id = "much"
bands = [{ id = "little", below = 50 }, { id = "lots" }]
[[scale.items]]
id = "a"
weight = 1
reason = "all there is"
"""


def test_every_chapter_has_its_heading_and_number(pages: Pages) -> None:
    *counted, last = pages.instrument.chapters
    for number, chapter in enumerate(counted, start=1):
        head = read_html(find_all(pages.chapters[chapter.id], w.HTML)[0])
        assert head.texts("h2") == [chapter.title]
        assert head.texts("p")[0] == f"Chapter {number} of {len(counted)}"
    head = read_html(find_all(pages.chapters[last.id], w.HTML)[0])
    assert head.texts("h2") == [last.title]
    assert head.texts("p") == [last.intro]


@pytest.mark.parametrize("chapter", ["", "nothing", "Why", "ready.healed"])
def test_a_chapter_that_is_not_there_is_named_with_those_that_are(chapter: str) -> None:
    book = Workbook(FRIENDSHIP)
    with pytest.raises(KeyError) as caught:
        book.chapter(chapter)
    said = caught.value.args[0]
    assert f"'{chapter}'" in said
    assert all(c.id in said for c in book.instrument.chapters)


def test_a_broken_instrument_is_refused_before_any_widget(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("id = 1\n")
    with pytest.raises(InstrumentError, match=r"broken\.toml"):
        Workbook(broken)


def test_broken_support_services_are_refused(tmp_path: Path) -> None:
    shutil.copy(FRIENDSHIP, tmp_path)
    (tmp_path / "support.toml").write_text("title = 1\n")
    with pytest.raises(InstrumentError, match=r"support\.toml"):
        Workbook(tmp_path / FRIENDSHIP.name)


def test_the_path_may_be_text() -> None:
    assert Workbook(str(FRIENDSHIP)).instrument.id == "ex-friendship"


def test_the_beginning_says_what_this_is_and_the_end_where_it_comes_from(pages: Pages) -> None:
    about = pages.instrument.about
    start, close = read_html(find(pages.start, css="wb-before")), pages.parts[-1]
    assert set(about.start[1:]) <= set(start.texts("p"))
    words = pages.book.words
    assert start.texts("b")[1:] == [words(f"intro.{code}") for code in ("kept", "leave")]
    more = read_html(find(pages.start, css="wb-more"))
    assert "After 30 minutes" in more.texts("p")[-1]
    (begin,) = start.all("button")
    assert "data-wb-begin" in begin.attributes
    end = read_html(find(close, w.HTML))
    assert set(about.closing) <= set(end.texts("p"))
    assert [r.cite for r in about.research] == end.texts("cite")
    assert about.source in end.text


def test_services_are_listed_by_country_with_numbers_to_call(pages: Pages) -> None:
    section = read_html(find(pages.parts[-2], w.HTML))
    services = pages.book.support_services
    assert services is not None
    countries = [c.name for c in services.country]
    assert section.texts("summary")[-len(countries) :] == countries
    phones = [s.phone for c in services.country for s in c.service if s.phone]
    assert section.texts("a") == phones
    for link in section.all("a"):
        assert link.attributes["href"] == "tel:" + link.text.replace(" ", "").replace("-", "")


# ------------------------------------------------------------------------------------ start over


@pytest.fixture
def answered(pages: Pages) -> Pages:
    pages.state.replace(full(pages) | {"say.limits.text": "only birthdays"})
    return pages


def question(pages: Pages) -> w.Widget:
    """Return what asks before everything is cleared."""
    return find(pages.save, css="wb-sure")


def test_start_over_asks_first(answered: Pages) -> None:
    before = answered.answers
    ask = find(answered.save, w.Button, css="wb-reset")
    assert "wb-off" in classes(question(answered))
    press(ask)
    assert answered.answers == before
    assert "wb-off" not in classes(question(answered))
    assert "wb-off" in classes(ask)


def test_start_over_can_be_called_off(answered: Pages) -> None:
    before = answered.answers
    press(find(answered.save, w.Button, css="wb-reset"))
    press(find(question(answered), w.Button, css="wb-button"))
    assert answered.answers == before
    assert "wb-off" in classes(question(answered))
    assert "wb-off" not in classes(find(answered.save, w.Button, css="wb-reset"))


def test_start_over_clears_every_control(answered: Pages) -> None:
    press(find(answered.save, w.Button, css="wb-reset"))
    press(find(question(answered), w.Button, css="wb-strong"))
    assert answered.answers == {}
    fresh = Pages()
    assert answered.panel == fresh.panel
    assert answered.htmls() == fresh.htmls()
    values = [
        [c.value for p in shown.parts for c in find_all(p, w.ValueWidget)]
        for shown in (answered, fresh)
    ]
    assert values[0] == values[1]
    assert "wb-off" in classes(question(answered))


# --------------------------------------------------------------------------- another instrument


def test_another_instrument_works_in_every_part() -> None:
    pages = Pages(CAR)
    assert "wb-off" in classes(find(pages.chapters["papers"], css="wb-safety"))
    for item in pages.instrument.items:
        assert pages.frame(item.id)
    enter(pages.find(w.IntSlider, "them.driving"), 5)
    enter(pages.find(w.IntSlider, "them.owning-up"), 4)
    enter(pages.find(w.IntSlider, "them.late"), 1)
    enter(pages.find(w.IntSlider, "you.need"), 1)
    enter(pages.find(w.IntSlider, "you.repair"), 2)
    enter(pages.find(w.Checkbox, "trip.none"), value=True)
    enter(pages.find(w.RadioButtons, "papers.not-covered"), "no")
    found = assess(pages.instrument, pages.answers)
    assert found.outcome == "lend"
    assert pages.panel["headline"].endswith(": lending the car")
    trust, cost = marks("".join(pages.panel["scores"]), "wb-score")
    assert [s.findtext("div/b") for s in (trust, cost)] == ["Trust", "Cost"]
    assert trust.attrib["aria-label"].startswith(f"Trust is {found.scores['trust'].value:.0f} of")
    assert read_html(find(pages.start, css="wb-before")).texts("h1")
    assert [bool(d.value) for d in find_all(pages.result, css="wb-drawing")] == [True] * 4
    assert pages.panel["problem"] == ""


def test_an_instrument_without_chapters_rules_and_services_works(tmp_path: Path) -> None:
    file = tmp_path / "plain.toml"
    file.write_text(PLAIN)
    pages = Pages(file)
    assert list(pages.chapters) == ["all"]
    enter(pages.find(w.IntSlider, "a"), 3)
    (mark,) = marks(pages.panel["scores"][0], "wb-mark")
    assert place(mark) == 75
    assert pages.panel["headline"] == ""
    assert pages.panel["problem"] == ""
    assert len(find_all(pages.result, css="wb-drawing")) == 2
    assert pages.parts[-2].children == ()


def test_two_workbooks_do_not_share_answers(pages: Pages) -> None:
    other = Pages()
    enter(pages.find(w.IntSlider, "ready.healed"), 3)
    assert other.answers == {}
    assert other.find(w.IntSlider, "ready.healed").value == -1


def test_what_a_saved_notebook_would_hold_of_a_part_tells_no_answer(pages: Pages) -> None:
    pages.state.replace({"ready.healed": 3, "say.limits.text": "SECRET"})
    for part in pages.parts:
        text = part._repr_mimebundle_()["text/plain"]
        assert text == "Box()"
