"""Words, colours and people who can help, for the page round the notebook. See voila.json."""

from __future__ import annotations

import contextlib
from functools import lru_cache
from pathlib import Path

from workbook.charts.palette import plain
from workbook.instrument.support import Support, load_support
from workbook.text.errors import InstrumentError
from workbook.text.languages import words_of
from workbook.text.words import DEFAULT_LANGUAGE, Words, chosen_language, load_words


def page_words(_: object = None) -> Words:
    """Return the words of the page round the notebook, in the language the environment asks for.

    A filter of the Voilà template. What is wrong with the file is said by the notebook.
    """
    try:
        return words_of(chosen_language() or DEFAULT_LANGUAGE)
    except InstrumentError:
        return load_words()


def page_support(path: str) -> Support | None:
    """Return the services for the page round the notebook, in the language that is asked for.

    A filter of the Voilà template. What is wrong with the file is said by the notebook.
    """
    return _support(Path(path), chosen_language(), _changed(Path(path).parent))


def _changed(folder: Path) -> int:
    """Return when a file of texts was changed last, in nanoseconds; 0 where there is none."""
    times = [0]
    for file in folder.glob("*.toml"):
        with contextlib.suppress(OSError):  # it has just gone
            times.append(file.stat().st_mtime_ns)
    return max(times)


@lru_cache(maxsize=4)
def _support(path: Path, chosen: str | None, changed: int) -> Support | None:
    """Return them as they stood then: reading takes longer than all else of a page's head."""
    del changed
    for language in (chosen, None):
        try:
            return load_support(path, language)
        except InstrumentError:
            continue  # without a translation, the original: the numbers are what matters
    return None


def page_palette(_: object = None) -> str:
    """Return the palette as CSS. A filter of the Voilà template."""
    return plain()
