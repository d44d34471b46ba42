"""Tells a page whether it came with the states that its widgets have now.

Then they need not be sent again: they are most of what a second visit would wait for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comm import get_comm_manager
from ipywidgets import Widget

from workbook.opening.digest import TARGET, digest_of
from workbook.page.internals import all_widgets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comm.base_comm import BaseComm


def answer_pages() -> None:
    """Answer each page that asks, from now on."""
    get_comm_manager().register_target(TARGET, _answer)


def _answer(comm: BaseComm, opened: Any) -> None:
    found = digest_of(all_states())
    comm.send({"same": found == opened["content"]["data"].get("digest")})
    comm.close()


def all_states() -> Iterator[tuple[str, Any]]:
    """Yield the state of every widget, with its id."""
    for widget in all_widgets():
        yield from Widget.get_manager_state(widgets=[widget])["state"].items()
