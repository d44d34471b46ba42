"""Over time, on the page: files in, the story out, and nothing that is shown or lost too early."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.views.walk import FRIENDSHIP, ROOT, Pages, classes, find, full, read, tell
from workbook import read_diary, write_checkin
from workbook.page import state as states
from workbook.page.past import Given
from workbook.page.views import earlier as earlier_view
from workbook.page.views.earlier import Earlier
from workbook.page.views.files import Files
from workbook.page.views.remember import Remember

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.views.conftest import Message

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
PLAN: dict[str, object] = {
    "choice.lean": "limits",
    "choice.sure": 7,
    "choice.review": "week",
    "choice.step": "Sleep on it",
    "well.support.step": "Soup",
    "well.support.day": "thu",
    "well.support.done": False,
}


class Over:
    """The section "Over time" of a page, as somebody uses it."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.view = pages.book.history()
        self.widget = find(self.view, Earlier)

    def give(self, files: Mapping[str, bytes | None]) -> list[str]:
        """Choose files (None: one that the browser finds too large); return what is said then."""
        for left, (name, content) in zip(reversed(range(len(files))), files.items(), strict=True):
            message: dict[str, object] = {"type": "give", "name": name, "left": left, "zone": "UTC"}
            if content is None:
                tell(self.widget, message | {"type": "too-large"})
            else:
                tell(self.widget, message, gzip.compress(content))
        return list(self.widget.told)

    def ask(self, kind: str) -> None:
        tell(self.widget, {"type": kind})

    @property
    def page(self) -> str:
        return str(find(self.view, css="wb-history-page").value)

    @property
    def days(self) -> list[str]:
        """The days in the first table."""
        table = read(self.page).all("tbody")[0]
        return [row.all("th")[0].text for row in table.all("tr")]

    @property
    def titles(self) -> list[str]:
        return read(self.page).texts("h3")


@pytest.fixture
def over(pages: Pages) -> Over:
    return Over(pages)


def saved(pages: Pages, day: float, rating: int = 6) -> bytes:
    """Return the file of a check-in with everything answered, saved that many days later."""
    answers = full(pages, rating)
    return write_checkin(pages.instrument, answers, START + timedelta(days=day)).encode()


def joined(*files: bytes) -> bytes:
    """Return check-ins as one diary."""
    rows = [file.decode().lstrip("\ufeff").split("\r\n", 1) for file in files]
    return (rows[0][0] + "\r\n" + "".join(rest for _, rest in rows)).encode()


def handed_over(sent: list[Message]) -> list[tuple[str, bytes]]:
    """Return the files that the browser was given by this section."""
    custom = [m for m in sent if isinstance(m.widget, Earlier | Files) and m.method == "custom"]
    files = [m for m in custom if m.content["type"] == "file"]
    return [(m.content["name"], bytes(m.buffers[0])) for m in files]


