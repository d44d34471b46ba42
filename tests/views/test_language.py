"""Every word on the page comes from the files of the language: none is left in the code."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import ipywidgets as w
import pytest

from tests.pseudo import DATA, LATIN, foreign, pseudo, write_language
from tests.views.walk import Element, Pages, find_all, full, press, read, tell, walk
from workbook import Workbook, load_instrument, write_checkin
from workbook.instrument.support import bare
from workbook.page.views.earlier import Earlier
from workbook.page.views.files import Files
from workbook.page.views.frame import Frame
from workbook.page.views.text import TextOut

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SPOKEN = ("title", "aria-label", "placeholder", "alt")
NO_WORDS = {
    "leave-to",
    "language",
    "formats",
    "direction",
    "most",
    "most-packed",
}  # an address, names, a number
ORIGINAL = load_instrument(DATA / "friendship.toml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("language")
    write_language(made)
    return made


@pytest.fixture
def pages(folder: Path) -> Pages:
    whole = Pages(folder / "data/friendship.toml", language="xx", locale=folder / "locale")
    whole.parts = (*whole.parts, whole.book.history(), whole.book.summary())
    return whole


def texts(widget: w.Widget) -> Iterator[str]:
    """Yield what a person reads or hears of one widget."""
    if isinstance(widget, w.HTML):
        yield from spoken(read(widget))
    elif isinstance(widget, Earlier | Frame | Files | TextOut):
        texts = (text for key, text in widget.words.items() if key not in NO_WORDS)
        for text in texts:  # put in by the page
            yield text.replace("{time}", "12").replace("{name}", "12")
        yield from said_by(widget)
    else:
        for name in ("description", "placeholder", "tooltip"):
            yield getattr(widget, name, None) or ""
        yield from (label for label, _ in getattr(widget, "options", ()))


def spoken(element: Element) -> Iterator[str]:
    yield from (element.attributes.get(name, "") for name in SPOKEN)
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from spoken(child)


def said_by(widget: w.Widget) -> Iterator[str]:
    if isinstance(widget, Files):
        yield widget.said
    elif isinstance(widget, Earlier):
        yield from widget.told
    elif isinstance(widget, TextOut):
        yield widget.name
        if widget.mime == "text/plain":
            yield widget.text
        else:
            yield from spoken(read(widget.text.split("<body>")[1].split("</body>")[0]))
    else:
        panel = widget.panel
        yield from (panel[key] for key in ("problem", "headline", "short"))
        yield from (step[key] for step in widget.steps for key in ("title", "said", "left"))
        yield from spoken(read("".join(panel["scores"])))


def english(pages: Pages) -> set[str]:
    """Return the texts that no file of the language can have given."""
    services = pages.book.support_services
    assert services is not None
    listed = [s for country in services.country for s in country.service]
    named = [source for topic in services.topic for source in topic.source]
    web = {s.web for s in listed} | {bare(s) for s in (*named, *(s.source for s in listed)) if s}
    return {
        text
        for part in pages.parts
        for widget in walk(part)
        for text in texts(widget)
        if foreign(text, web)
    }


SIGN = {"walk.eggshells": "yes"}
OWN = {"own.1.text": "12", "own.1.side": "for", "own.1.rating": 7, "own.1.weight": 2}
TEXTS = {i.id: "34" for i in ORIGINAL.items if i.kind == "text"}
CHOICES = {i.id: i.options[0].id for i in ORIGINAL.items if i.kind == "choice"}
STATES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "little": {"ready.healed": 3, "why.bond": True, "feel.unresolved": True},
    "all": OWN | TEXTS | CHOICES,
    "a sign": SIGN,
    "capped": {"ready.healed": 1, "ready.boundaries": 1},
    "not sure": {"walk.fear": "not sure"},
    "certain of nothing": {i.id: "no" for i in ORIGINAL.items if i.back_to},
    "safety": {"walk.fear": "yes"},
}


@pytest.mark.parametrize("state", STATES)
def test_no_english_is_left(pages: Pages, state: str) -> None:
    answers = STATES[state]
    base = {} if state in ("nothing", "little") else full(pages)
    pages.state.replace(base | answers)
    assert english(pages) == set()
    assert len([text for part in pages.parts for x in walk(part) for text in texts(x)]) > 500


def test_ratings_high_and_low(pages: Pages) -> None:
    for rating in (0, 10):
        pages.state.replace(full(pages, rating))
        assert english(pages) == set()


@pytest.mark.parametrize(
    "change",
    [
        ("", ""),
        ('"ex-friendship"', '"other"'),
        ('"v2.0.0"', '"9"'),
        (",7,", ",77,"),
        ('"answer"', '"question"'),
        ("ready.healed", "ready.made-up"),
        ("saved_at", "time"),
        ("\r\n", "\r\n,\r\n"),
    ],
)
def test_what_is_said_of_files(pages: Pages, change: tuple[str, str]) -> None:
    """Values out of the file stand there as they are; all else is in the language."""
    text = write_checkin(ORIGINAL, {"ready.healed": 7}).replace(*change)
    tell(pages.files, {"type": "load"}, text.encode())
    allowed = {*change[1].strip('"').split(","), "ready.healed", "ex-friendship", "2.0.0"}
    allowed |= {"kind", "value", "id", "version", "instrument", "saved_at", "answer", "score"}
    allowed |= {"outcome", "question"}
    assert pages.files.said
    assert not foreign(pages.files.said, allowed - {""})


def test_a_fault_of_our_own_is_admitted_in_the_language(pages: Pages) -> None:
    pages.state.fail("1:2")
    assert pages.panel["problem"]
    assert english(pages) == set()


def test_phrases_are_those_of_the_language(pages: Pages) -> None:
    assert pages.instrument.message is not None
    pages.state.set("say.limits.text", f"12 {pseudo('for now')} 34")
    noticed = [n for p in pages.parts for n in find_all(p, css="wb-noticed")]
    assert pseudo("for now") in read(noticed[0]).text
    pages.state.set("say.limits.text", "12 for now 34")
    assert "for now" not in read(noticed[0]).text


def test_plural_forms_and_decimals_are_those_of_the_language(pages: Pages) -> None:
    assert pages.book.words.number(12.5, 1) == "12,5"
    pages.state.replace(full(pages, 5))
    assert any("," in row[1] for row in pages.chart("parts").rows)


def test_starting_over_asks_in_the_language(pages: Pages) -> None:
    for widget in find_all(pages.save, w.Button):
        press(widget)
    assert english(pages) == set()


def test_the_summary_alone_says_its_language(folder: Path) -> None:
    write_language(folder, "yy", "ar", LATIN)
    book = Workbook(folder / "data/friendship.toml", language="yy", locale=folder / "locale")
    file = next(x for x in walk(book.summary()) if isinstance(x, TextOut))
    assert '<html lang="yy" dir="rtl">' in file.text


def test_the_environment_chooses_the_language(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "xx")
    book = Workbook(folder / "data/friendship.toml", locale=folder / "locale")
    assert book.words.language == book.instrument.language == "xx"
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "")
    assert Workbook(folder / "data/friendship.toml").words.language == "en"


def test_over_time_speaks_the_language_too(pages: Pages) -> None:
    """Of two check-ins, months apart and of two versions, and of a file that is none."""
    early = full(pages, 3) | TEXTS | CHOICES | {"well.healing.done": True}
    dates = ("2026-01-05T09:00:00+00:00", "2026-01-12T09:00:00+00:00", "2026-06-01T09:00:00+00:00")
    texts_ = [write_checkin(ORIGINAL, early | {"ready.healed": n}, d) for n, d in enumerate(dates)]
    pages.state.replace(full(pages, 8) | CHOICES)
    (over,) = (x for part in pages.parts for x in walk(part) if isinstance(x, Earlier))
    files = [text.encode() for text in texts_] + [b"12"]
    for left, content in zip((3, 2, 1, 0), files, strict=True):
        message = {"type": "give", "name": "12.csv", "left": left, "zone": "UTC"}
        tell(over, message, gzip.compress(content))
    page = next(x for part in pages.parts for x in find_all(part, css="wb-history-page"))
    assert len(read(page).all("h3")) == 6
    assert len(over.told) == 4
    assert english(pages) == set()
