"""What several widgets say at one change comes to the page together, to each in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from driving.driver import open_in_voila
from workbook.page.scripts import script

if TYPE_CHECKING:
    from playwright.sync_api import Page, WebSocket

pytestmark = pytest.mark.browser

KEY = "ready.healed"
SCRIPT = script("bundle.js")
# Widgets that note what they are handed: one comes late, one fails, one is unknown.
STAGE = """
async (script) => {
  const file = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { initialize } = (await import(file)).default;
  const got = [], said = [], told = [];
  console.error = (error) => told.push(error.message);
  const widget = (id) => ({
    set_state: ({ n }) => {
      if (id === "fails") throw new Error("as planned");
      got.push([id, n]);
    },
  });
  let made;
  const late = new Promise((resolve) => (made = () => resolve(widget("late"))));
  const widgets = { late, fails: widget("fails"), quick: widget("quick") };
  const manager = { has_model: (id) => id in widgets, get_model: async (id) => widgets[id] };
  let hand;
  const model = {
    widget_manager: manager,
    on: (name, callback) => (hand = callback),
    off: () => (hand = undefined),
    send: (message) => said.push(message),
  };
  const stop = initialize({ model });
  hand({ updates: { late: { n: 1 }, gone: { n: 1 }, fails: { n: 1 }, quick: { n: 1 } } });
  hand({ updates: { quick: { n: 2 }, late: { n: 2 } } });
  made();
  while (got.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
  stop();
  return { got, said, told, stopped: hand === undefined };
}
"""


def test_each_widget_gets_its_own_in_order_whatever_the_others_do(page: Page) -> None:
    page.goto("about:blank")
    found = page.evaluate(STAGE, SCRIPT)
    assert found["said"] == [{"type": "ready"}]
    assert found["got"] == [["late", 1], ["quick", 1], ["quick", 2], ["late", 2]]
    assert found["stopped"]
    assert found["told"] == ["as planned"]


def test_scores_and_charts_come_together(page: Page, voila_url: str) -> None:
    heard: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: heard.append(_text(frame)))

    page.on("websocket", listen)
    screen = open_in_voila(page, voila_url)
    screen.skip_signs()  # before that there are neither scores nor charts
    screen.rate(KEY, 7)
    screen.should_have({KEY: 7})
    heard.clear()
    screen.handle(KEY).press("ArrowRight")
    screen.should_have({KEY: 8})
    with_panel = [frame for frame in heard if '"panel"' in frame]
    assert with_panel
    assert all('"updates"' in frame and frame.count('"value"') > 0 for frame in with_panel)


def _text(frame: str | bytes) -> str:
    return frame if isinstance(frame, str) else frame.decode(errors="replace")
