"""What comes before any score: signs that are about safety, and the way to people who can help."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import (
    INSTRUMENT,
    SUPPORT,
    WORDS,
    Screen,
    check_file,
    faults,
    open_in_voila,
    uncovered,
)
from driving.waiting import eventually
from workbook import write_checkin

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import NewPage
    from workbook.instrument.scales import Outcome

pytestmark = pytest.mark.browser

SAFETY = INSTRUMENT.outcome("safety-first")
MESSAGE, LIMIT, LEAN = "say.limits.text", "bound.frequency.setting", "choice.lean"
RATINGS: dict[str, object] = {i.id: 8 for i in INSTRUMENT.items if i.kind == "rating"}
SIGNS: dict[str, object] = {sign.id: "no" for sign in INSTRUMENT.signs}
ANSWERS = RATINGS | SIGNS | {MESSAGE: "Not at night.", LIMIT: "month"}


def load(screen: Screen, folder: Path) -> None:
    file = folder / "answers.csv"
    file.write_text(write_checkin(INSTRUMENT, ANSWERS), newline="")
    screen.load(file)
    screen.should_have(ANSWERS)


def verdicts(page: Page, own: Outcome = SAFETY) -> list[str]:
    """Return what in the text of the page, and in what is read aloud, gives a score or verdict."""
    others = [outcome for outcome in INSTRUMENT.outcomes if outcome.id != own.id]
    words = [scale.name for scale in INSTRUMENT.scales]
    words += [text for outcome in others for text in (outcome.text, f": {outcome.title}")]
    words += [WORDS("headline.open"), "of 100"]
    body = page.locator("body")
    return [word for word in words if word in body.inner_text() + body.aria_snapshot()]


def test_a_serious_sign_puts_everything_else_aside(
    page: Page, voila_url: str, tmp_path: Path
) -> None:
    assert SUPPORT is not None
    screen = open_in_voila(page, voila_url)
    calm = page.locator(".wb-safety")
    load(screen, tmp_path)
    expect(screen.chart("scores")).to_be_visible()
    expect(calm).to_be_hidden()
    assert len(verdicts(page)) > 3  # so this would find them

    screen.sign("walk.fear", "yes")
    answers = ANSWERS | {"walk.fear": "yes"}
    screen.should_say(answers)
    expect(screen.panel.locator(".wb-headline")).to_have_text(SAFETY.title)
    # the texts follow the panel in a message of their own
    eventually(lambda: verdicts(page) == [], 5, lambda: f"still there: {verdicts(page)}")
    for chapter, key in (("choice", LEAN), ("say", MESSAGE), ("bound", LIMIT)):
        expect(screen.item(key)).to_be_hidden()
        expect(screen.chapter(chapter)).to_contain_text(WORDS("chapter.withheld"))
    expect(calm).to_be_in_viewport()
    expect(calm.get_by_role("heading").first).to_have_text(SAFETY.title)
    expect(calm).to_contain_text(SAFETY.text)
    country = SUPPORT.country[0]
    calm.get_by_text(country.name, exact=True).click()
    phone = next(service.phone for service in country.service if service.phone)
    expect(calm.get_by_role("link", name=phone).first).to_be_visible()
    # The file holds no score either.
    check_file(screen.save(screen.button("files.save")), answers)
    page.emulate_media(media="print")
    assert verdicts(page) == []
    expect(page.locator(".sum-help").get_by_text(SUPPORT.danger)).to_be_visible()
    expect(page.locator(".sum-help").get_by_text(phone).first).to_be_visible()
    page.emulate_media(media="screen")
    # Nor does the bar on a phone, closed or open.
    page.set_viewport_size({"width": 375, "height": 667})
    dock = screen.panel.get_by_role("button", name=SAFETY.name)
    expect(dock).to_have_text(SAFETY.name)
    dock.click()
    assert verdicts(page) == []
    screen.panel.get_by_role("button", name=WORDS("frame.support")).click()
    expect(page.get_by_role("heading", name=SUPPORT.title).last).to_be_in_viewport()

    # Taking the yes back brings all back, and leaves the way to help where it was.
    page.set_viewport_size({"width": 1280, "height": 900})
    screen.sign("walk.fear", "no")
    screen.should_have(ANSWERS)
    expect(screen.chart("scores")).to_be_visible()
    expect(screen.item(MESSAGE)).to_be_visible()
    expect(calm).to_be_visible()
    expect(calm.get_by_role("heading").first).to_have_text(SUPPORT.title)

    # Another sign is answered with a verdict, not with the calm page; starting over forgets both.
    screen.button("reset.ask").click()
    screen.button("reset.yes").click()
    screen.should_have({})
    expect(calm).to_be_hidden()
    two = {"walk.eggshells": "yes", "walk.guilt": "yes"}
    screen.enter(two)
    screen.skip_signs()
    assert screen.should_have(two).outcome == "no-contact"
    expect(calm).to_be_hidden()


def test_a_doubt_opens_the_page_too_and_paper_is_asked_about_first(
    page: Page, voila_url: str
) -> None:
    assert SUPPORT is not None
    screen = open_in_voila(page, voila_url)
    page.evaluate("void (print = () => (document.body.dataset.printed = 1))")
    calm = page.locator(".wb-safety")
    screen.sign("walk.pressure", "not sure")
    expect(calm.get_by_role("heading").first).to_have_text(INSTRUMENT.outcome("talk-first").title)
    for text in SUPPORT.doubt:
        expect(calm).to_contain_text(text)
    topic = SUPPORT.topic[0]
    calm.get_by_text(topic.title, exact=True).click()
    expect(calm.get_by_text(topic.texts[0])).to_be_visible()
    talk = INSTRUMENT.outcome("talk-first")
    assert set(verdicts(page, talk)) <= {"Risk"}  # it says what that score is not about
    assert faults(page) == []
    # The paper: first the question, and "not now" prints nothing.
    ask = calm.get_by_text(WORDS("talk.print"), exact=True)
    for answer, printed in (("talk.print-no", None), ("talk.print-yes", "1")):
        expect(calm.get_by_text(SUPPORT.print_note)).to_be_hidden()
        ask.click()
        expect(calm.get_by_text(SUPPORT.print_note)).to_be_visible()
        screen.button(answer).click()
        expect(ask).to_be_focused()
        assert page.locator("body").get_attribute("data-printed") == printed


def test_scores_wait_for_the_signs(page: Page, voila_url: str) -> None:
    screen = open_in_voila(page, voila_url)
    screen.rate("ready.healed", 7)
    headline = screen.panel.locator(".wb-headline")
    expect(headline).to_have_text(WORDS("signs.first-short"))
    names = {scale.name for scale in INSTRUMENT.scales}  # what they still need may be said
    assert {*verdicts(page)} <= names
    expect(screen.panel.get_by_role("button", name=WORDS("frame.results"))).to_be_hidden()
    first = INSTRUMENT.signs[0].id
    screen.item(first).get_by_role("button", name=WORDS("signs.skip")).press("Enter")
    expect(screen.item(first).get_by_text(WORDS("signs.skipped"))).to_be_visible()
    expect(screen.item(first).get_by_role("radio").first).to_be_focused()
    screen.skip_signs()
    screen.should_have({"ready.healed": 7})  # which finds scores now
    expect(headline).not_to_have_text(WORDS("signs.first-short"))
    expect(screen.chart("scores")).to_be_visible()
    assert screen.table("scores")[1:]


def test_help_and_the_way_out_are_always_in_view(new_page: NewPage, voila_url: str) -> None:
    page = new_page(viewport=(375, 667))
    screen = open_in_voila(page, voila_url)
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        height = page.evaluate("document.documentElement.scrollHeight")
        for top in range(0, height, 600):
            page.evaluate("top => scrollTo({top, behavior: 'instant'})", top)
            assert uncovered(screen.button("frame.support")), f"{top} of {height} at {width}"
            assert uncovered(screen.button("frame.leave")), f"{top} of {height} at {width}"
        assert SUPPORT is not None
        heading = page.get_by_role("heading", name=SUPPORT.title).last
        for top in (0, height):
            page.evaluate("top => scrollTo({top, behavior: 'instant'})", top)
            screen.button("frame.support").click()
            expect(heading).to_be_focused()
            expect(heading).to_be_in_viewport(ratio=1)
            assert uncovered(heading)
    assert re.fullmatch(r"http://[^#?]+/", page.url)  # no trace of the way in the address
