"""Whether what a page came with is still what its kernel holds, in one short word."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

TARGET = "workbook.states"  # of the comm by which a page asks its kernel
# What the comms are called by which a kernel tells of many widgets at once, each with its number;
# and the environment variable by which a server asks for that.
WIDGETS = "workbook.widgets"
TOGETHER = "WORKBOOK_TOGETHER"


def digest_of(states: Iterable[tuple[str, Any]]) -> str:
    """Return the SHA-256 of widgets' states, each with its id, in hexadecimal.

    The order makes no difference. One state after the other: all at once would take memory for
    good. It is compared, never kept: the states hold answers.
    """
    each = sorted(_digest(state) for state in states)
    return hashlib.sha256(b"".join(each)).hexdigest()


def _digest(state: object) -> bytes:
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).digest()
