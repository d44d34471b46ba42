"""Interface words: every sentence a person reads that does not belong to one instrument.

They stand in ``locale/<language>.toml`` and are found by a dotted code such as ``save.title``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEFAULT_LANGUAGE = "en"


class Words:
    """The words of one language, by code."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = dict(texts)

    def __call__(self, code: str, /, **values: object) -> str:
        """Return the text of ``code`` with ``values`` put in. KeyError for an unknown one."""
        return self._texts[code].format(**values)

    def group(self, prefix: str) -> dict[str, str]:
        """Return all texts below ``prefix`` by the rest of their code, with nothing put in."""
        start = f"{prefix}."
        return {k.removeprefix(start): t for k, t in self._texts.items() if k.startswith(start)}

    def codes(self) -> frozenset[str]:
        """Return every code."""
        return frozenset(self._texts)


def _flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


@cache
def load_words(language: str = DEFAULT_LANGUAGE) -> Words:
    """Return the interface words of ``language`` ("en"). Raises FileNotFoundError for others."""
    file = resources.files("workbook") / "locale" / f"{language}.toml"
    return Words(language, dict(_flatten(tomllib.loads(file.read_text(encoding="utf-8")))))
