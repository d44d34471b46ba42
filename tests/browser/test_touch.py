"""A finger on a phone: swipes scroll and answer nothing; taps and drags to the side answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import ViewportSize, expect

from driving.driver import WORDS, Screen, open_in_voila
from driving.waiting import eventually
from tests.browser.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, CDPSession, Locator, Page

pytestmark = pytest.mark.browser

RESTS = """() => new Promise(rests => {
    let before;
    const look = () => {
        const now = document.scrollingElement.scrollTop;
        if (now === before) return rests();
        before = now;
        setTimeout(look, 100);
    };
    look();
})"""
TOP = "document.scrollingElement.scrollTop"
RATING = "for.care"
BLANK = WORDS("answer.blank")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Open a phone's page: narrow, and with fingers for a mouse."""
    size = ViewportSize(width=375, height=667)
    context = browser.new_context(viewport=size, has_touch=True, is_mobile=True)
    watch = Watch()
    watch.start(context)
    yield context.new_page()
    for page in context.pages:
        page.close()
    context.close()
    watch.check()


class Finger:
    """One finger, moved as the screen of a phone tells of it."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)

    def _send(self, kind: str, *points: tuple[float, float], at: float | None = None) -> None:
        """Tell of a touch; ``at`` is a time in seconds since 1970, by default now."""
        touches: list[dict[str, Any]] = [{"x": x, "y": y} for x, y in points]
        said: dict[str, Any] = {"type": kind, "touchPoints": touches}
        said |= {} if at is None else {"timestamp": at}
        self._session.send("Input.dispatchTouchEvent", said)

    def move(self, x: float, y: float, across: float, along: float, *, lift: bool = True) -> None:
        """Touch at (x, y), and move so far in some steps."""
        self._send("touchStart", (x, y))
        steps = 8 if across or along else 0
        for n in range(1, steps + 1):
            self._send("touchMove", (x + across * n / steps, y + along * n / steps))
        if lift and steps:  # after a moment, so that the page does not glide on
            later = time.time() + 0.5
            self._send("touchMove", (x + across, y + along), at=later)
            self._send("touchEnd", at=later + 0.05)
        elif lift:
            self._send("touchEnd")

    def cancel(self) -> None:
        """Have the screen give up on the touch, as at a palm or a call."""
        self._send("touchCancel")


def middle(element: Locator) -> tuple[float, float]:
    """Bring an element to the middle of the screen, and return where it is."""
    element.evaluate("node => node.scrollIntoView({block: 'center', behavior: 'instant'})")
    box = element.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def has_scrolled(page: Page, before: float) -> None:
    eventually(
        lambda: abs(float(page.evaluate(TOP)) - before) > 60, 5, lambda: "the page did not scroll"
    )


def shows(screen: Screen, answers: dict[str, int]) -> None:
    """Wait until the controls show just these answers, and what the kernel says of them."""
    eventually(
        lambda: screen.answers() == answers, 10, lambda: f"{screen.answers()}, not {answers}"
    )


def some_of_each_kind(page: Page) -> list[Locator]:
    """Return a control of each kind, and of sliders both the line and the handle."""
    kinds = (
        ".wb-item .noUi-target",
        ".wb-item .noUi-handle",
        ".wb-check label:has(input)",
        ".widget-radio-box label",
        ".wb-item textarea",
        ".wb-item input[type=text]",
        ".wb-item select",
        ".wb .wb-button",
    )
    return [page.locator(f"{kind}:visible").first for kind in kinds]


def test_a_swipe_scrolls_and_answers_nothing_wherever_it_begins(
    phone: Page, voila_url: str
) -> None:
    screen = open_in_voila(phone, voila_url)
    finger = Finger(phone)
    begun = [*some_of_each_kind(phone), *phone.locator(".wb-item .noUi-target:visible").all()]
    for control in begun:
        for across, along in ((3, -150), (30, 120)):
            x, y = middle(control)
            before = phone.evaluate(TOP)
            finger.move(x, y, across, along)
            has_scrolled(phone, before)
    phone.evaluate(RESTS)
    x, y = middle(screen.item(RATING).locator(".noUi-target"))
    finger.move(x - 10, y, 0, 0)
    shows(screen, {RATING: 4})  # and nothing that was sent before


def test_a_tap_and_a_drag_to_the_side_answer(phone: Page, voila_url: str) -> None:
    screen = open_in_voila(phone, voila_url)
    finger = Finger(phone)
    line = screen.item(RATING).locator(".noUi-target")
    middle(line)
    box = line.bounding_box()
    assert box is not None
    step = box["width"] / 11  # from "not answered" to 10
    y = box["y"] + 8
    finger.move(box["x"] + 5 * step, y, 0, 0)
    shows(screen, {RATING: 4})
    expect(phone.locator(".noUi-state-tap")).to_have_count(0)  # the handle has come to rest
    # from the handle, and from elsewhere on the line; the finger may wander a little
    finger.move(box["x"] + 5 * step, y, 3 * step, 10)
    shows(screen, {RATING: 7})
    finger.move(box["x"] + 2 * step, y, 2 * step, -10)
    shows(screen, {RATING: 3})
    assert phone.locator(".noUi-active").count() == 0


def test_a_drag_that_is_called_off_leaves_the_answer_as_it_was(phone: Page, voila_url: str) -> None:
    screen = open_in_voila(phone, voila_url)
    finger = Finger(phone)
    for first in (None, 4):
        before = {} if first is None else {RATING: first}
        if first is not None:
            screen.handle(RATING).focus()
            for _ in range(first + 1):
                phone.keyboard.press("ArrowRight")
        shows(screen, before)
        x, y = middle(screen.item(RATING).locator(".noUi-target"))
        finger.move(x, y, 60, 0, lift=False)
        expect(screen.item(RATING).locator(".wb-said")).not_to_have_text(
            BLANK if first is None else WORDS("answer.rating", value=first, most=10)
        )
        finger.cancel()
        shows(screen, before)
        assert phone.locator(".noUi-active").count() == 0
