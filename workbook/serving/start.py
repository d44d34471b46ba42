"""The start page for the template, so that it stands in the document before any kernel runs.

The notebook's own metadata names the questionnaire, ``{"workbook": {"instrument": "..."}}``, as a
path from the notebook's folder; ``idle_minutes`` beside it where the notebook has its own.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.instrument.loading import load_instrument
from workbook.instrument.support import load_support
from workbook.opening.start import IDLE_MINUTES, before, more, storage_key
from workbook.text.errors import InstrumentError
from workbook.text.words import chosen_language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

LOOK = Path(__file__).parents[1] / "page" / "browser" / "style.css"


def page_start(metadata: Mapping[str, Any], folder: str) -> dict[str, str] | None:
    """Return the parts of the start page, or None where the notebook names no questionnaire.

    A filter of the Voilà template: HTML under ``before`` and ``more``, the name that the browser
    stores answers under as ``key``. What is wrong with a file is said by the notebook.
    """
    named = metadata.get("workbook", {})
    if "instrument" not in named:
        return None
    path = Path(folder, named["instrument"])
    try:
        changed = max(f.stat().st_mtime_ns for f in path.parent.glob("*.toml"))
        return _start(path, chosen_language(), named.get("idle_minutes", IDLE_MINUTES), changed)
    except (OSError, ValueError, InstrumentError):
        return None


@lru_cache(maxsize=4)
def _start(path: Path, language: str | None, idle_minutes: float, changed: int) -> dict[str, str]:
    del changed  # reads the files again once one of them is another
    instrument = load_instrument(path, language)
    support = load_support(path.parent / "support.toml", language)
    return {
        "before": before(instrument, support),
        "more": more(instrument, idle_minutes),
        "key": storage_key(instrument),
    }


def page_look(_: object = None) -> str:
    """Return the look of the widgets, which the start page has too. A filter of the template."""
    return LOOK.read_text(encoding="utf-8")
