"""A page asks whether it came with what the kernel holds; only where not is all told again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from comm import base_comm, get_comm_manager
from ipywidgets import Widget

from tests.views.walk import Pages, full
from workbook.opening.digest import TARGET, digest_of

if TYPE_CHECKING:
    from collections.abc import Callable


class Comm(base_comm.BaseComm):
    """Notes what is said to the page."""

    said: list[tuple[str, Any]]

    def publish_msg(self, msg_type: str, data: Any = None, *_: Any, **__: Any) -> None:
        self.said = [*getattr(self, "said", []), (msg_type, data)]


@pytest.fixture
def ask(pages: Pages) -> Callable[[object], list[tuple[str, Any]]]:
    """Ask as a page does, of a workbook that is all there."""
    assert pages.parts

    def ask(data: object) -> list[tuple[str, Any]]:
        comm = Comm(primary=False)
        get_comm_manager().register_comm(comm)
        get_comm_manager().targets[TARGET](comm, {"content": {"data": data}})
        return comm.said[-2:]

    return ask


def test_a_page_that_came_with_all_of_it_is_told_so(
    pages: Pages, ask: Callable[[object], list[tuple[str, Any]]]
) -> None:
    states = Widget.get_manager_state()["state"]
    came_with = {"digest": digest_of(reversed(states.items()))}
    assert ask(came_with) == [("comm_msg", {"same": True}), ("comm_close", {})]
    pages.state.replace(full(pages))
    assert ask(came_with)[0] == ("comm_msg", {"same": False})
    assert ask({})[0] == ("comm_msg", {"same": False})
