"""The private names of ipywidgets that the page uses are there, and do what it takes them for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import ipywidgets as w

from workbook.page import internals
from workbook.page.scripts import BROWSER

if TYPE_CHECKING:
    from tests.views.conftest import Message


def test_the_classes_of_a_widget_can_be_read() -> None:
    widget = w.HTML()
    widget.add_class("one")
    widget.add_class("two")
    widget.remove_class("one")
    assert internals.classes_of(widget) == ("two",)


def test_a_widget_can_have_classes_from_the_start(sent: list[Message]) -> None:
    widget = w.HTML(**internals.with_classes("one two"))
    assert internals.classes_of(widget) == ("one", "two")
    assert not sent


def test_every_widget_is_found_until_it_is_closed() -> None:
    widget = w.HTML()
    assert widget in internals.all_widgets()
    widget.close()
    assert widget not in internals.all_widgets()


def test_no_other_script_uses_private_names() -> None:
    for file in BROWSER.glob("*.js"):
        private = re.findall(r"\._\w+", file.read_text(encoding="utf-8"))
        assert file.name == "internals.js" or not private, file.name
