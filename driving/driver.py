"""The workbook on a screen: what a person does to it, and what it then says to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from driving.servers import ROOT
from driving.waiting import eventually
from workbook import assess, load_instrument, read_checkin, write_checkin
from workbook.instrument.support import load_support
from workbook.reflection.sentences import say_score
from workbook.text.words import load_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playwright.sync_api import Download, Locator, Page

    from workbook import Assessment, Instrument
    from workbook.instrument.items import Item
    from workbook.text.words import Words

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ENOUGH = 4.5  # times as light as its ground, or as dark
CONTRAST = (ROOT / "driving/contrast.js").read_text()
SUPPORT = load_support(ROOT / "data/support.toml")
INSTRUMENT = load_instrument(ROOT / "data/friendship.toml")
WORDS = load_words()
BLANK = WORDS("answer.blank")
SAVE = WORDS("files.save")

# Each question of the page with what its control shows, by key.
CONTROLS = """() => Object.fromEntries([...document.querySelectorAll(".wb-item[class*=wb-k-]")]
    .filter(item => !item.closest(".wb-off"))
    .map(item => {
        const key = [...item.classList].find(name => name.startsWith("wb-k-")).slice(5);
        const find = selector => item.querySelector(selector);
        const text = node => node.textContent.trim();
        if (find(".noUi-handle")) return [key, {
            shown: text(find(".wb-said")),
            said: find(".noUi-handle").getAttribute("aria-valuetext"),
            place: Number(find(".noUi-handle").getAttribute("aria-valuenow")),
        }];
        if (find("[type=radio]")) {
            const chosen = find("[type=radio]:checked");
            return [key, chosen ? text(chosen.closest("label")) : null];
        }
        if (find("[type=checkbox]")) return [key, find("[type=checkbox]").checked];
        if (find("select")) return [key, find("select").value];
        return [key, find("textarea, input").value];
    }))"""


@dataclass(frozen=True)
class Screen:
    """One open workbook, in Voilà or in JupyterLab."""

    page: Page
    instrument: Instrument = INSTRUMENT
    words: Words = WORDS

    # Where things are

    @property
    def panel(self) -> Locator:
        """What stays in view."""
        return self.page.get_by_role("complementary", name=self.words("frame.where"))

    def item(self, key: str) -> Locator:
        """Return one question with its control."""
        return self.page.locator(f'[class~="wb-k-{key}"]')

    def chapter(self, chapter: str) -> Locator:
        return self.page.locator(f".wb-chapter-{chapter}")

    def chart(self, kind: str, number: int = 0) -> Locator:
        """Return a chart with its text: ``kind`` is scores, map or parts."""
        return self.page.locator(f".wb-chart.wb-{kind}").nth(number)

    def button(self, code: str) -> Locator:
        """Return the first button that says what stands under ``code`` in the locale file."""
        return self.page.get_by_role("button", name=self.words(code), exact=True).first

    def handle(self, key: str) -> Locator:
        return self.item(key).get_by_role("slider", name=self.instrument.by_id[key].text)

    # What a person does

    def rate(self, key: str, rating: int) -> None:
        """Click a little below a slider's thin line, as a hand does."""
        track = self.item(key).locator(".noUi-target")
        # while its handle still moves from the last one, a slider takes no click
        expect(self.item(key).locator(".noUi-state-tap")).to_have_count(0)
        track.click(position={"x": self._along(key, rating), "y": 11})

    def drag(self, key: str, rating: int) -> None:
        """Drag a slider's handle."""
        self.handle(key).hover()
        self.page.mouse.down()
        box = self.item(key).locator(".noUi-target").bounding_box()
        assert box is not None
        self.page.mouse.move(box["x"] + self._along(key, rating), box["y"] + 3, steps=5)
        self.page.mouse.up()

    def _along(self, key: str, rating: int) -> float:
        box = self.item(key).locator(".noUi-target").bounding_box()
        item = self.instrument.by_id[key]
        assert box is not None
        assert item.min is not None
        assert item.max is not None
        blank = item.min - 1
        return box["width"] * (rating - blank) / (item.max - blank)

    def tick(self, key: str) -> None:
        """Click a box by its text; ``why.none`` is the last box of the chapter "why"."""
        self.item(key).locator("label:has(input)").click()

    def sign(self, key: str, answer: str) -> None:
        text = self.words(f"answer.{answer}")
        self.item(key).get_by_role("radio", name=text, exact=True).check()

    def skip_signs(self) -> None:
        """Leave every sign open that is open, knowingly; scores are shown after that."""
        skip = self.page.get_by_role("button", name=self.words("signs.skip"), exact=True)
        for item in (self.item(sign.id) for sign in self.instrument.signs):
            button = item.locator(skip)
            if not item.get_by_role("radio", checked=True).count() and button.is_visible():
                button.click()
        expect(skip).to_have_count(0)

    def choose(self, key: str, option: str) -> None:
        """Choose from a list, or from buttons where there are few options."""
        text = next(o.text for o in self.instrument.by_id[key].options if o.id == option)
        button = self.item(key).get_by_role("radio", name=text, exact=True)
        expect(self.item(key).locator("select, [type=radio]").first).to_be_visible()
        if button.count():
            button.check()
        else:
            self.item(key).get_by_role("combobox").select_option(text)

    def write(self, key: str, text: str) -> None:
        """Type a text and go on to the next field."""
        self.item(key).get_by_role("textbox").fill(text)
        self.page.keyboard.press("Tab")

    def clear(self, key: str) -> None:
        self.item(key).locator(".wb-clear").click()

    def enter(self, answers: Mapping[str, object]) -> None:
        """Give these answers, with the mouse; of boxes, only those to tick are named."""
        for key, answer in answers.items():
            item = self.instrument.by_id.get(key)
            if item is None or item.kind == "check":
                self.tick(key)
            elif item.kind == "rating":
                assert isinstance(answer, int)
                self.rate(key, answer)
            else:
                act = {"sign": self.sign, "choice": self.choose, "text": self.write}[item.kind]
                act(key, str(answer))

    def save(self, button: Locator) -> Download:
        """Press a button that saves, and return the file that the browser gets.

        Before the first file the panel says first that it stays, and asks whether to go on.
        """
        go_on = self.button("frame.save-yes")
        with self.page.expect_download() as file:
            button.click()
            if go_on.is_visible():
                go_on.click()
        return file.value

    def load(self, file: Path) -> None:
        """Choose a file to go on with. What came of it stands in :attr:`said`."""
        with self.page.expect_file_chooser() as chooser:
            self.button("files.load").click()
        chooser.value.set_files(file)

    @property
    def said(self) -> Locator:
        """What came of the last file."""
        return self.page.locator(".wb-save .wb-files").get_by_role("status")

    # What the screen says

    def controls(self) -> dict[str, Any]:
        """Return what every control on the page shows."""
        shown: dict[str, Any] = self.page.evaluate(CONTROLS)
        return shown

    def answers(self) -> dict[str, object]:
        """Return the answers that a person reads off the controls."""
        shown = self.controls()
        found: dict[str, object] = {}
        for key, value in shown.items():
            item = INSTRUMENT.by_id.get(key)
            if item is not None and (answer := _answer(item, value, shown)) is not None:
                found[key] = answer
        return found

    def table(self, kind: str, number: int = 0) -> list[list[str]]:
        """Open the table of a chart, if it is closed, and return its rows with the head."""
        chart = self.chart(kind, number)
        if not chart.get_by_role("table").is_visible():
            chart.get_by_text(self.words("chart.table")).click()
        expect(chart.get_by_role("table")).to_be_visible()
        return [row.locator("th, td").all_inner_texts() for row in chart.get_by_role("row").all()]

    def should_have(self, answers: Mapping[str, object]) -> Assessment:
        """Wait until the controls show just these answers, and the panel what follows from them."""
        eventually(
            lambda: self.answers() == answers,
            10,
            lambda: f"the screen shows {self.answers()}, not {answers}",
        )
        return self.should_say(answers)

    def _signs_open(self, answers: Mapping[str, object]) -> bool:
        """Return whether a sign is neither answered nor skipped."""
        signs = [sign.id for sign in INSTRUMENT.signs if sign.id not in answers]
        return any(self.item(sign).locator(".wb-skip:not(.wb-unseen)").count() for sign in signs)

    def should_say(self, answers: Mapping[str, object]) -> Assessment:
        """Wait until the panel says what ``assess`` finds in these answers, and return that."""
        found = assess(INSTRUMENT, answers)
        panel = self.panel
        if "scores" not in found.withheld and self._signs_open(answers):
            expect(panel.locator(".wb-headline")).to_have_text(WORDS("signs.first-short"))
            expect(panel.locator(".wb-score")).to_have_count(0)
            return found
        for scale in INSTRUMENT.scales:
            score = found.scores[scale.id]
            part = panel.locator(f".wb-full .wb-score-{scale.id}")
            if "scores" in found.withheld:
                expect(part).to_have_count(0)
                continue
            value = None if score.value is None else f"{score.value:.0f}"
            band = scale.band(score.band).text if score.band else ""
            shown = f"{value} · {band}" if band else WORDS("score.none")
            expect(part.locator(".wb-score-name")).to_have_text(scale.title + shown)
            expect(part).to_have_accessible_name(say_score(scale, score, WORDS))
        assert found.outcome is not None
        outcome = INSTRUMENT.outcome(found.outcome).title
        if "scores" not in found.withheld:
            outcome = WORDS(f"headline.{found.status}", outcome=outcome)
        expect(panel.locator(".wb-headline")).to_have_text(outcome)
        return found


