"""A page without a browser, and a look at what would be sent to one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ipywidgets.widgets.widget import Widget, _instances

import workbook.page.book
import workbook.page.state
from tests.views.walk import CAR, FRIENDSHIP, Pages
from workbook import load_instrument
from workbook.instrument.support import load_support

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


SHIPPED = (FRIENDSHIP, CAR, FRIENDSHIP.with_name("support.toml"))


@pytest.fixture(scope="session", autouse=True)
def _loaded_once() -> Iterator[None]:
    """Load what ships once: it takes a third of the time that a page does, and never changes."""
    with pytest.MonkeyPatch.context() as patch:
        for load in (load_instrument, load_support):
            patch.setattr(workbook.page.book, load.__name__, _once_where_shipped(load))
        yield


def _once_where_shipped(load: Any) -> Any:
    shipped = cache(load)

    def given(path: Any, *more: Any) -> Any:
        return (shipped if Path(path) in SHIPPED else load)(path, *more)

    return given


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Close the widgets of a test: ipywidgets keeps every open one."""
    before = set(_instances)
    yield
    for name in set(_instances) - before:
        _instances[name].close()


@pytest.fixture
def pages() -> Pages:
    """Lay out the whole workbook, nothing answered."""
    return Pages()


@dataclass(frozen=True)
class Message:
    """One message to the browser."""

    widget: Any
    method: str
    content: Mapping[str, Any]
    buffers: Sequence[Any]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """Note every message to the browser from here on; a test may clear the list."""
    messages: list[Message] = []
    send = Widget._send  # noqa: SLF001  # every message passes here

    def note(self: Any, msg: dict[str, Any], buffers: Any = None) -> None:
        content = msg.get("content", msg.get("state", {}))
        messages.append(Message(self, msg["method"], content, buffers or ()))
        send(self, msg, buffers)

    monkeypatch.setattr(Widget, "_send", note)
    return messages


@pytest.fixture
def assessed(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, object]]:
    """Note the answers of every assessment that a state works out from here on."""
    calls: list[Mapping[str, object]] = []
    assess = workbook.assess

    def note(instrument: Any, answers: Mapping[str, object]) -> Any:
        calls.append(answers)
        return assess(instrument, answers)

    monkeypatch.setattr(workbook.page.state, "assess", note)
    return calls
