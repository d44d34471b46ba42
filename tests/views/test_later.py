"""Sleep on it: a draft with a day, a letter that stays private, and files of version 1."""

from __future__ import annotations

import csv
import datetime as dt
import io

import ipywidgets as w
import pytest

from tests.views.walk import Pages, enter, find, full, tell
from workbook import write_checkin
from workbook.page import state as states
from workbook.reflection.later import asks_for_day

TODAY = dt.date(2026, 3, 9)
LETTER = "well.letter.text"


@pytest.fixture
def on_monday(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> Pages:
    """Lay out a workbook on a known day."""
    monkeypatch.setattr(states, "today", lambda: TODAY)
    pages.state.replace(full(pages, 6))
    return pages


def said(pages: Pages, day: int) -> str:
    return pages.book.words("say.draft", date=f"{day} March 2026")


def test_a_draft_says_until_when_it_is_kept(on_monday: Pages) -> None:
    summary = find(on_monday.book.summary(), css="wb-summary-page")
    until = find(on_monday.chapters["say"], css="wb-until")
    enter(on_monday.find(w.RadioButtons, "say.later"), "three-days")
    assert until.value == ""  # there is no draft yet
    enter(on_monday.find(w.Textarea, "say.limits.text"), "Not at night.")
    assert said(on_monday, 12) in until.value
    assert said(on_monday, 12) in summary.value
    enter(on_monday.find(w.RadioButtons, "say.later"), "week")
    assert said(on_monday, 16) in until.value
    on_monday.state.set("walk.fear", "not sure")
    assert until.value == ""
    assert said(on_monday, 16) not in summary.value


def test_the_day_counts_from_when_it_was_chosen(
    on_monday: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_monday.state.update({"say.later": "tomorrow", "say.limits.text": "Not at night."})
    monkeypatch.setattr(states, "today", lambda: TODAY + dt.timedelta(days=5))
    on_monday.state.set("ready.healed", 2)
    assert said(on_monday, 10) in find(on_monday.chapters["say"], css="wb-until").value
    # From a file, it counts from the day on which that was saved.
    saved = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    text = write_checkin(on_monday.instrument, on_monday.answers | {"ready.healed": 7}, saved)
    tell(on_monday.files, {"type": "load", "zone": "UTC"}, text.encode())
    assert said(on_monday, 3) in find(on_monday.chapters["say"], css="wb-until").value


def test_every_choice_of_a_day_has_days_that_are_known(pages: Pages) -> None:
    choices = [i for i in pages.instrument.items if asks_for_day(i)]
    assert {i.id for i in choices} == {"say.later", "choice.review"}


def test_a_letter_is_printed_only_when_asked_for(on_monday: Pages) -> None:
    summary = on_monday.book.summary()
    page, box = find(summary, css="wb-summary-page"), find(summary, w.Checkbox)
    asked = find(summary, css="wb-letter-too")
    assert "wb-off" in asked._dom_classes  # noqa: SLF001
    enter(on_monday.find(w.Textarea, LETTER), "All of it, unsent.")
    assert "wb-off" not in asked._dom_classes  # noqa: SLF001
    assert "unsent" not in page.value.casefold().replace("unsent letter", "")
    enter(box, True)  # noqa: FBT003
    assert "All of it, unsent." in page.value
    on_monday.state.replace(on_monday.answers)
    assert box.value is False  # who loads a file is asked again
    assert "All of it, unsent." not in page.value


def version_1(pages: Pages, **cells: str) -> bytes:
    """Return a file as version 1 wrote it, with answers to questions that are gone."""
    saved = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    text = write_checkin(pages.instrument, {"ready.healed": 4}, saved)
    (first, *_), names = list(csv.DictReader(text.lstrip("\ufeff").splitlines())), text.split()[0]
    first |= {"version": "v1.0.0", "fingerprint": "0" * 8}
    given = {k.replace("_", ".", 1).replace("_", "-"): v for k, v in cells.items()}
    rows = [first, *(first | {"id": key, "value": value} for key, value in given.items())]
    out = io.StringIO()
    writer = csv.DictWriter(out, names.replace("\ufeff", "").replace('"', "").split(","))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def test_a_file_of_version_1_names_what_is_gone_and_keeps_a_yes(pages: Pages) -> None:
    content = version_1(pages, for_respect="7", for_moved_on="3", walk_afraid="yes")
    tell(pages.files, {"type": "load", "zone": "UTC"}, content)
    assert pages.answers == {"ready.healed": 4, "walk.fear": "yes"}
    words = pages.book.words
    names = {old.id: old.name for old in pages.instrument.retired}
    gone = f"{names['for.respect']} and {names['for.moved-on']}"
    assert words("load.v1", names=gone[:1].upper() + gone[1:]) in pages.files.said
    assert words("signs.look-again", names=names["walk.afraid"]) in pages.files.said
    assert pages.panel["quiet"]


def test_a_file_that_loses_nothing_says_nothing_of_it(pages: Pages) -> None:
    tell(pages.files, {"type": "load", "zone": "UTC"}, version_1(pages))
    assert "earlier" not in pages.files.said
    assert "again" not in pages.files.said
