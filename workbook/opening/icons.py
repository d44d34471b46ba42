"""Small drawings for the start page, in the colour of the text; nobody reads them out."""

from __future__ import annotations

from types import MappingProxyType

_FRAME = '<svg viewBox="0 0 24 24" aria-hidden="true">{}</svg>'

ICONS = MappingProxyType(
    {
        "minutes": _FRAME.format('<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>'),
        "kept": _FRAME.format('<path d="M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3"/>'),
        "leave": _FRAME.format('<path d="M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9"/>'),
    }
)
