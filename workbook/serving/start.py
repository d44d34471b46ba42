"""The start page for the template, so that it stands in the document before any kernel runs.

Which questionnaire it is of stands in the notebook, once: in the call of ``Workbook``.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workbook.instrument.loading import load_instrument
from workbook.instrument.support import load_support
from workbook.opening.start import IDLE_MINUTES, before, more, storage_key
from workbook.text.errors import InstrumentError
from workbook.text.words import chosen_language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

LOOK = Path(__file__).parents[1] / "page" / "browser" / "style.css"
# What the calls in a notebook take, in their order.
WORKBOOK = ("path", "support", "language", "locale", "leave_to")
START = ("idle_minutes",)


class Files(NamedTuple):
    """The files and the language that a notebook names, and where its page leaves to."""

    questionnaire: Path
    support: Path
    language: str | None
    locale: str | None
    leave_to: str


def page_start(notebook: Mapping[str, Any], folder: str) -> dict[str, str] | None:
    """Return the parts of the start page, or None where the notebook does not say them plainly.

    A filter of the Voilà template: HTML under ``before`` and ``more``, the name that the browser
    stores answers under as ``key``, and as ``leave_to`` where the notebook says it. What is wrong
    with a file is said by the notebook. ``folder`` is that of the notebook.
    """
    try:
        files = files_of(notebook, folder)
        minutes = _arguments(notebook, "start", START).get("idle_minutes", IDLE_MINUTES)
        near = {file for place in files[:2] for file in place.parent.glob("*.toml")}
        changed = max(file.stat().st_mtime_ns for file in near)
        parts = _parts(files, minutes, changed)
    except (KeyError, OSError, SyntaxError, TypeError, ValueError, InstrumentError):
        return None
    return parts | {"leave_to": files.leave_to}


def files_of(notebook: Mapping[str, Any], folder: str) -> Files:
    """Return what the notebook's page is made of; ``folder`` is that of the notebook.

    Raises KeyError where the notebook makes no workbook, SyntaxError, TypeError and ValueError
    where only running it would tell.
    """
    given = _arguments(notebook, "Workbook", WORKBOOK)
    path = Path(folder, given["path"])
    return Files(
        path,
        Path(folder, given.get("support") or path.parent / "support.toml"),
        given.get("language") or chosen_language(),
        given.get("locale") and str(Path(folder, given["locale"])),
        given.get("leave_to") or "",
    )


@lru_cache(maxsize=4)
def _parts(files: Files, idle_minutes: float, changed: int) -> dict[str, str]:
    del changed  # reads the files again once one of them is another
    instrument = load_instrument(files.questionnaire, files.language, files.locale)
    return {
        "before": before(instrument, load_support(files.support, files.language)),
        "more": more(instrument, idle_minutes),
        "key": storage_key(instrument),
    }


def _arguments(notebook: Mapping[str, Any], name: str, order: tuple[str, ...]) -> dict[str, Any]:
    """Return what the notebook's first call of ``name`` is given.

    Raises KeyError where there is none, ValueError for what only running it would tell.
    """
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        for node in ast.walk(ast.parse("".join(cell["source"]))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
                named = [*zip(order, node.args, strict=False)]
                named += [(str(word.arg), word.value) for word in node.keywords]
                return {key: ast.literal_eval(value) for key, value in named}
    raise KeyError(name)


def page_look(_: object = None) -> str:
    """Return the look of the widgets, which the start page has too. A filter of the template."""
    return LOOK.read_text(encoding="utf-8")
