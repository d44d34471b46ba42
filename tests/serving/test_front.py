"""Which front end a page has, and what its own one finds in the document."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_notebook

from workbook.opening.digest import WIDGETS
from workbook.serving.front import CHOICE, OWN, VOILA, chosen_front, first_state

MODEL = {"_model_name": "HTMLModel", "_model_module": "m", "_model_module_version": "2.0.0"}
TEXT = "</script><script>alert(1)</script><!-- é"


def test_the_page_has_its_own_unless_voilas_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CHOICE, raising=False)
    assert chosen_front() == OWN
    monkeypatch.setenv(CHOICE, VOILA)
    assert chosen_front() == VOILA
    monkeypatch.setenv(CHOICE, "Voila")
    with pytest.raises(SystemExit, match="own, voila"):
        chosen_front()


class Renderer:
    """As Voilà's: what starts the kernel is bound to it, and it has what runs the cells."""

    def __init__(self, executor: NotebookClient) -> None:
        self.executor = executor

    def start(self) -> None:
        """Do nothing: only whose method it is counts."""


def told(states: dict[str, Any]) -> str:
    """Return what the document says where the kernel has told these states."""
    client = NotebookClient(new_notebook())  # type: ignore[no-untyped-call]
    client.widget_state = states
    return first_state(partial(Renderer(client).start))


def test_the_document_has_the_state_of_every_widget() -> None:
    state = MODEL | {"value": TEXT, "z": 1, "a": 2}
    text = told({"one": state})
    model = json.loads(text)["state"]["one"]
    assert model["state"] == state
    assert list(model["state"]) == list(state)  # an order of keys may be one of answers
    assert (model["model_name"], model["model_module"]) == ("HTMLModel", "m")
    assert model["model_module_version"] == "2.0.0"


def test_what_many_widgets_said_together_is_the_state_of_each() -> None:
    """A word that came alone, and those of later cells, are the newer ones."""
    text = told(
        {
            f"{WIDGETS}.0": {"one": MODEL | {"value": "a"}, "two": MODEL | {"value": "b"}},
            "two": {"value": "c"},
            f"{WIDGETS}.1": {"one": {"value": "d"}, "gone": {"value": "of no widget"}},
        }
    )
    states = {widget: model["state"] for widget, model in json.loads(text)["state"].items()}
    assert states == {"one": MODEL | {"value": "d"}, "two": MODEL | {"value": "c"}}


def test_no_text_in_it_ends_the_script_that_it_stands_in() -> None:
    text = told({"one": MODEL | {"value": TEXT}})
    assert not re.search(r"<[/!a-z]", text, re.IGNORECASE)


def test_without_widgets_there_is_no_state() -> None:
    assert json.loads(told({}))["state"] == {}
