"""The same notebook in JupyterLab: a short way through it, and what is kept when it is saved."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from driving.driver import INSTRUMENT, WORDS, Screen, begin, check_file, shown_whole, with_lists
from driving.servers import ask
from driving.waiting import eventually
from tests.browser.lab import run_again, run_all

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

NOTEBOOK = "notebooks/workbook.ipynb"
NEUTRAL = WORDS("frame.leave-to")
PRIVATE = "Nobody else needs to read this"
ENTERED: dict[str, object] = {
    "why.bond": True,
    "for.care": 6,
    "ready.healed": 0,
    "walk.delays": "not sure",
    "say.limits.text": PRIVATE,
}
AFTER: dict[str, object] = {
    "bound.frequency.setting": "month",
    "well.support.step": "Soup with Robin",
    "close.sure": "yes",
}


def test_after_run_all_the_beginning_is_in_view_and_nobody_was_asked_for_news(
    new_page: NewPage, lab_url: str
) -> None:
    page = new_page(viewport=(1600, 900))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    run_all(page, lab_url)
    expect(page.locator(".jp-NotebookPanel .wb-closing")).to_have_count(1)
    # JupyterLab goes to the last cell when all have run.
    expect(page.locator(".jp-Cell").last).to_have_class(re.compile("jp-mod-active"))
    expect(page.locator(".jp-Cell").first).to_be_in_viewport(ratio=1)
    first = page.get_by_role("heading", name=INSTRUMENT.about.start[0])
    expect(first).to_be_in_viewport(ratio=1)
    assert not [url for url in asked if "/lab/api/news" in url or "/lab/api/update" in url]
    expect(page.get_by_text("Jupyter news")).to_have_count(0)


def test_a_journey_in_jupyterlab(new_page: NewPage, lab_url: str, tmp_path: Path) -> None:
    page = new_page(viewport=(1600, 900), allowed=frozenset({urlsplit(NEUTRAL).netloc}))
    page.route(NEUTRAL, lambda route: route.fulfill(content_type="text/html", body="<p>Near"))
    run_all(page, lab_url)
    screen = shown_whole(Screen(page))
    screen.should_have({})
    spoken = "[...document.querySelectorAll('.wb, .wb-frame')].map(e => e.closest('[dir]').dir)"
    assert set(page.evaluate(spoken)) == {"ltr"}
    kept = ":is(.wb, .wb-frame) :is(input, textarea, select):not([autocomplete=off])"
    expect(page.locator(kept)).to_have_count(0)  # or the browser writes them to the disk
    before = screen.panel.bounding_box()
    screen.enter(ENTERED)
    answers = with_lists(ENTERED)
    screen.should_have(answers)
    assert before is not None
    assert (screen.panel.bounding_box() or {}) | {"height": 0} == before | {"height": 0}
    expect(screen.panel).to_be_in_viewport(ratio=1)

    screen.skip_signs()
    screen.should_have(answers)  # with scores now
    go_to_results(screen)

    # What comes after the scores is here as well.
    expect(screen.chapter("say").locator(".wb-msg")).to_have_text(PRIVATE)
    screen.enter(AFTER)
    answers |= AFTER
    screen.should_have(answers)
    expect(screen.chapter("bound").locator(".wb-plan")).to_contain_text("About once a month")
    expect(page.locator(".wb-summary .sum")).to_contain_text("Soup with Robin")

    file = screen.save(screen.panel.get_by_role("button", name=WORDS("frame.save")))
    check_file(file, answers)
    file.save_as(tmp_path / "notes.csv")
    screen.button("reset.ask").click()
    screen.button("reset.yes").click()
    screen.should_have({})
    screen.load(tmp_path / "notes.csv")
    screen.should_have(answers)

    # What is entered is in no notebook file, also when that is saved with its outputs.
    page.get_by_role("button", name="Save and create checkpoint").click()
    eventually(lambda: bool(outputs(lab_url)), 30, lambda: "the notebook is not saved")
    assert "widgets" not in saved(lab_url)["metadata"]
    assert PRIVATE not in json.dumps(saved(lab_url))

    # Remembered on request, in the browser and in no file.
    page.get_by_role("checkbox", name=WORDS("remember.label")).check()
    eventually(
        lambda: PRIVATE in page.evaluate("JSON.stringify(localStorage)"),
        30,
        lambda: "nothing is remembered",
    )
    # Left fast, no question holds the page, and the kernel, which lives on, has forgotten all.
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(NEUTRAL)
    page.goto(f"{lab_url}lab/tree/{NOTEBOOK}")
    begin(Screen(page))
    shown_whole(Screen(page), begun=True)
    screen.should_have({})
    assert PRIVATE not in page.evaluate("JSON.stringify(localStorage)")
    assert PRIVATE not in json.dumps(saved(lab_url))


def test_cells_that_run_again_leave_one_page_that_works(new_page: NewPage, lab_url: str) -> None:
    page = new_page(viewport=(1600, 900))
    run_all(page, lab_url)
    screen = shown_whole(Screen(page))
    screen.rate("ready.healed", 7)
    screen.should_have({"ready.healed": 7})
    run_again(page)
    begin(Screen(page))  # the first page is gone with its answers, and another one begins
    shown_whole(Screen(page), begun=True)
    expect(page.locator(".wb-closing")).to_have_count(1)
    screen.should_have({})
    expect(page.locator(".wb-panel")).to_have_count(1)
    expect(page.locator(".wb-chapter")).to_have_count(len(INSTRUMENT.chapters))
    screen.rate("ready.healed", 4)
    screen.should_have({"ready.healed": 4})


def go_to_results(screen: Screen) -> None:
    """Go there by the panel, which stays in view."""
    screen.button("frame.results").click()
    result = screen.page.get_by_role("heading", name=WORDS("result.title"))
    expect(result).to_be_focused()
    expect(result).to_be_in_viewport(ratio=1)
    assert screen.table("scores")[1][-1] == "2 of 11"
    expect(screen.panel).to_be_in_viewport(ratio=1)


def saved(lab_url: str) -> dict[str, Any]:
    """Return the notebook as it stands on the disk."""
    answer = json.loads(ask(f"{lab_url}api/contents/{NOTEBOOK}?content=1").text)
    notebook: dict[str, Any] = answer["content"]
    return notebook


def outputs(lab_url: str) -> list[dict[str, Any]]:
    cells = saved(lab_url)["cells"]
    return [output for cell in cells for output in cell.get("outputs", [])]
