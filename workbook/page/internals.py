"""The private names of ipywidgets that the page uses, because there are no public ones.

Nothing else may use such a name. pyproject.toml bounds the versions, and tests/views/
test_internals.py fails if one goes away or does something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipywidgets.widgets.widget import _instances

if TYPE_CHECKING:
    from ipywidgets import Widget


def classes_of(widget: Widget) -> tuple[str, ...]:
    """Return the CSS classes of a widget; ``add_class`` has no reader."""
    return tuple(widget._dom_classes)  # noqa: SLF001


def with_classes(names: str) -> dict[str, list[str]]:
    """Return what makes a new widget have these CSS classes; ``add_class`` sends a message each."""
    return {"_dom_classes": names.split()}


def all_widgets() -> tuple[Widget, ...]:
    """Return every widget that is not closed; the public way to them is on its way out."""
    return tuple(w for w in _instances.values() if w.comm is not None)
