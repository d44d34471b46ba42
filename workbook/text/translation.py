"""Puts the texts of a translation in the place of those it translates; nothing but texts.

A translation holds texts by id. Entries without an id go by name or number, as faults name them.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbook.text.roles import inner_of, role_of
from workbook.text.words import load_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from workbook.text.report import Report


@dataclass(frozen=True)
class Shape:
    """What a table holds for a reader.

    ``texts`` are keys of texts or lists of them, ``tables`` those of tables with texts of their
    own. A list in ``whole`` is replaced: its entries have the same values of the keys named there
    as those of the old list; with no keys there are as many of them, with None any number.
    """

    texts: tuple[str, ...] = ()
    tables: Mapping[str, Shape] = field(default_factory=dict)
    whole: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.texts or self.tables or self.whole)


def shape_of(cls: type, names: Mapping[str, str] | None = None) -> Shape:
    """Return what a dataclass holds for a reader, by the roles of its fields.

    ``names`` says what a file calls a field where that is another name.
    """
    texts, tables, whole = [], {}, {}
    for field_ in dataclasses.fields(cls):
        name = (names or {}).get(field_.name, field_.name)
        role, inner = role_of(cls, field_.name), inner_of(cls, field_.name)
        if role and role.shown:
            texts.append(name)
        elif role and role.whole:
            whole[name] = role.keys
        elif inner and (shape := shape_of(inner)):
            tables[name] = shape
    return Shape(tuple(texts), tables, whole)


def translation_of(file: Path, language: str) -> Path:
    """Return where the translation of a file stands: beside it, its language in its name."""
    return file.with_suffix(f".{language}{file.suffix}")


def translate(raw: Any, given: Any, shape: Shape, report: Report, key: str = "") -> Any:
    """Return ``raw`` with the texts of ``given``, faults noted under ``key``.

    A text that is missing or faulty stays as it was.
    """
    if not isinstance(given, dict):
        report.add(key, "type", allowed=load_words()("error.type.table"))
        return raw
    start = f"{key}." if key else ""
    known = (*shape.texts, *shape.tables, *shape.whole)
    for name in given:
        if name not in known or (name in shape.tables and name not in raw):
            report.add(start + name, "unknown-key", allowed=", ".join(known))
    new = dict(raw)
    for name in (n for n in (*shape.texts, *shape.whole) if raw.get(n) or n in given):
        if name not in given:
            report.add(start + name, "missing")
        elif name in shape.texts:
            new[name] = _text(raw.get(name), given[name], start + name, report)
        else:
            keys = shape.whole[name]
            new[name] = _whole(raw.get(name, []), given[name], keys, start + name, report)
    for name, inner in shape.tables.items():
        if name in raw:
            below = _entries if isinstance(raw[name], list) else translate
            new[name] = below(raw[name], given.get(name, {}), inner, report, start + name)
    return new


def texts_of(raw: Mapping[str, Any], shape: Shape, turn: Callable[[str], str]) -> dict[str, Any]:
    """Return a translation of ``raw`` with what ``turn`` makes of each text."""

    def turned(value: Any) -> Any:
        return [turned(v) for v in value] if isinstance(value, list) else turn(value)

    texts = {name: turned(raw[name]) for name in shape.texts if raw.get(name)}
    lists = {
        name: [{k: v if k in (keys or ()) else turned(v) for k, v in e.items()} for e in raw[name]]
        for name, keys in shape.whole.items()
        if raw.get(name)
    }
    tables = {
        name: {n: texts_of(e, inner, turn) for n, e in _named(raw[name]).items()}
        if isinstance(raw[name], list)
        else texts_of(raw[name], inner, turn)
        for name, inner in shape.tables.items()
        if raw.get(name)
    }
    return texts | lists | {name: table for name, table in tables.items() if table}


def _text(old: Any, new: Any, spot: str, report: Report) -> Any:
    """Return the text, or the list of texts, that takes the place of ``old``."""
    listed = isinstance(new, list)
    if old is not None and listed != isinstance(old, list):
        kind = "text" if listed else "list"
        report.add(spot, "type", allowed=load_words()(f"error.type.{kind}"))
        return old
    for number, line in enumerate(new if listed else [new], start=1):
        place = f"{spot}[{number}]" if listed else spot
        if not isinstance(line, str):
            report.add(place, "type", allowed=load_words()("error.type.text"))
        elif not line.strip() and old:
            report.add(place, "empty")
    if listed and old is not None and len(old) != len(new):
        report.add(spot, "paragraphs", found=len(new), wanted=len(old))
    return new


def _entries(raw: list[Any], given: Any, shape: Shape, report: Report, key: str) -> list[Any]:
    """Return the entries of a list, each with its texts."""
    if not isinstance(given, dict):
        report.add(key, "type", allowed=load_words()("error.type.table"))
        return raw
    named = _named(raw)
    for name in given.keys() - named.keys():
        report.add(f"{key}[{name}]", "no-such-id")
    return [
        translate(entry, given.get(name, {}), shape, report, f"{key}[{name}]")
        for name, entry in named.items()
    ]


def _named(entries: list[Any]) -> dict[str, Any]:
    """Return each entry by its id, else by its name, else by its number."""
    named: dict[str, Any] = {}
    for number, entry in enumerate(entries, start=1):
        name = str(entry.get("id") or entry.get("name") or number)
        named[name if name not in named else f"{name} ({number})"] = entry
    return named


def _whole(
    old: list[Any], new: Any, keys: tuple[str, ...] | None, spot: str, report: Report
) -> list[Any]:
    """Return the list that takes the place of another; note where it does not belong there."""
    if not isinstance(new, list) or not all(isinstance(entry, dict) for entry in new):
        report.add(spot, "type", allowed=load_words()("error.type.list"))
        return old
    if not new and old:
        report.add(spot, "missing")
    elif keys and _places(old, keys) != _places(new, keys):
        report.add(spot, "other-places", keys=", ".join(keys))
    elif keys == () and len(old) != len(new):
        report.add(spot, "paragraphs", found=len(new), wanted=len(old))
    return new


def _places(entries: list[Any], keys: tuple[str, ...]) -> set[str]:
    return {repr([entry.get(k) for k in keys]) for entry in entries}
