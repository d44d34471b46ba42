"""What widgets say while a cell makes them, in one message, where the document has their states.

Else a page is some four hundred messages, each of which kernel and server deal with on its own: a
third of all the work that opening one takes.
"""

from __future__ import annotations

import os
from itertools import count
from typing import Any

import comm
from ipykernel.comm.comm import BaseComm
from ipykernel.kernelbase import Kernel
from IPython.core.getipython import get_ipython

from workbook.opening.digest import TOGETHER, WIDGETS


class Cell:
    """What the widgets of the cell that runs have said, by their ids; None between cells."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, Any]] | None = None
        self._numbers = count()
        self._word: Any = None  # kept, because a comm that goes says so

    def begin(self, *_: object) -> None:
        """Gather from now on what is said of states."""
        self._said = self._said or {}

    def end(self, *_: object) -> None:
        """Send what was gathered, and let each widget speak for itself."""
        said, self._said = self._said, None
        if said:
            word = self._word = self._word or BaseComm(primary=False)  # type: ignore[no-untyped-call]
            word.comm_id = f"{WIDGETS}.{next(self._numbers)}"
            word.send({"state": said})

    def takes(self, widget: str, data: dict[str, Any], buffers: object) -> bool:
        """Return whether what a widget says is gathered."""
        if self._said is None or buffers or "state" not in data:
            return False
        self._said.setdefault(widget, {}).update(data["state"])
        return True


CELL = Cell()


class Comm(BaseComm):
    """The way from a widget to its page."""

    def publish_msg(
        self,
        msg_type: str,
        data: Any = None,
        metadata: Any = None,
        buffers: Any = None,
        **keys: Any,
    ) -> None:
        """Say something, unless the cell does."""
        if CELL.takes(self.comm_id, data or {}, buffers):
            self.kernel = Kernel.instance()  # else ipywidgets takes it for a way to nowhere
        else:
            say = super().publish_msg
            say(msg_type, data, metadata, buffers, **keys)  # type: ignore[no-untyped-call]


def speak_together() -> None:
    """Gather in this cell and in all that follow, where the server asks for it."""
    shell = get_ipython()
    if TOGETHER not in os.environ or shell is None or comm.create_comm is Comm:
        return
    comm.create_comm = Comm
    CELL.begin()
    shell.events.register("pre_run_cell", CELL.begin)
    shell.events.register("post_run_cell", CELL.end)
