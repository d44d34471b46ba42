"""Files that cannot be read and code that fails: one sentence on the page, and nothing silent."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import INSTRUMENT, WORDS, check_file, open_in_voila
from driving.servers import voila_copy
from workbook import read_checkin, write_checkin
from workbook.records.checkin import MOST_BYTES
from workbook.reflection.message import compose
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page, WebSocket

pytestmark = pytest.mark.browser

ANSWERS: dict[str, object] = {"for.care": 6, "walk.fear": "no", "well.support.step": "Soup"}
SAVED = write_checkin(INSTRUMENT, ANSWERS)
BAD = {
    "another program's": b"date,amount\r\n2026-03-01,12\r\n",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe",
    "empty": b"",
    "cut off": SAVED.encode()[:-30],
    "a row short": SAVED.replace(',"well.support.step",', ",", 1).encode(),
    "newer": SAVED.replace(f'"v{INSTRUMENT.version}"', '"99.0.0"').encode(),
    "another questionnaire": SAVED.replace(f'"{INSTRUMENT.id}"', '"car"').encode(),
    "out of range": SAVED.replace(",6,", ",11,").encode(),
    "not a number": SAVED.replace(",6,", ",<img src=x onerror=alert(1)>,").encode(),
}

NASTY = (
    "<script>ran = 1</script><img src=x onerror='ran = 1'>",
    "long " * 4_000,
    "unbroken" * 2_500,
    "\u202eright to left \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "\U0001f331\U0001f468\u200d\U0001f469\u200d\U0001f467" * 50,
)

# A view that works until the first answer, and then fails with words that nobody should see.
BROKEN = """
from workbook.charts import ScoreChart

def fail(chart, assessment):
    if assessment.answers:
        raise RuntimeError("quokka-5d1e")

ScoreChart.draw = fail
"""


def test_a_file_that_cannot_be_read_changes_nothing(
    page: Page, voila_url: str, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    sent: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: sent.append(len(frame)))

    page.on("websocket", listen)
    screen = open_in_voila(page, voila_url)
    screen.enter(ANSWERS)
    screen.should_have(ANSWERS)
    for name, content in BAD.items():
        with subtests.test(name):
            file = tmp_path / f"{name}.csv"
            file.write_bytes(content)
            screen.load(file)
            expect(screen.said).to_have_text(sentence(content))
            screen.should_have(ANSWERS)
    with subtests.test("oversized"):
        file.write_bytes(b"," * (MOST_BYTES + 1))
        sent.clear()
        screen.load(file)
        expect(screen.said).to_have_text(WORDS("files.too-large"))
        screen.rate("for.care", 7)
        screen.should_have(ANSWERS | {"for.care": 7})
        assert 0 < sum(sent) < MOST_BYTES / 100  # refused in the browser: it was not even sent
    with subtests.test("a good one afterwards"):
        file.write_text(SAVED, newline="")
        screen.load(file)
        screen.should_have(ANSWERS)


def test_any_text_in_every_field_is_shown_as_typed_and_nothing_runs(
    page: Page, voila_url: str, tmp_path: Path
) -> None:
    screen = open_in_voila(page, voila_url)
    fields = [i.id for i in INSTRUMENT.items if i.kind == "text"]
    texts = dict(zip(fields, itertools.cycle(NASTY), strict=False))
    answers: dict[str, object] = {"own.1.side": "for", "own.1.rating": 7} | texts
    answers["own.1.text"] = NASTY[0]
    answers |= {i.id: 5 for i in INSTRUMENT.items if i.kind == "rating"}
    answers |= {sign.id: "no" for sign in INSTRUMENT.signs}
    file = tmp_path / "nasty.csv"
    file.write_text(write_checkin(INSTRUMENT, answers), newline="")
    screen.load(file)
    screen.should_have(answers)
    summary = page.locator(".wb-summary .sum")
    expect(summary).to_contain_text("<script>")
    message = INSTRUMENT.message
    assert message is not None
    assert screen.chapter("say").locator(".wb-msg").text_content() == compose(message, texts)
    assert page.evaluate("window.ran") is None
    assert page.locator(":is(.wb, .wb-frame) :is(script, img)").count() == 0
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    check_file(screen.save(screen.button("files.save")), answers)
    save = page.locator(".wb-summary").get_by_role("button", name=WORDS("take.save"))
    alone = screen.save(save).path().read_text(encoding="utf-8")
    assert "<script" not in alone
    assert "<img" not in alone


def sentence(content: bytes) -> str:
    """Return what Python says of a file that it cannot read."""
    with pytest.raises(CheckinError) as caught:
        read_checkin(INSTRUMENT, content)
    return str(caught.value)


@pytest.fixture
def broken_url(tmp_path: Path) -> Iterator[str]:
    """Serve a copy of the notebook with a view that fails."""
    with voila_copy(tmp_path, lambda code: f"{BROKEN}\n{code}") as server:
        yield server.url


def test_code_that_fails_shows_on_the_page_instead_of_old_scores(
    broken_url: str, page: Page
) -> None:
    screen = open_in_voila(page, broken_url)
    screen.skip_signs()  # before that there are no charts to fail
    screen.should_have({})
    screen.rate("for.care", 6)
    said = re.escape(WORDS("panel.problem", where="@"))
    problem = re.compile(said.replace("@", r"RuntimeError: \S+, line \d+"))
    expect(screen.panel.get_by_role("alert")).to_have_text(problem)
    expect(page.locator(":is(.wb-score, .wb-chart, .sum):visible")).to_have_count(0)
    expect(screen.panel.locator(".wb-headline")).to_be_empty()
    expect(page.get_by_text("quokka-5d1e")).to_have_count(0)
    page.set_viewport_size({"width": 375, "height": 667})
    dock = screen.panel.get_by_role("button", name=WORDS("panel.problem-short"))
    expect(dock).to_have_text(WORDS("panel.problem-short"))
    # The answers can still be saved.
    dock.click()
    file = screen.save(screen.panel.get_by_role("button", name=WORDS("frame.save")))
    check_file(file, {"for.care": 6})
