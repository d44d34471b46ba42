"""Whole ways through the workbook as it is served: what is entered, shown, saved and read again."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import (
    BLANK,
    INSTRUMENT,
    WORDS,
    Screen,
    check_file,
    open_in_voila,
    with_lists,
)
from workbook import write_checkin

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import NewPage
    from workbook import Assessment
    from workbook.instrument.scales import Scale

pytestmark = pytest.mark.browser

FIRST: dict[str, object] = {"why.bond": True, "why.letting-go": True, "walk.delays": "no"}
RATINGS: dict[str, object] = {
    "for.circles": 0,
    "for.my-no": 8,
    "for.their-no": 8,
    "for.moved-on-me": 7,
    "against.blurred": 3,
    "against.leaning": 10,
    "against.agenda": 2,
    "ready.boundaries": 9,
    "ready.same-page": 8,
    "ready.enriches": 8,
    "ready.hope": 1,
}
SIGNS: dict[str, object] = {
    "walk.one-sided": "no",
    "walk.pressure": "no",
    "walk.eggshells": "not sure",
    "walk.guilt": "no",
    "walk.fear": "no",
    "walk.harm": "no",
}
OWN: dict[str, object] = {
    "own.1.text": "The dog",
    "own.1.side": "against",
    "own.1.rating": 2,
    "own.1.weight": 3,
}
WORDS_AND_PLANS: dict[str, object] = {
    "say.acknowledge.text": "=1+1 is “more” than I can say, <b>today</b>",
    "say.limits.text": "Birthdays: yes.\nNights: no.",
    "bound.frequency.setting": "month",
    "bound.frequency.if-crossed": "I wait, as agreed",
    "well.support.step": "-2 evenings alone, +1 with friends",
    "well.support.day": "sun",
    "well.support.done": True,
}
SCORED = {**FIRST, "feel.none": True, "for.care": 6, "ready.healed": 8, **RATINGS}
SURE = SIGNS | {"walk.eggshells": "no"}
ALL = with_lists(SCORED | OWN | SURE | WORDS_AND_PLANS)


def test_by_mouse_the_screen_follows_each_answer(page: Page, voila_url: str) -> None:
    screen = open_in_voila(page, voila_url)
    screen.should_have({})
    screen.enter(FIRST)
    screen.rate("for.care", 6)
    screen.drag("ready.healed", 10)
    screen.should_have(with_lists(FIRST | {"for.care": 6, "ready.healed": 10}))
    screen.drag("ready.healed", 8)
    screen.enter({"feel.closure": True, **RATINGS})
    screen.tick("feel.none")  # and what was ticked there is ticked no more
    found = screen.should_have(with_lists(SCORED))
    assert (found.outcome, found.status) == ("not-enough", "open")
    screen.enter(SIGNS)
    assert screen.should_have(with_lists(SCORED | SIGNS)).outcome == "not-yet"
    screen.table("scores")
    screen.sign("walk.eggshells", "no")
    found = screen.should_have(with_lists(SCORED | SURE))
    assert (found.outcome, found.status) == ("limits", "leaning")
    expect(screen.chart("scores").get_by_role("table")).to_be_visible()  # it stays open
    screen.button("own.add").click()
    screen.enter(OWN)
    found = screen.should_have(with_lists(SCORED | SURE | OWN))
    check_charts(screen, found)
    # Words and plans count for no score.
    screen.enter(WORDS_AND_PLANS)
    assert screen.should_have(ALL).scores == found.scores

    file = screen.save(screen.panel.get_by_role("button", name=WORDS("frame.save")))
    check_file(file, ALL)
    expect(screen.said).to_have_text(WORDS("save.done", name=file.suggested_filename))
    save = page.locator(".wb-save").get_by_role("button", name=WORDS("files.save"))
    check_file(screen.save(save), ALL)


def check_charts(screen: Screen, found: Assessment) -> None:
    """Compare the tables of all charts with ``found``, and where the point of the map stands."""
    scores = [found.scores[s.id] for s in INSTRUMENT.scales]
    assert screen.table("scores")[1:] == [
        [
            scale.title,
            *(f"{n:.0f}" for n in (score.value or 0, score.low or 0, score.high or 0)),
            scale.band(score.band or "").text,
            f"{score.answered} of {score.asked}",
        ]
        for scale, score in zip(INSTRUMENT.scales, scores, strict=True)
    ]
    across, up = INSTRUMENT.scales
    assert screen.table("map")[1:] == [
        [band.text]
        + [INSTRUMENT.outcome(found.regions[x, y]).short for x in range(len(across.bands))]
        for y, band in reversed(list(enumerate(up.bands)))
    ]
    for number, scale in enumerate(INSTRUMENT.scales):
        parts = sorted(found.parts[scale.id], key=lambda part: -round(part.possible, 9))
        assert screen.table("parts", number)[1:] == [
            [
                bar_name(scale, part.item),
                BLANK if part.points is None else f"{part.points:.1f}",
                f"{part.possible:.1f}",
            ]
            for part in parts
        ]
    left, bottom = point_on_map(screen)
    assert left == pytest.approx(scores[0].value, abs=1)
    assert bottom == pytest.approx(scores[1].value, abs=1)


def bar_name(scale: Scale, key: str) -> str:
    """Return how a chart names what gives points: a reversed answer gives them where it is low."""
    name = INSTRUMENT.by_id[key].label or str(OWN["own.1.text"])
    turned = any(tie.id == key and tie.reverse for tie in scale.items)
    return WORDS("parts.little", item=name) if turned else name


def point_on_map(screen: Screen) -> tuple[float, float]:
    """Return how far right and up the point stands among the regions, each from 0 to 100."""
    right, up = screen.chart("map").evaluate(
        """map => {
            const box = element => element.getBoundingClientRect();
            const regions = [...map.querySelectorAll(".wb-field [class*=wb-tint] > rect")].map(box);
            const edge = (pick, side) => pick(...regions.map(region => region[side]));
            const [left, right] = [edge(Math.min, "left"), edge(Math.max, "right")];
            const [top, bottom] = [edge(Math.min, "top"), edge(Math.max, "bottom")];
            const dot = box(map.querySelector(".wb-point"));
            const [x, y] = [dot.left + dot.width / 2, dot.top + dot.height / 2];
            return [(x - left) / (right - left), (bottom - y) / (bottom - top)];
        }"""
    )
    return 100 * right, 100 * up


def test_a_saved_file_brings_everything_back_on_a_new_page(
    new_page: NewPage, voila_url: str, tmp_path: Path
) -> None:
    first = open_in_voila(new_page(timezone_id="Asia/Kolkata"), voila_url)
    file = tmp_path / "from-python.csv"
    when = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
    file.write_text(write_checkin(INSTRUMENT, ALL, when), newline="")
    first.load(file)
    here = when + timedelta(hours=5, minutes=30)  # it is the second of March there
    day, hour = WORDS.date(here.date()), WORDS.time(here.time())
    loaded = WORDS.count("load.done", len(ALL), date=day, time=hour)
    expect(first.said).to_have_text(loaded)
    first.should_have(ALL)
    saved = first.save(first.button("files.save"))
    saved.save_as(tmp_path / saved.suggested_filename)

    second = open_in_voila(new_page(), voila_url)
    second.load(tmp_path / saved.suggested_filename)
    expect(second.said).to_have_text(re.compile("^" + loaded.partition(day)[0]))
    second.should_have(ALL)
    assert second.controls() == first.controls()
    expect(first.panel.locator(".wb-kept")).to_have_text(re.compile("Saved at"))
    expect(second.panel.locator(".wb-kept")).to_have_text(WORDS("frame.kept-loaded"))
    for part in (".wb-scores", ".wb-headline"):
        shown = first.panel.locator(part).inner_text()
        expect(second.panel.locator(part)).to_have_text(shown, use_inner_text=True)

    second.button("reset.ask").click()
    second.button("reset.no").click()
    expect(second.button("reset.ask")).to_be_visible()
    second.should_have(ALL)
    second.button("reset.ask").click()
    second.button("reset.yes").click()
    second.should_have({})
    expect(second.button("reset.yes")).to_be_hidden()
    # The file can be read again, though it is the same as before.
    second.load(tmp_path / saved.suggested_filename)
    second.should_have(ALL)


def test_an_untouched_slider_counts_as_nothing(page: Page, voila_url: str) -> None:
    screen = open_in_voila(page, voila_url)
    handle = screen.handle("ready.healed")
    for _ in range(2):
        expect(handle).to_have_css("border-style", "dashed")
        expect(handle).to_have_attribute("aria-valuetext", BLANK)
        expect(screen.item("ready.healed").get_by_role("button")).to_be_hidden()
        screen.should_have({})
        screen.rate("ready.healed", 0)  # the lowest rating is an answer like any other
        expect(handle).to_have_css("border-style", "solid")
        expect(handle).to_have_attribute("aria-valuetext", "0 of 10")
        screen.should_have({"ready.healed": 0})
        screen.clear("ready.healed")
    # Focused by the way there, it looks as open as it is; signs come first.
    screen.button("frame.next").click()
    expect(screen.item("walk.delays").get_by_role("radio").first).to_be_focused()
    signs: dict[str, object] = {sign.id: "no" for sign in INSTRUMENT.signs}
    screen.enter(signs)
    screen.should_have(signs)
    screen.button("frame.next").click()
    expect(screen.handle("for.care")).to_be_focused()
    expect(screen.handle("for.care")).to_have_css("border-style", "dashed")
