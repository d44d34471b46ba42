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
    open_in_voila,
    uncovered,
)
from workbook import write_checkin

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

SAFETY = INSTRUMENT.outcome("safety-first")
MESSAGE, LIMIT = "say.limits.text", "bound.frequency.setting"
RATINGS: dict[str, object] = {i.id: 8 for i in INSTRUMENT.items if i.kind == "rating"}
SIGNS: dict[str, object] = {sign.id: "no" for sign in INSTRUMENT.signs}
ANSWERS = RATINGS | SIGNS | {MESSAGE: "Not at night.", LIMIT: "month"}


def load(screen: Screen, folder: Path) -> None:
    file = folder / "answers.csv"
    file.write_text(write_checkin(INSTRUMENT, ANSWERS), newline="")
    screen.load(file)
    screen.should_have(ANSWERS)


def verdicts(page: Page) -> list[str]:
    """Return what in the text of the page, and in what is read aloud, gives a score or verdict."""
    others = [outcome for outcome in INSTRUMENT.outcomes if outcome.id != SAFETY.id]
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

    screen.sign("walk.afraid", "yes")
    answers = ANSWERS | {"walk.afraid": "yes"}
    screen.should_say(answers)
    expect(screen.panel.locator(".wb-headline")).to_have_text(SAFETY.title)
    assert verdicts(page) == []
    for chapter, key in (("say", MESSAGE), ("bound", LIMIT)):
        expect(screen.item(key)).to_be_hidden()
        expect(screen.chapter(chapter)).to_contain_text(WORDS("chapter.withheld"))
    expect(calm).to_be_in_viewport()
    expect(calm.get_by_role("heading")).to_have_text(SAFETY.title)
    expect(calm).to_contain_text(SAFETY.text)
    country = SUPPORT.country[0]
    calm.get_by_text(country.name, exact=True).click()
    phone = next(service.phone for service in country.service if service.phone)
    expect(calm.get_by_role("link", name=phone).first).to_be_visible()
    # The file holds no score either.
    check_file(screen.save(screen.button("files.save")), answers)
    page.emulate_media(media="print")
    assert verdicts(page) == []
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
    screen.sign("walk.afraid", "no")
    screen.should_have(ANSWERS)
    expect(screen.chart("scores")).to_be_visible()
    expect(screen.item(MESSAGE)).to_be_visible()
    expect(calm).to_be_visible()
    expect(calm.get_by_role("heading")).to_have_text(SUPPORT.title)

    # Another sign is answered with a verdict, not with the calm page; starting over forgets both.
    screen.button("reset.ask").click()
    screen.button("reset.yes").click()
    screen.should_have({})
    expect(calm).to_be_hidden()
    screen.sign("walk.eggshells", "yes")
    assert screen.should_have({"walk.eggshells": "yes"}).outcome == "no-contact"
    expect(calm).to_be_hidden()


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
