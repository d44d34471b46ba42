"""What comes after the scores, on a screen: message, plan, week, last questions, what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import INSTRUMENT, WORDS, Screen, check_file, open_in_voila
from workbook import write_checkin
from workbook.reflection.message import suggestions

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

SCORED: dict[str, object] = {i.id: "no" for i in INSTRUMENT.signs}
SCORED |= {i.id: 3 for i in INSTRUMENT.items if i.chapter == "against"}
SCORED |= {i.id: 6 for i in INSTRUMENT.items if i.chapter in ("for", "ready")}
HOPE = "Who knows, maybe one day."
LIMITS = "say.limits.text"
OUTCOME = "limits"


def wording(screen: Screen, part: str) -> Locator:
    """Return the list of wordings for one part of the message."""
    point = screen.page.locator(".wb-point").filter(has=screen.item(part))
    return point.locator(".wb-wordings").get_by_role("combobox")


def draft(screen: Screen) -> Locator:
    return screen.chapter("say").locator(".wb-msg")


def scored(page: Page, url: str, folder: Path) -> Screen:
    """Open the workbook with everything answered that counts, from a file."""
    screen = open_in_voila(page, url)
    file = folder / "scored.csv"
    file.write_text(write_checkin(INSTRUMENT, SCORED), newline="")
    screen.load(file)
    assert screen.should_have(SCORED).outcome == OUTCOME
    return screen


def test_a_message_is_put_together_read_again_and_taken_along(
    page: Page, voila_url: str, tmp_path: Path
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen = scored(page, voila_url, tmp_path)
    assert INSTRUMENT.message is not None
    noticed = screen.chapter("say").locator(".wb-noticed")

    # A wording that fits the tone and the outcome goes into its part, and can be changed there.
    screen.choose("say.tone", "brief")
    tone: dict[str, str | int | bool] = {"say.tone": "brief"}
    texts = suggestions(INSTRUMENT.message, tone, OUTCOME, LIMITS)
    offered = wording(screen, LIMITS).locator("option")
    expect(offered).to_have_text([WORDS("message.offer"), *texts])
    wording(screen, LIMITS).select_option(texts[0])
    expect(draft(screen)).to_have_text(texts[0])
    expect(screen.item(LIMITS).get_by_role("textbox")).to_have_value(texts[0])
    edited = f"{texts[0]} No calls at night."
    screen.write(LIMITS, edited)
    expect(draft(screen)).to_have_text(edited)
    expect(noticed.get_by_role("listitem")).to_have_count(0)

    # What may be heard otherwise is said in a line, and not a word is changed.
    screen.write("say.own-feelings.text", HOPE)
    expect(noticed).to_contain_text("“Who knows”")
    expect(noticed).to_contain_text("“maybe one day”")
    expect(draft(screen)).to_have_text(f"{HOPE} {edited}")
    screen.write(
        "say.own-feelings.text", "Somebody knows a maybe."
    )  # looks alike, says no such thing
    expect(noticed.get_by_role("listitem")).to_have_count(0)
    screen.write("say.own-feelings.text", "")
    screen.write(LIMITS, "")
    expect(draft(screen)).to_be_hidden()  # every part is optional
    screen.write("say.self-care.text", "I need quiet.")
    expect(noticed.get_by_role("listitem")).to_have_count(1)  # there are no limits in it
    screen.write(LIMITS, edited)
    whole = f"{edited} I need quiet."
    expect(draft(screen)).to_have_text(whole)

    chapter = screen.chapter("say")
    chapter.get_by_role("button", name=WORDS("take.copy"), exact=True).click()
    expect(chapter.get_by_role("status")).to_have_text(WORDS("take.copied"))
    assert page.evaluate("navigator.clipboard.readText()") == whole
    file = screen.save(chapter.get_by_role("button", name=WORDS("take.save"), exact=True))
    assert file.path().read_text(encoding="utf-8") == whole
    assert file.suggested_filename == WORDS("message.name")


def test_plan_week_and_last_questions_are_in_summary_print_and_file(
    new_page: NewPage, voila_url: str, tmp_path: Path
) -> None:
    page = new_page()
    screen = scored(page, voila_url, tmp_path)
    plan = screen.chapter("bound").locator(".wb-plan")
    entered: dict[str, object] = {
        "bound.frequency.setting": "month",
        "bound.frequency.if-crossed": "I answer next month.",
        "well.support.step": "Soup with Robin",
        "well.support.day": "thu",
        "well.support.done": True,
        "close.know": "no",
        "close.sure": "yes",
        LIMITS: "No calls at night.",
    }
    expect(plan).to_be_hidden()
    screen.enter(entered)
    expect(plan).to_contain_text("I answer next month.")
    # A careful start fills in the rest, and can be changed like everything else.
    screen.button("plan.start").click()
    expect(screen.button("plan.start")).to_be_hidden()
    screen.choose("bound.dating.setting", "open")
    answers = screen.answers()
    assert entered.items() <= answers.items()
    open_choices = {i.id for i in INSTRUMENT.items if any(o.start for o in i.options)}
    assert open_choices <= answers.keys()
    screen.should_have(answers)
    for item in open_choices:
        said = next(o.text for o in INSTRUMENT.by_id[item].options if o.id == answers[item])
        expect(plan).to_contain_text(said)

    # A last "no" leads back.
    titles = {c.id: c.title for c in INSTRUMENT.chapters}
    back = INSTRUMENT.by_id["close.know"].back_to
    page.get_by_role("button", name=WORDS("sure.back", chapter=titles[back])).click()
    expect(page.get_by_role("heading", name=titles[back])).to_be_focused()

    texts = ["No calls at night.", "I answer next month.", "Soup with Robin", "Thursday"]
    texts += [INSTRUMENT.by_id[key].name for key in ("close.know", "close.sure")]
    summary = page.locator(".wb-summary .sum")
    for text in texts:
        expect(summary).to_contain_text(text)
    expect(summary.locator("[role=img]")).to_have_count(3)  # two scores and their map
    check_file(screen.save(screen.button("files.save")), answers)

    page.emulate_media(media="print")
    printed = page.locator("body").inner_text()
    assert [text for text in texts if text not in printed] == []
    page.emulate_media(media="screen")
    save = page.locator(".wb-summary").get_by_role("button", name=WORDS("take.save"))
    alone = tmp_path / "alone.html"
    screen.save(save).save_as(alone)
    other = new_page(viewport=(375, 800))
    other.goto(alone.as_uri())
    assert other.locator(".sum").inner_text() == summary.inner_text()
    assert other.evaluate("document.documentElement.scrollWidth <= innerWidth")
