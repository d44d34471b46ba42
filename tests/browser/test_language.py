"""A journey in a made-up language, longer than English: no English is left, and all has room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import INSTRUMENT, Screen, shown_whole, with_lists
from driving.servers import ask, voila
from driving.waiting import eventually
from tests.browser.reading import HIGH, english, should_lie_well
from tests.browser.test_look import open_all, resize
from tests.pseudo import DATA, HEBREW, LATIN, foreign, pseudo, write_site
from workbook import load_instrument, write_checkin
from workbook.instrument.support import bare, load_support
from workbook.text.languages import open_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator

    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

LIMITS, PHRASE = "say.limits.text", pseudo("for now")
# Answers to all there is, the longest where there is a choice; the texts have no letters.
TEXTS = {item.id: "12 34 56" for item in INSTRUMENT.items if item.kind == "text"}
CHOICES = {
    item.id: max(item.options, key=lambda option: len(option.text)).id
    for item in INSTRUMENT.items
    if item.kind == "choice"
}
RATINGS = {item.id: 5 for item in INSTRUMENT.items if item.kind == "rating"}
SIGNS = {sign.id: "no" for sign in INSTRUMENT.signs}
BOXES = {item.id: True for item in INSTRUMENT.items if item.kind == "check"}
UNSURE = {item.id: "no" for item in INSTRUMENT.items if item.back_to}
OWN = {"own.1.text": "78", "own.1.side": "against", "own.1.rating": 7}
ALL = RATINGS | SIGNS | TEXTS | CHOICES | BOXES | UNSURE | OWN
STATES: dict[str, dict[str, object]] = {
    "all is answered": ALL | {"say.own-feelings.text": PHRASE, LIMITS: ""},
    "little is answered": {"ready.healed": 1, "feel.none": True, "walk.fear": "not sure"},
    "a sign, and caps": ALL | {"walk.eggshells": "yes", "ready.healed": 1, "ready.boundaries": 1},
    "safety first": ALL | {"walk.fear": "yes"},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a copy of what is served, with a long language and one from right to left."""
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, {"xx": ("ru", LATIN), "yy": ("ar", HEBREW)})
    return folder


