"""Tells a page whether it came with the states that its widgets have now.

Then they need not be sent again: they are most of what a second visit would wait for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comm import get_comm_manager
from ipywidgets import Widget

from workbook.opening.digest import TARGET, digest_of

if TYPE_CHECKING:
    from comm.base_comm import BaseComm


def answer_pages() -> None:
    """Answer each page that asks, from now on."""
    get_comm_manager().register_target(TARGET, _answer)


def _answer(comm: BaseComm, opened: Any) -> None:
    found = digest_of(Widget.get_manager_state()["state"])
    comm.send({"same": found == opened["content"]["data"].get("digest")})
    comm.close()
