"""Whether what a page came with is still what its kernel holds, in one short word."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

TARGET = "workbook.states"  # of the comm by which a page asks its kernel


def digest_of(states: Mapping[str, Any]) -> str:
    """Return the SHA-256 of widgets' states by id, in hexadecimal; the order makes no difference.

    It is compared, never kept: the states hold answers.
    """
    return hashlib.sha256(json.dumps(states, sort_keys=True).encode()).hexdigest()
