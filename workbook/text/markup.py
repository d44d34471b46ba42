"""Small pieces of HTML; all that is not said to be HTML is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def tag(name: str, content: str, classes: str = "") -> str:
    """Return an HTML element round ``content``, which is escaped."""
    return raw_tag(name, escape(content), classes)


def raw_tag(name: str, html: str, classes: str = "") -> str:
    """Return an HTML element round ``html``, which is taken as it is."""
    attribute = f' class="{classes}"' if classes else ""
    return f"<{name}{attribute}>{html}</{name}>"


def paragraphs(texts: Iterable[str], classes: str = "") -> str:
    """Return a paragraph for each text, escaped."""
    return "".join(tag("p", text, classes) for text in texts)


def details(summary: str, html: str) -> str:
    """Return a part of the page that opens on request."""
    return raw_tag("details", tag("summary", summary) + html)
