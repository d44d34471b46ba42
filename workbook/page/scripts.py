"""The browser's side of the widgets: where it stands, and how a widget takes it."""

from __future__ import annotations

from pathlib import Path

from workbook.charts import drawing_style
from workbook.charts.palette import adaptive

BROWSER = Path(__file__).parent / "browser"
TEMPLATES = Path(__file__).parent / "templates"


def script(name: str) -> str:
    """Return the script of a widget with all that it imports; `make front` bundles it."""
    return (BROWSER / "built" / name).read_text(encoding="utf-8")


def style() -> str:
    """Return the look of all views, with the palette."""
    sheets = [(BROWSER / name).read_text(encoding="utf-8") for name in ("style.css", "steps.css")]
    return "\n".join((adaptive(".wb, .wb-frame, .wb-cover"), *sheets, drawing_style()))
