"""Read a TOML file, and note what is wrong in it, so that one pass finds all faults."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from workbook.text.errors import Fault, InstrumentError

if TYPE_CHECKING:
    from pathlib import Path


def read_toml(file: Path) -> dict[str, Any]:
    """Return what a TOML file holds. InstrumentError where it cannot be read or is not TOML."""
    try:
        content = file.read_bytes()
    except (OSError, ValueError) as error:  # a path may hold what no path can
        why = getattr(error, "strerror", None) or str(error)
        raise InstrumentError(file.name, [Fault("file", "unreadable", {"why": why})]) from None
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InstrumentError(file.name, [Fault("file", "not-toml", {"why": error})]) from None


class Report:
    """The faults found so far, at most one a key (the first says most)."""

    def __init__(self) -> None:
        self._faults: dict[str, Fault] = {}

    def add(self, key: str, code: str, **values: object) -> None:
        """Note a fault at ``key``; ``code`` is its sentence under ``error.instrument``."""
        self._faults.setdefault(key, Fault(key, code, values))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All faults in the order they were found."""
        return tuple(self._faults.values())


def place(table: str, index: int, raw: object) -> str:
    """Return how a fault names a table: by its id where it has one, else by its number."""
    name = raw.get("id") if isinstance(raw, dict) else None
    return f"{table}[{name if isinstance(name, str) and name else index + 1}]"