def test_nothing_of_it_is_imported_or_made_before_a_file_is_there() -> None:
    code = f"""
import sys
from ipywidgets.widgets.widget import _instances
from workbook import Workbook
book = Workbook({str(FRIENDSHIP)!r})
book.start(), book.save()
before = set(_instances)
book.history()
print(len(set(_instances) - before))
print([m for m in sys.modules if m.startswith("workbook") and "history" in m or "retelling" in m])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    count, names = done.stdout.splitlines()
    assert int(count) <= 4
    assert names == "['workbook.page.views.history']"


def test_any_number_of_files_and_diaries_make_one_story_that_ends_today(over: Over) -> None:
    pages = over.pages
    assert over.page == ""
    pages.state.replace(full(pages, 7))
    told = over.give(
        {
            "a.csv": saved(pages, 14, 5),
            "b.csv": saved(pages, 0, 4),
            "c.csv": joined(saved(pages, 21, 3), saved(pages, 7, 6)),
        }
    )
    assert told == [
        "a.csv: one check-in, 19 January 2026.",
        "b.csv: one check-in, 5 January 2026.",
        "c.csv: 2 check-ins, 12 January 2026 to 26 January 2026.",
    ]
    assert over.days[:4] == [f"{d} January 2026" for d in (5, 12, 19, 26)]
    assert len(over.days) == 5
    assert over.titles[0] == "Readiness over time"
    before = over.page
    pages.state.set("ready.healed", 2)  # the newest point follows
    assert over.page != before
    assert len(over.days) == 5


def test_what_came_of_the_files_is_said_before_anything_is_drawn(
    over: Over, sent: list[Message]
) -> None:
    over.pages.state.replace(full(over.pages, 7))
    sent.clear()
    over.give({"a.csv": saved(over.pages, 0)})
    page = find(over.view, css="wb-history-page")
    told = [n for n, m in enumerate(sent) if m.widget is over.widget and "told" in m.content]
    shown = [n for n, m in enumerate(sent) if m.widget is page and m.content.get("value")]
    assert told[0] < shown[0]


def test_what_is_on_the_page_is_no_point_of_its_own_while_it_is_the_newest_file(over: Over) -> None:
    pages = over.pages
    tell(pages.files, {"type": "load", "zone": "UTC", "name": "a.csv"}, saved(pages, 0))
    assert over.days == ["5 January 2026"]
    pages.state.set("ready.healed", 9)
    assert len(over.days) == 2


def test_what_cannot_be_used_is_named_and_loses_nothing(over: Over) -> None:
    pages = over.pages
    pages.state.replace(full(pages, 7))
    answers = pages.answers
    good, other = saved(pages, 0), saved(pages, 7).replace(b"ex-friendship", b"lend-my-car")
    bad = saved(pages, 14).replace(b"9,", b"9,", 1).replace(b'"no"', b'"perhaps"', 1)
    told = over.give(
        {
            "good.csv": good,
            "again.csv": good,
            "picture.csv": b"\x89PNG" + bytes(99),
            "huge.csv": None,
            "mixed.csv": joined(saved(pages, 21), other),
            "bad.csv": bad,
            "empty.csv": b"",
        }
    )
    assert over.widget.into == "again.csv"  # nothing is written into a file with foreign rows
    said = "\n".join(told)
    assert "good.csv: one check-in, 5 January 2026." in said
    assert "again.csv: 1 check-in was here already, and counts once." in said
    assert "picture.csv: This file cannot be read: " in said
    assert "huge.csv: This file cannot be read: it is too large." in said
    assert "mixed.csv: one check-in, 26 January 2026." in said
    assert re.search(r"mixed.csv, row \d+: left out. it belongs to another questionnaire", said)
    assert re.search(r"bad.csv, row \d+: left out. perhaps is not an answer to", said)
    assert "empty.csv: This file cannot be read: it holds no answers." in said
    assert over.days[:-1] == ["5 January 2026", "26 January 2026"]
    assert pages.answers == answers
    assert not pages.panel["problem"]


def test_a_message_that_is_damaged_or_grows_too_large_is_refused(
    over: Over, monkeypatch: pytest.MonkeyPatch
) -> None:
    give = {"type": "give", "name": "a.csv", "left": 0, "zone": "UTC"}
    tell(over.widget, give, b"no gzip at all")
    assert over.widget.told == [over.pages.book.words("past.damaged", name="a.csv")]
    monkeypatch.setattr(earlier_view, "MOST_BYTES", 1000)
    assert over.give({"a.csv": bytes(2000)}) == [
        over.pages.book.words("past.too-large", name="a.csv")
    ]
    tell(over.widget, give)  # nothing chosen
    assert over.page == ""
    assert not over.pages.panel["problem"]


@pytest.mark.parametrize("answer", ["yes", "not sure"])
def test_a_serious_sign_today_puts_the_whole_story_aside(
    over: Over, sent: list[Message], answer: str
) -> None:
    pages = over.pages
    pages.state.replace(full(pages, 7))
    over.give({"a.csv": saved(pages, 0)})
    assert over.widget.shown
    pages.state.set("walk.fear", answer)
    assert read(over.page).text == pages.book.words("chapter.withheld")
    assert "wb-withheld" in classes(over.view)
    assert not over.widget.shown
    over.ask("page")
    assert handed_over(sent) == []
    pages.state.set("walk.fear", "no")
    assert len(over.days) == 2


def test_no_score_of_any_time_is_shown_before_the_signs_of_today() -> None:
    over = Over(Pages(skip=False))
    over.give({"a.csv": saved(over.pages, 0)})
    assert read(over.page).text == over.pages.book.words("signs.first")
    assert not over.widget.shown
    over.pages.state.update({s.id: "no" for s in over.pages.instrument.signs})
    assert len(over.days) == 2


def test_starting_over_forgets_the_files_too(over: Over) -> None:
    over.pages.state.replace(full(over.pages))
    over.give({"a.csv": saved(over.pages, 0)})
    over.pages.state.reset()
    assert (over.page, over.widget.told, over.widget.into, over.widget.any) == ("", [], "", False)
    over.pages.state.replace(full(over.pages))
    over.give({"a.csv": saved(over.pages, 0)})
    over.ask("forget")
    assert over.page == ""
    assert over.pages.answers


def test_saving_into_the_file_puts_today_under_what_was_there(
    over: Over, sent: list[Message]
) -> None:
    pages = over.pages
    pages.state.replace(full(pages, 7))
    diary = joined(saved(pages, 0, 3), saved(pages, 7, 4))
    over.give({"mine.csv": diary, "one.csv": saved(pages, 20)})
    assert over.widget.into == "mine.csv"  # that with the most check-ins
    over.ask("into")
    ((name, content),) = handed_over(sent)
    assert name == "mine.csv"
    assert content.startswith(diary)
    *before, last = read_diary(pages.instrument, content)
    assert tuple(before) == read_diary(pages.instrument, diary)
    assert dict(last.answers) == pages.answers
    assert "mine.csv" in over.widget.told[0]
    assert pages.book._keeping.note["code"] == "saved"  # noqa: SLF001


def test_a_file_that_cannot_take_today_is_named_and_nothing_is_handed_over(
    over: Over, sent: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = over.pages
    pages.state.replace(full(pages, 7))
    over.give({"a.csv": saved(pages, 0)})
    past = pages.book._past  # noqa: SLF001
    assert past.file is not None
    monkeypatch.setattr(past, "file", Given("a.csv", past.file.content[:-40]))
    over.ask("into")
    assert handed_over(sent) == []
    assert over.widget.told[0].startswith("a.csv: This file cannot be read: ")
    assert not pages.panel["problem"]


def test_with_a_serious_sign_the_file_can_still_be_gone_on_with(
    over: Over, sent: list[Message]
) -> None:
    pages = over.pages
    diary = joined(saved(pages, 0, 3), saved(pages, 7, 4))
    tell(pages.files, {"type": "load", "zone": "UTC", "name": "mine.csv"}, diary)
    assert "Over time" in pages.files.said
    pages.state.set("walk.fear", "yes")
    tell(pages.files, {"type": "into"})
    ((name, content),) = handed_over(sent)
    assert name == "mine.csv"
    assert read_diary(pages.instrument, content)[-1].answers["walk.fear"] == "yes"
    tell(pages.files, {"type": "load", "zone": "UTC", "name": "mine.csv"}, content)
    assert "Over time" not in pages.files.said  # that part is put aside


def test_what_this_device_remembers_is_a_time_but_no_file_to_go_on_with(over: Over) -> None:
    pages = over.pages
    remember = find(pages.save, Remember)
    tell(remember, {"type": "restore", "zone": "UTC"}, saved(pages, 0))
    pages.state.set("ready.healed", 9)
    assert len(over.days) == 2
    assert over.widget.into == ""


def test_all_of_it_is_one_table(over: Over, sent: list[Message]) -> None:
    pages = over.pages
    pages.state.replace(full(pages, 7))
    over.give({"a.csv": saved(pages, 0), "b.csv": saved(pages, 7, 4)})
    over.ask("table")
    ((name, content),) = handed_over(sent)
    assert name == pages.book.words("earlier.table-name")
    checkins = read_diary(pages.instrument, content)
    assert [c.saved_at for c in checkins[:2]] == [START, START + timedelta(days=7)]
    assert dict(checkins[2].answers) == pages.answers


def test_all_of_it_is_a_page_that_stands_alone(over: Over, sent: list[Message]) -> None:
    pages = over.pages
    nasty = "<script>alert(1)</script>"
    pages.state.replace(full(pages, 7))
    planned = full(pages, 5) | PLAN | {"well.support.step": nasty}
    over.give({"a.csv": write_checkin(pages.instrument, planned, START).encode()})
    over.ask("page")
    ((name, content),) = handed_over(sent)
    page = content.decode()
    assert name == pages.book.words("earlier.page-name")
    assert page.lstrip().startswith("<!DOCTYPE html>")
    assert nasty not in page
    assert not re.search(r"<script|https?://|url\(|@import", page)
    shown = [t for t in over.titles if t]
    body = read(page.partition("<body>")[2].partition("</body>")[0])
    assert body.texts("h3") == shown
    assert len(body.all("table")) == len(shown)


def test_a_file_name_is_a_text_and_no_tag(over: Over) -> None:
    over.pages.state.replace(full(over.pages, 7))
    over.give({"<b>.csv": saved(over.pages, 0)})
    assert "<b>.csv" not in over.page


# --------------------------------------------------------------------------- who comes back


@pytest.fixture
def back(over: Over, monkeypatch: pytest.MonkeyPatch) -> Over:
    """Come back a week later with the file of a plan."""
    monkeypatch.setattr(states, "today", lambda: START.date() + timedelta(days=8))
    from workbook.page.views import greeting  # noqa: PLC0415

    monkeypatch.setattr(greeting, "today", states.today)
    return over


def load(pages: Pages, content: bytes) -> list[Any]:
    tell(pages.files, {"type": "load", "zone": "UTC", "name": "a.csv"}, content)
    return [find(part, css="wb-greeting") for part in (pages.start, pages.save)]


def test_who_comes_back_is_told_what_was_planned(back: Over) -> None:
    pages = back.pages
    content = write_checkin(pages.instrument, full(pages) | PLAN, START).encode()
    for said in load(pages, content):
        told = read(said)
        assert told.texts("h3") == ["What you planned on 5 January 2026"]
        assert told.texts("li") == [
            "Next step: Sleep on it",
            "People: Soup (Thursday): not marked as done yet",
        ]
        assert (
            "You wanted to look at this again on 12 January 2026. That day has come." in told.text
        )
        assert "You leaned towards “Be friendly, with limits”. Is that still so?" in told.text
        assert "wb-off" not in classes(said)
    pages.state.reset()
    assert all(said.value == "" for said in load_nothing(pages))


def load_nothing(pages: Pages) -> list[Any]:
    return [find(part, css="wb-greeting") for part in (pages.start, pages.save)]


def test_under_a_serious_sign_only_the_steps_are_told(back: Over) -> None:
    pages = back.pages
    answers = full(pages, walk_fear="yes") | PLAN
    said = load(pages, write_checkin(pages.instrument, answers, START).encode())[0]
    assert read(said).texts("li") == ["People: Soup (Thursday): not marked as done yet"]
    assert "leaned" not in said.value
    assert "look at this again" not in said.value


def test_a_file_of_today_or_without_a_plan_greets_with_nothing(back: Over) -> None:
    pages = back.pages
    today = write_checkin(pages.instrument, full(pages) | PLAN, START + timedelta(days=8))
    for content in (today.encode(), saved(pages, 0)):
        assert all(said.value == "" for said in load(pages, content))
