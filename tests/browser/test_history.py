"""Over time, in a browser: files and a diary go in, the story is drawn, and the diary goes on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import INSTRUMENT, WORDS, Screen, begin, contrasts, faults
from driving.servers import ROOT
from workbook import read_diary, write_checkin

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

DIARY = ROOT / "data/examples/recovery.csv"
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def checkin(folder: Path, days: int, rating: int) -> Path:
    """Write the file of a check-in that was saved so many days after the start."""
    answers: dict[str, object] = {i.id: "no" for i in INSTRUMENT.signs}
    answers |= {i.id: rating for i in INSTRUMENT.items if i.kind == "rating"}
    file = folder / f"notes-{days}.csv"
    file.write_text(
        write_checkin(INSTRUMENT, answers, START + timedelta(days=days)),
        encoding="utf-8",
        newline="",
    )
    return file


def test_two_files_and_a_diary_become_a_story_and_the_diary_goes_on(
    page: Page, voila_url: str, tmp_path: Path
) -> None:
    page.goto(voila_url)
    screen = Screen(page)
    begin(screen)
    page.locator(".wb-contents").get_by_role("button", name=WORDS("summary.title")).click()
    screen.load(checkin(tmp_path, 300, 7))  # the answers of now
    page.locator(".wb-contents").get_by_role("button", name=WORDS("history.title")).click()
    over = page.locator(".wb-history")
    expect(over.get_by_role("heading", name=WORDS("history.title"), exact=True)).to_be_focused()

    foreign = tmp_path / "shopping.csv"
    foreign.write_text("what,how many\nbread,1\n")
    files = [checkin(tmp_path, 0, 4), checkin(tmp_path, 20, 5), DIARY, foreign]
    with page.expect_file_chooser() as chooser:
        over.get_by_role("button", name=WORDS("earlier.load")).click()
    assert chooser.value.is_multiple()
    chooser.value.set_files(files)
    said = over.get_by_role("status")
    expect(said).to_contain_text("notes-20.csv")
    expect(said).to_contain_text("shopping.csv: This file cannot be read")
    readiness = INSTRUMENT.scales[0].name
    expect(over.get_by_role("img", name=readiness).first).to_be_visible()
    expect(over.locator(".wb-over-course .wb-line").first).to_be_attached()
    diary = read_diary(INSTRUMENT, DIARY.read_bytes())
    over.locator(".wb-over-course").first.get_by_text(WORDS("chart.table")).click()
    rows = over.locator(".wb-over-course").first.locator("tbody tr")
    expect(rows).to_have_count(len(diary) + 3)
    assert min(ratio for ratio, _ in contrasts(page)) >= 4.5
    assert faults(page) == []

    screen.page.locator(".wb-contents").get_by_role("button", name="Are you ready").click()
    screen.rate("ready.healed", 9)
    page.locator(".wb-contents").get_by_role("button", name=WORDS("history.title")).click()
    expect(rows).to_have_count(len(diary) + 4)  # today is the newest point
    with page.expect_download() as download:
        over.get_by_role("button", name=WORDS("earlier.into", name=DIARY.name)).click()
    content = download.value.path().read_bytes()
    assert download.value.suggested_filename == DIARY.name
    assert content.startswith(DIARY.read_bytes())
    *before, last = read_diary(INSTRUMENT, content)
    assert tuple(before) == diary
    assert last.answers["ready.healed"] == 9
