"""The private names of ipywidgets that the page uses are there, and do what it takes them for."""

from __future__ import annotations

import re
from typing import Any

import ipywidgets as w

from workbook.page import internals
from workbook.page.scripts import BROWSER


def test_the_classes_of_a_widget_can_be_read() -> None:
    widget = w.HTML()
    widget.add_class("one")
    widget.add_class("two")
    widget.remove_class("one")
    assert internals.classes_of(widget) == ("two",)


def test_what_a_widget_says_can_be_taken_over_and_sent_as_usual(
    monkeypatch: Any,
) -> None:
    said: list[tuple[str, object]] = []
    usual: list[object] = []
    monkeypatch.setattr(w.Widget, "_send", lambda _self, message, *_: usual.append(message))
    widget = w.HTML()

    def take(message: dict[str, Any], buffers: Any = None) -> None:
        said.append((message["method"], message["state"]))
        internals.send_as_usual(widget, message, buffers)

    usual.clear()
    internals.redirect(widget, take)
    widget.value = "news"
    assert said == [("update", {"value": "news"})]
    assert len(usual) == 1


def test_no_other_script_uses_private_names() -> None:
    for file in BROWSER.glob("*.js"):
        private = re.findall(r"\._\w+", file.read_text(encoding="utf-8"))
        assert file.name == "internals.js" or not private, file.name
