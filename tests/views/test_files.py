"""Save and load: the file is that of `write_checkin`, and a bad one changes nothing."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import ipywidgets as w
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.answering import answers_to
from tests.views.walk import CAR, FRIENDSHIP, Pages, classes, enter, find, full, tell
from workbook import load_instrument, read_checkin, write_checkin
from workbook.page.views.files import Files
from workbook.page.views.frame import Frame
from workbook.records.checkin import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.views.conftest import Message

SAVED_AT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
MIXED: Mapping[str, object] = {
    "ready.healed": 7,
    "walk.delays": "not sure",
    "why.bond": True,
    "why.loneliness": False,
    "bound.frequency.setting": "week",
    "say.limits.text": '=cmd|"/c calc"\nsecond line; ünï, "quoted"',
    "well.healing.done": True,
}


def handed_over(sent: list[Message]) -> list[Mapping[str, str]]:
    """Return the files that the browser was given."""
    custom = [m.content for m in sent if isinstance(m.widget, Files) and m.method == "custom"]
    return [content for content in custom if content["type"] == "file"]


def load(pages: Pages, content: str | bytes) -> str:
    """Choose a file, and return what is said then."""
    tell(pages.files, {"type": "load"}, content.encode() if isinstance(content, str) else content)
    return str(pages.files.said)


def test_saving_hands_over_the_text_of_write_checkin(pages: Pages, sent: list[Message]) -> None:
    pages.state.replace(MIXED)
    before = datetime.now(UTC)
    tell(pages.files, {"type": "save"})
    (file,) = handed_over(sent)
    saved_at = read_checkin(pages.instrument, file["text"]).saved_at
    assert 0 <= (datetime.now(UTC) - before).total_seconds() < 5
    assert abs((saved_at - before).total_seconds()) < 5
    assert file["text"] == write_checkin(pages.instrument, MIXED, saved_at=saved_at)
    assert file["name"] in pages.files.said


def test_the_name_of_the_file_is_neutral(pages: Pages, sent: list[Message]) -> None:
    tell(pages.files, {"type": "save"})
    (file,) = handed_over(sent)
    assert re.fullmatch(r"notes-\d{4}-\d\d-\d\d\.csv", file["name"])


def test_the_panel_saves_the_same_file(pages: Pages, sent: list[Message]) -> None:
    pages.state.replace(MIXED)
    tell(find(pages.start, Frame), {"type": "save"})
    tell(pages.files, {"type": "save"})
    first, second = ([r[4:] for r in csv.reader(io.StringIO(f["text"]))] for f in handed_over(sent))
    assert first == second
    assert len(first) > len(MIXED)


def test_loading_restores_every_control(pages: Pages, sent: list[Message]) -> None:
    pages.state.replace(MIXED)
    tell(pages.files, {"type": "save"})
    (file,) = handed_over(sent)
    fresh = Pages()
    load(fresh, file["text"])
    assert fresh.answers == MIXED
    assert fresh.find(w.IntSlider, "ready.healed").value == 7
    assert fresh.find(w.RadioButtons, "walk.delays").value == "not sure"
    assert fresh.find(w.Checkbox, "why.bond").value is True
    assert fresh.find(w.Dropdown, "bound.frequency.setting").value == "week"
    assert fresh.find(w.Textarea, "say.limits.text").value == MIXED["say.limits.text"]
    assert fresh.find(w.Checkbox, "well.healing.done").value is True
    assert fresh.panel == pages.panel


def test_loading_forgets_what_was_answered_before(pages: Pages) -> None:
    pages.state.replace(full(pages))
    load(pages, write_checkin(pages.instrument, {"ready.healed": 3}))
    assert pages.answers == {"ready.healed": 3}
    assert pages.find(w.IntSlider, "ready.boundaries").value == -1


def test_loading_says_how_much_and_when(pages: Pages) -> None:
    said = load(pages, write_checkin(pages.instrument, MIXED, saved_at=SAVED_AT))
    assert said == "Loaded: 7 answers, saved 1 March 2026, 12:30 (UTC)."


def test_of_several_check_ins_the_newest_is_taken(pages: Pages) -> None:
    days = [SAVED_AT, SAVED_AT.replace(day=8), SAVED_AT.replace(day=2)]
    texts = [write_checkin(pages.instrument, {"ready.healed": d.day}, saved_at=d) for d in days]
    said = load(pages, "".join(text.lstrip("\ufeff") for text in texts))
    assert pages.answers == {"ready.healed": 8}
    assert said == (
        "Loaded: 1 answer, saved 8 March 2026, 12:30 (UTC). It is the newest of 3 in this file. "
        "The earlier ones are under “Over time”."
    )


def test_loading_a_serious_sign_opens_the_safety_page(pages: Pages) -> None:
    load(pages, write_checkin(pages.instrument, {"walk.fear": "yes"}))
    assert pages.panel["quiet"]
    assert "wb-off" not in classes(pages.safety)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_what_is_saved_can_be_loaded(data: st.DataObject) -> None:
    instrument = load_instrument(CAR)
    answers = data.draw(answers_to(instrument))
    text = write_checkin(instrument, answers, saved_at=SAVED_AT)
    pages = Pages(CAR)
    said = load(pages, text)
    assert write_checkin(instrument, pages.answers, saved_at=SAVED_AT) == text
    assert said.startswith("Loaded: ") or not text.count('"answer"')


# ------------------------------------------------------------------------------------- bad files

GOOD = write_checkin(load_instrument(FRIENDSHIP), MIXED, saved_at=SAVED_AT)


def change(pattern: str, by: str) -> Callable[[str], str]:
    def make(text: str) -> str:
        changed = re.sub(pattern, by, text, count=1)
        assert changed != text
        return changed

    return make


BAD: dict[str, Callable[[str], str | bytes]] = {
    "empty": lambda _: "",
    "only a mark": lambda _: "\ufeff",
    "only a header": lambda t: t.split("\r\n", 1)[0] + "\r\n",
    "not text": lambda _: bytes(range(256)),
    "a picture": lambda _: b"\x89PNG\r\n\x1a\n" + bytes(100),
    "another encoding": lambda t: t.encode("utf-32"),
    "Latin-1": lambda t: t.removeprefix("\ufeff").encode("latin-1"),
    "another table": lambda _: "name,amount\r\ncoffee,3\r\n",
    "cut off in a cell": lambda t: t[: t.index("second line")],
    "cut off in a row": lambda t: t[: t.index("why.bond")] + '"',
    "a column missing": lambda t: t.replace('"value",', "", 1),
    "a column twice": lambda t: t.replace('"label"', '"value"', 1),
    "another questionnaire": lambda t: t.replace("ex-friendship", "lend-my-car"),
    "newer": lambda t: t.replace('"v2.0.0"', '"99.0.0"'),
    "no version": lambda t: t.replace('"v2.0.0"', '"soon"'),
    "no time": lambda t: t.replace(SAVED_AT.isoformat(), "yesterday"),
    "a question answered twice": lambda t: (
        t + t.split("\r\n")[1].replace('"true"', '"false"') + "\r\n"
    ),
    "an unknown question": change("ready.healed", "ready.nothing"),
    "a rating too high": change(r",7,", ",11,"),
    "a rating that is not whole": change(r",7,", ",7.5,"),
    "a rating that is no number": change(r",7,", ",1e309,"),
    "an unknown option": change('"week"', '"never"'),
    "an unknown sign": change('"not sure"', '"perhaps"'),
    "a kind of row that is none": change('"answer"', '"guess"'),
    "a null character": change("second", "sec\0ond"),
    "too large": lambda t: t + " " * MOST_BYTES,
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_changes_nothing_and_says_one_sentence(
    pages: Pages, sent: list[Message], name: str
) -> None:
    pages.state.replace({"ready.boundaries": 4, "walk.fear": "no"})
    answers, assessment, panel = pages.state.answers, pages.state.assessment, pages.panel
    shown = pages.htmls()
    sent.clear()
    said = load(pages, BAD[name](GOOD))
    assert pages.state.answers is answers
    assert pages.state.assessment is assessment
    assert pages.panel == panel
    assert pages.htmls() == shown
    assert all(isinstance(m.widget, Files) for m in sent)
    assert said.startswith("This file cannot be read: ")
    assert said.endswith(".")
    assert "\n" not in said
    assert len(said) < 250
    assert "Traceback" not in said


def test_what_is_said_twice_is_told_twice(pages: Pages, sent: list[Message]) -> None:
    # A screen reader hears the second refusal only if the page is told of it.
    load(pages, b"")
    sent.clear()
    load(pages, b"")
    assert [m.content["type"] for m in sent if m.method == "custom"] == ["said"]


def test_a_good_file_after_a_bad_one_loads(pages: Pages) -> None:
    load(pages, b"\xff")
    assert load(pages, GOOD).startswith("Loaded: ")
    assert pages.answers == MIXED


def test_the_page_knows_the_largest_size(pages: Pages) -> None:
    assert pages.files.words["most"] == str(MOST_BYTES)
    assert pages.files.words["too-large"].startswith("This file cannot be read: ")


@pytest.mark.parametrize("message", [{}, {"type": "other"}, {"type": "load"}])
def test_an_unknown_message_does_nothing(
    pages: Pages, sent: list[Message], message: object
) -> None:
    tell(pages.files, message)
    assert sent == []
    assert pages.panel["problem"] == ""


def test_starting_over_is_the_only_other_way_to_lose_answers(pages: Pages) -> None:
    enter(pages.find(w.IntSlider, "ready.healed"), 3)
    tell(pages.files, {"type": "save"})
    assert pages.answers == {"ready.healed": 3}


# ------------------------------------------------------------------------------- when it was saved


@pytest.mark.parametrize(
    ("saved_at", "zone", "said"),
    [
        ("2026-03-01T12:30:00+00:00", "Asia/Kolkata", "1 March 2026, 18:00."),
        ("2026-03-01T23:30:00-03:00", "Europe/Berlin", "2 March 2026, 03:30."),
        ("2026-07-01T12:30:00+00:00", "Europe/Berlin", "1 July 2026, 14:30."),
        ("2026-03-01T12:30:00", "Asia/Kolkata", "1 March 2026, 12:30."),
        ("2026-03-01T12:30:00+02:00", "../nowhere", "1 March 2026, 10:30 (UTC)."),
        ("2026-03-01T12:30:00+02:00", "Mars/Base", "1 March 2026, 10:30 (UTC)."),
        ("2026-03-01T12:30:00+02:00", ["x"], "1 March 2026, 10:30 (UTC)."),
        ("2026-03-01T12:30:00+02:00", None, "1 March 2026, 10:30 (UTC)."),
        ("0001-01-01T00:00:00+14:00", "Asia/Kolkata", "1 January 1, 00:00."),
        ("0001-01-01T00:00:00+14:00", None, "1 January 1, 00:00."),
        ("9999-12-31T23:59:00-12:00", "Asia/Kolkata", "31 December 9999, 23:59."),
    ],
)
def test_the_time_of_saving_is_said_where_the_reader_is(
    pages: Pages, saved_at: str, zone: object, said: str
) -> None:
    text = write_checkin(pages.instrument, MIXED, saved_at=saved_at)
    tell(pages.files, {"type": "load", "zone": zone}, text.encode())
    assert pages.files.said == f"Loaded: 7 answers, saved {said}"
    assert pages.answers == MIXED
    assert pages.panel["problem"] == ""


def test_a_file_without_its_end_is_loaded_and_the_page_says_so(pages: Pages) -> None:
    lines = GOOD.splitlines(keepends=True)
    said = load(pages, "".join(lines[:3]))
    assert said.endswith(
        "The end of the file is missing, so please check whether all your answers are here."
    )
    assert len(pages.answers) == 2
