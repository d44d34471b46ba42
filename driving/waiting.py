"""Waiting for what neither Playwright nor a process tells by itself.

In a page, ``expect`` waits by itself. ``page.wait_for_function`` does not work here: it polls with
``eval``, which the page's Content-Security-Policy forbids. Poll ``page.evaluate`` instead.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def eventually(done: Callable[[], bool], seconds: float, otherwise: Callable[[], str]) -> None:
    """Look again and again until ``done``; fail with the words of ``otherwise`` after a while."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise AssertionError(otherwise())
        time.sleep(0.05)
