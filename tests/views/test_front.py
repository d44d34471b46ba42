"""The page's own front end has every control that a questionnaire shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances

from driving.servers import ROOT
from tests.views.walk import walk
from workbook import Workbook

if TYPE_CHECKING:
    from pathlib import Path

INSTRUMENTS = [ROOT / "data/friendship.toml", *sorted((ROOT / "data/examples").glob("*.toml"))]
CONTROLS = "@jupyter-widgets/controls"
ELSEWHERE = {
    "@jupyter-widgets/base": {"LayoutModel", "LayoutView", "StyleView"},  # all of that package
    "anywidget": {"AnyModel", "AnyView"},
}


def brought() -> set[tuple[str, str]]:
    """Return module and name of each class that the front end brings."""
    listed = (ROOT / "front/src/controls.js").read_text().partition("export {")[2]
    controls = {(CONTROLS, name) for name in re.findall(r"\b[A-Z]\w+", listed.partition("}")[0])}
    return controls | {(module, name) for module, names in ELSEWHERE.items() for name in names}


def needed(path: Path) -> set[tuple[str, str]]:
    """Return module and name of each class that a questionnaire needs, all of it on the page."""
    book = Workbook(path)
    views = [book.start(), *(book.chapter(c.id) for c in book.instrument.chapters), book.own()]
    views += [book.result(), book.summary(), book.save(), book.support(), book.close()]
    assert views
    # without what an earlier test has left half closed
    whole = [widget for widget in _instances.values() if all(part.comm for part in walk(widget))]
    kept = Widget.get_manager_state(widgets=whole)["state"]
    states = [model["state"] for model in kept.values()]
    models = {(state["_model_module"], state["_model_name"]) for state in states}
    return models | {(state["_view_module"], state["_view_name"]) for state in states}


@pytest.mark.parametrize("path", INSTRUMENTS, ids=lambda path: path.name)
def test_the_front_end_brings_every_control_of_a_questionnaire(path: Path) -> None:
    missing = needed(path) - brought()
    assert not missing, f"to be added to front/src/controls.js, then `make front`: {missing}"


def test_it_brings_nothing_that_none_needs() -> None:
    everywhere = {name for path in INSTRUMENTS for name in needed(path)}
    # what others are made of, by their names
    parts = {(CONTROLS, name) for name in ("BoxModel", "BoxView", "DescriptionStyleModel")}
    assert brought() - everywhere <= parts
