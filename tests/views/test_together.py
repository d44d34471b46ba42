"""What widgets say while a cell runs goes as one, and what they say later at once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import comm
import ipywidgets as w
import pytest
from ipykernel.comm.comm import BaseComm

from workbook.opening.digest import TOGETHER, WIDGETS
from workbook.page import together

if TYPE_CHECKING:
    from collections.abc import Callable


Said = list[tuple[str, str, dict[str, Any]]]


class Shell:
    """Runs cells."""

    def __init__(self) -> None:
        self.hooks: dict[str, list[Callable[[object], None]]] = {}
        self.events = SimpleNamespace(
            register=lambda name, hook: self.hooks.setdefault(name, []).append(hook)
        )

    def run(self, cell: Callable[[], object]) -> None:
        """Run a cell as IPython does."""
        for hook in self.hooks.get("pre_run_cell", ()):
            hook(None)
        cell()
        for hook in self.hooks.get("post_run_cell", ()):
            hook(None)


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Return the shell of a kernel."""
    shell = Shell()
    monkeypatch.setattr(together, "get_ipython", lambda: shell)
    monkeypatch.setattr(together, "CELL", together.Cell())
    monkeypatch.setattr(together, "Kernel", SimpleNamespace(instance=lambda: "a kernel"))
    monkeypatch.setattr(comm, "create_comm", BaseComm)
    return shell


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Said:
    """Note what leaves the kernel: kind, comm, data."""
    found: Said = []

    def note(self: Any, kind: str, data: Any = None, *_: Any, **__: Any) -> None:
        self.kernel = "a kernel"
        found.append((kind, self.comm_id, data))

    monkeypatch.setattr(BaseComm, "publish_msg", note)
    return found


def test_what_widgets_say_in_a_cell_goes_as_one(
    shell: Shell, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOGETHER, "1")
    made: list[w.HTML] = []

    def first() -> None:
        together.speak_together()
        made.extend([w.HTML("a"), w.HTML("b")])
        made[0].value = "c"
        together.speak_together()  # a second workbook

    shell.run(first)
    ((kind, name, data),) = said
    assert (kind, name) == ("comm_msg", f"{WIDGETS}.0")
    assert [data["state"][one.model_id]["value"] for one in made] == ["c", "b"]
    assert data["state"][made[0].model_id] == made[0].get_state()
    said.clear()
    shell.run(lambda: None)
    assert said == []

    def twice() -> None:
        made[1].value = "d"
        made[1].value = "e"

    shell.run(twice)
    assert said == [("comm_msg", f"{WIDGETS}.1", {"state": {made[1].model_id: {"value": "e"}}})]
    said.clear()
    made[1].value = "f"  # as a message of the page does: no cell runs
    w.HTML("g")
    assert said[0][:2] == ("comm_msg", made[1].model_id)
    assert {kind for kind, _, _ in said[1:]} == {"comm_open"}


def test_what_is_no_state_or_has_buffers_is_said_at_once(
    shell: Shell, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOGETHER, "1")
    shell.run(together.speak_together)

    def cell() -> None:
        one = w.HTML("a")
        one.send({"type": "file"}, [b"content"])
        w.Image(value=b"content")

    shell.run(cell)
    *at_once, (_, name, _) = said
    assert [kind for kind, _, _ in at_once] == ["comm_msg", "comm_open"]
    assert name.startswith(WIDGETS)


def test_else_each_widget_speaks_for_itself(shell: Shell, said: Said) -> None:
    shell.run(together.speak_together)
    shell.run(lambda: w.HTML("a"))
    assert {kind for kind, _, _ in said} == {"comm_open"}
    assert not shell.hooks