@pytest.fixture
def url(
    site: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve the copy in the language that the test names; the environment chooses it."""
    more = {"WORKBOOK_LANGUAGE": request.param, "PYTHONPATH": str(site)}
    with voila(tmp_path_factory.mktemp("voila"), root=site, **more) as server:
        yield server.url


def screen_of(new_page: NewPage, url: str, site: Path, language: str) -> Screen:
    page = new_page()
    response, words = page.goto(url), open_words(language, site / "locale")
    assert response is not None
    for code in ("intro.begin", "page.noscript"):  # said by the frame, before any widget
        assert words(code) in response.text()
    wrong = ask(f"{url}nothing")  # said by the server alone
    assert words("instead.missing") in wrong.text
    assert f'<body dir="{words.direction}">' in wrong.text
    instrument = load_instrument(site / "data/friendship.toml", language, site / "locale")
    return shown_whole(Screen(page, instrument, words))


@pytest.mark.parametrize("url", ["xx"], indirect=True)
def test_a_journey_in_a_longer_language(
    url: str, new_page: NewPage, site: Path, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    screen = screen_of(new_page, url, site, "xx")
    page = screen.page
    services = load_support(DATA / "support.toml")
    assert services is not None
    lines = [s for country in services.country for s in country.service]
    web = {s.web for s in lines if s.web} | {bare(s.source) for s in lines if s.source}
    web |= {bare(source) for topic in services.topic for source in topic.source}
    assert page.locator("html").get_attribute("lang") == "xx"
    with subtests.test("nothing is answered"):
        assert english(page, web) == []
    with subtests.test("a hand answers"):
        answer_by_hand(screen)
        assert english(page, web) == []
    for state, answers in STATES.items():
        file = tmp_path / "12.csv"
        given = {key: value for key, value in answers.items() if value != ""}
        # Saved in English: ids and numbers are the same in every language.
        file.write_text(write_checkin(INSTRUMENT, with_lists(given)), newline="")
        screen.load(file)
        should_show(screen, given)
        open_all(screen)
        with subtests.test(state):
            assert english(page, web) == []
        for width in (320, 375, 1280):
            with subtests.test(state, width=width):
                resize(page, width, HIGH)
                dock = screen.panel.locator(".wb-dock")
                if dock.is_visible():
                    dock.click()
                should_lie_well(page)
                if dock.is_visible():
                    dock.click()
    with subtests.test("files"):
        files_speak(screen, tmp_path)
    with subtests.test("starting over"):
        screen.button("reset.yes").click()
        expect(screen.said).to_be_visible()
        assert english(page, web) == []


def answer_by_hand(screen: Screen) -> None:
    """Answer a question of each kind, make an own item, and start from a wording and a plan."""
    screen.tick("why.bond")
    screen.rate("ready.healed", 7)
    screen.sign("walk.delays", "no")
    screen.choose("bound.frequency.setting", "month")
    screen.button("own.add").click()
    screen.choose("own.1.side", "for")
    screen.item(LIMITS).locator("xpath=..").locator(".wb-wordings select").select_option(index=1)
    expect(screen.item(LIMITS).get_by_role("textbox")).not_to_have_value("")
    screen.write("say.own-feelings.text", PHRASE)
    noticed = screen.page.locator(".wb-noticed")
    expect(noticed).to_contain_text(PHRASE)
    expect(noticed).to_contain_text(screen.words("message.noticed"))
    screen.button("take.copy").click()
    expect(screen.page.locator(".wb-draft").get_by_role("status")).not_to_be_empty()


def should_show(screen: Screen, answers: dict[str, object]) -> None:
    """Wait until the page shows the answers of a file, and what takes longer to work out."""
    rating = answers["ready.healed"]
    said = screen.words("answer.rating", value=rating, most=10)
    expect(screen.handle("ready.healed")).to_have_attribute("aria-valuetext", said)
    expect(screen.said).not_to_be_empty()
    wait = screen.page.get_by_text(screen.words("turn.wait"), exact=True)
    expect(wait).to_have_count(0)


def files_speak(screen: Screen, folder: Path) -> None:
    """Load what cannot be read, and look at what is saved."""
    broken = folder / "broken.csv"
    newer = write_checkin(INSTRUMENT, {}).replace(f'"v{INSTRUMENT.version}"', '"99.0.0"')
    for content in ("12", newer, "\0"):
        broken.write_text(content, newline="")
        screen.load(broken)
        refused = screen.words.texts["error.checkin-whole"].split("{")[0]
        expect(screen.said).to_contain_text(refused.strip())
    saved = screen.save(screen.button("files.save"))
    assert not foreign(saved.suggested_filename)
    assert saved.suggested_filename.startswith(screen.words.texts["save.name"].split("{")[0])
    page = screen.save(screen.page.locator(".wb-summary").get_by_role("button"))
    text = page.path().read_text(encoding="utf-8")
    assert '<html lang="xx" dir="ltr">' in text


def middle(part: Locator, share: float) -> float:
    """Return the place at a share of a part's width."""
    box = part.bounding_box()
    assert box is not None
    return box["x"] + box["width"] * share


@pytest.mark.parametrize("url", ["yy"], indirect=True)
def test_a_language_from_right_to_left(
    url: str, new_page: NewPage, site: Path, tmp_path: Path
) -> None:
    screen = screen_of(new_page, url, site, "yy")
    page = screen.page
    assert page.locator("html").get_attribute("lang") == "yy"
    for part in page.locator("body, .wb-frame").all():
        assert part.get_attribute("dir") == "rtl"
    # The panel stands at the left, the text begins at the right; numbers run as ever.
    panel, head = screen.panel.bounding_box(), page.locator(".wb h1").bounding_box()
    assert panel is not None
    assert head is not None
    assert panel["x"] + panel["width"] < head["x"]
    screen.rate("ready.healed", 9)
    said = screen.words("answer.rating", value=9, most=10)
    expect(screen.handle("ready.healed")).to_have_attribute("aria-valuetext", said)
    handle, track = (
        screen.handle("ready.healed"),
        screen.item("ready.healed").locator(".noUi-target"),
    )
    eventually(
        lambda: abs(middle(handle, 1 / 2) - middle(track, 10 / 11)) < 3,
        30,
        lambda: f"{handle.bounding_box()} on {track.bounding_box()}",
    )
    file = tmp_path / "12.csv"
    file.write_text(write_checkin(INSTRUMENT, with_lists(ALL)), newline="")
    screen.load(file)
    should_show(screen, ALL)
    open_all(screen)
    for width in (320, 1280):
        resize(page, width, HIGH)
        should_lie_well(page)
    # A phone number is read from left to right, groups and all.
    number = page.locator('a[href="tel:08082000247"]').last
    assert number.get_attribute("dir") == "ltr"
