"""Texts that are no answers: a sentence beside the field, and all else stays as it was."""

from __future__ import annotations

import ipywidgets as w
import pytest

from tests.views.walk import Pages, enter, find, find_all, full, press, read
from workbook import write_checkin
from workbook.instrument.kinds import TEXT_MOST
from workbook.page.past import Given

NO_ANSWERS = {
    "too long": "x" * (TEXT_MOST + 1),
    "null": "a\0b",
    "half an emoji": "a\ud83d",
}
TEXT = "Not now"


@pytest.fixture
def answered(pages: Pages) -> Pages:
    pages.state.replace(full(pages))
    return pages


def fields(pages: Pages) -> dict[str, tuple[w.Widget, w.Widget]]:
    """Return what each text stands in and its field, by key; one of an own item too."""
    press(find(pages.own, w.Button, "wb-add"))
    chapters = [*pages.chapters.values(), find(pages.own, css="wb-own-1")]
    keys = [i.id for i in pages.instrument.items if i.kind == "text"] + ["own.1.text"]
    views = {k: v for k in keys for c in chapters for v in find_all(c, css=f"wb-k-{k}")}
    assert len(views) == len(keys)
    return {k: (v, v.children[1]) for k, v in views.items()}


def sentences(view: w.Widget) -> list[str]:
    """Return what stands beside a field because of what is in it."""
    return [read(said).text for said in find_all(view, w.HTML, "wb-refused")]


@pytest.mark.parametrize("text", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_a_text_that_is_no_answer_is_said_beside_its_field(answered: Pages, text: str) -> None:
    for key, (view, field) in fields(answered).items():
        enter(field, TEXT)
        before = answered.answers
        assert before[key] == TEXT
        enter(field, text)
        assert answered.answers == before
        assert not answered.panel["problem"]
        assert field.value == text  # nothing is taken from under the hand
        assert sentences(view) == [answered.book.words("fields.refused")]
        enter(field, "Later")
        assert answered.answers == before | {key: "Later"}
        assert sentences(view) == []


@pytest.mark.parametrize("text", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_starting_over_or_loading_clears_what_was_refused(answered: Pages, text: str) -> None:
    texts = fields(answered)
    file = write_checkin(answered.instrument, answered.answers).encode()
    for act in (answered.state.reset, lambda: answered.book._files.load(Given("", file))):  # noqa: SLF001
        for _, field in texts.values():
            enter(field, text)
        act()
        for view, field in texts.values():
            assert field.value == ""
            assert sentences(view) == []


def test_the_longest_text_is_an_answer_however_it_is_counted(answered: Pages) -> None:
    texts = fields(answered)
    for letter in ("x", "\U0001f331"):
        text = letter * TEXT_MOST
        for key in ("say.limits.text", "well.support.step", "own.1.text"):
            view, field = texts[key]
            enter(field, text)
            assert answered.answers[key] == text
            assert sentences(view) == []
