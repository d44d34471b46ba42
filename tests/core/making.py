"""Instruments made for a test, each through the real loader."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from workbook import Instrument, load_instrument

Raw: TypeAlias = dict[str, Any]


def load(content: str | bytes) -> Instrument:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.toml"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return load_instrument(file)


def load_raw(raw: Mapping[str, Any]) -> Instrument:
    return load(to_toml(raw))


def to_toml(raw: Mapping[str, Any]) -> str:
    """Write a line a key; a list of tables is an array of inline tables, which means the same."""
    return "".join(f"{key} = {inline(value)}\n" for key, value in raw.items())


def inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(k)} = {inline(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(inline, value)) + "]"
    return json.dumps(value, ensure_ascii=False)  # texts, numbers, true and false are the same
