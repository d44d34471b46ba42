"""Whether the files load that the page is made of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.instrument.loading import load_instrument
from workbook.instrument.support import load_support
from workbook.serving.doctor.findings import Finding, end
from workbook.serving.start import files_of, page_start
from workbook.text.errors import InstrumentError
from workbook.text.languages import words_of
from workbook.text.words import DEFAULT_LANGUAGE, chosen_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def content_findings(voila: Any) -> Iterator[Finding]:
    """Yield what is wrong with the notebook's files, in the words of the loader."""
    language = chosen_language()
    yield from _told(lambda: words_of(language or DEFAULT_LANGUAGE))
    support = voila.voila_configuration.resources.get("support")
    if support:
        yield from _told(lambda: load_support(Path(support), language))
    try:
        notebook = json.loads(Path(voila.notebook_path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        yield end(f"The notebook {voila.notebook_path} cannot be read: {why}.")
        return
    yield from _questionnaire(notebook, str(Path(voila.notebook_path).resolve().parent))


def _questionnaire(notebook: dict[str, Any], folder: str) -> Iterator[Finding]:
    if page_start(notebook, folder) is not None:
        return
    try:
        files = files_of(notebook, folder)
    except (KeyError, SyntaxError, TypeError, ValueError):
        return  # only running the notebook would tell
    yield from _told(lambda: load_instrument(files.questionnaire, files.language, files.locale))
    yield from _told(lambda: load_support(files.support, files.language))


def _told(load: Callable[[], object]) -> Iterator[Finding]:
    try:
        load()
    except InstrumentError as error:
        for line in str(error).splitlines():
            yield Finding(line)