def _answer(item: Item, shown: Any, all_shown: Mapping[str, Any]) -> object:
    """Return what a person would say a control's answer is; None where it has none."""
    if item.kind == "rating":
        if shown["shown"] == BLANK:
            return None
        found = re.fullmatch(rf"(\d+) \D+ {item.max}", shown["shown"])
        assert found is not None, f"{item.id} shows {shown}"
        assert shown["said"] == shown["shown"], f"{item.id} is read out as {shown}"
        return int(found[1])
    if item.kind == "sign":
        return next((a for a in ("yes", "no", "not sure") if WORDS(f"answer.{a}") == shown), None)
    if item.kind == "choice":
        return next((o.id for o in item.options if o.text == shown), None)
    if item.kind == "text" or item.alone:
        return shown or None
    boxes = [all_shown[b] for b in INSTRUMENT.checklists[item.chapter]]
    return bool(shown) if any(boxes) or all_shown[f"{item.chapter}.none"] else None


def with_lists(answers: Mapping[str, object]) -> dict[str, object]:
    """Return ``answers`` with the boxes left unticked in lists that have a tick, or "none"."""
    full = {key: value for key, value in answers.items() if key in INSTRUMENT.by_id}
    for chapter, boxes in INSTRUMENT.checklists.items():
        if any(key in answers for key in (*boxes, f"{chapter}.none")):
            full |= {box: box in answers for box in boxes}
    return full


