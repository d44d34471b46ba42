"""The private names of ipywidgets that the page uses, because there are no public ones.

Nothing else may use such a name. pyproject.toml bounds the versions, and tests/views/
test_internals.py fails if one goes away or does something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipywidgets import Widget

if TYPE_CHECKING:
    from collections.abc import Callable


def classes_of(widget: Widget) -> tuple[str, ...]:
    """Return the CSS classes of a widget; ``add_class`` has no reader."""
    return tuple(widget._dom_classes)  # noqa: SLF001


def redirect(widget: Widget, send: Callable[..., None]) -> None:
    """Let ``send(message, buffers)`` have what a widget says to the page."""
    widget._send = send  # noqa: SLF001


def send_as_usual(widget: Widget, message: dict[str, Any], buffers: list[Any] | None) -> None:
    """Send a message the way a widget does that is not redirected."""
    Widget._send(widget, message, buffers)  # noqa: SLF001
