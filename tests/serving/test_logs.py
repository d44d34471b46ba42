"""What the server logs goes through one filter, and what nobody gets to see is not even made."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from workbook.serving import logs

if TYPE_CHECKING:
    import pytest


def test_lines_that_no_handler_shows_are_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "TORNADO", ())
    log, handler = logging.getLogger("workbook.test"), logging.NullHandler(logging.INFO)
    log.setLevel(logging.DEBUG)
    log.addHandler(handler)
    logs.log_quietly(log)
    assert log.isEnabledFor(logging.INFO)
    assert not log.isEnabledFor(logging.DEBUG)
    handler.setLevel(logging.DEBUG)  # as with --debug
    logs.log_quietly(log)
    assert log.isEnabledFor(logging.DEBUG)