def open_in_voila(page: Page, url: str) -> Screen:
    """Go to the page, begin, and wait until every cell shows its widgets."""
    page.goto(url)
    return shown_whole(Screen(page))


def begin(screen: Screen) -> None:
    """Go on from the start page, and see that the chapters were not shown before."""
    page = screen.page
    button = page.get_by_role("button", name=screen.words("intro.begin"), exact=True)
    expect(button).to_be_visible()
    expect(page.locator(".wb-chapter:visible")).to_have_count(0)
    button.click()
    expect(page.locator(".wb-chapter").first.get_by_role("heading").first).to_be_focused()


def all_on_one_page(screen: Screen) -> None:
    """Show all steps at once, if it is not so already; a notebook has no other way."""
    page = screen.page
    turn = page.locator(".wb-contents .wb-turn")
    if not page.locator("body[data-voila]").count():
        return
    expect(page.locator("body:not(.wb-unbegun) .wb-contents")).to_be_attached()
    if page.locator("body.wb-whole").count():
        return
    if not turn.is_visible():
        page.locator(".wb-where").click()
    turn.click()
    expect(turn).to_have_text(screen.words("step.single"))


def shown_whole(screen: Screen, *, begun: bool = False) -> Screen:
    """Begin, unless that is done, and wait until every question of the notebook can be answered.

    In the app all stands on one page then.
    """
    page, blank = screen.page, screen.words("answer.blank")
    if not begun:
        begin(screen)
    all_on_one_page(screen)
    wanted = {i.id for i in INSTRUMENT.items} | {f"{c}.none" for c in INSTRUMENT.checklists}
    eventually(
        lambda: wanted <= screen.controls().keys(),
        60,
        lambda: f"not on the page: {wanted - screen.controls().keys()}",
    )
    if not begun:
        expect(page.get_by_role("slider").first).to_have_attribute("aria-valuetext", blank)
    expect(page.get_by_text("Loading widget")).to_have_count(0)
    return screen


def check_file(download: Download, answers: Mapping[str, object]) -> None:
    """Check that a saved file is, to the letter, what Python writes of the same answers."""
    text = download.path().read_bytes().decode()
    saved_at = read_checkin(INSTRUMENT, text).saved_at
    assert text == write_checkin(INSTRUMENT, answers, saved_at)
    assert download.suggested_filename == WORDS("save.name", date=saved_at.date().isoformat())


def contrasts(page: Page) -> list[tuple[float, str]]:
    """Return the contrast of each text that is seen, with the text: within drawings too."""
    found: list[tuple[float, str]] = page.evaluate(CONTRAST)
    return found


def faults(page: Page) -> list[str]:
    """Return what breaks WCAG 2.2 AA: contrast as worked out here, all else as axe finds it.

    Contrast is held to 4.5 for every text; axe would take twice as long for the whole page.
    """
    options = {
        "runOnly": RULES,
        "resultTypes": ["violations"],
        "rules": {"color-contrast": {"enabled": False}},
    }
    found: dict[str, Any] = Axe().run(page, options=options).response
    assert found["passes"]
    faint = [f"{ratio:.2f}: {text}" for ratio, text in contrasts(page) if ratio < ENOUGH]
    return faint + [
        f"{rule['id']}: {node['target']} {node['html'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def uncovered(element: Locator) -> bool:
    """Return whether all four corners of an element can be seen."""
    seen: bool = element.evaluate(
        """element => {
            const {left, right, top, bottom} = element.getBoundingClientRect();
            const corners = [[left, top], [right, top], [left, bottom], [right, bottom]];
            const [x, y] = [(left + right) / 2, (top + bottom) / 2];
            return corners.every(([a, b]) => {
                const hit = document.elementFromPoint(a + Math.sign(x - a) * 8,
                    b + Math.sign(y - b) * 8);
                return element.contains(hit);
            });
        }"""
    )
    return seen
