"""Small drawings for the start page, in the colour of the text; nobody reads them out."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from htpy import circle, path, svg

if TYPE_CHECKING:
    from htpy import Element


def _icon(*parts: Element) -> str:
    # plain text: what htpy gives would escape the HTML that is added to it
    return "".join([str(svg(viewBox="0 0 24 24", aria_hidden="true")[parts])])


ICONS = MappingProxyType(
    {
        "minutes": _icon(circle(cx=12, cy=12, r=9), path(d="M12 7v5l3 2")),
        "kept": _icon(path(d="M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3")),
        "leave": _icon(path(d="M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9")),
    }
)
