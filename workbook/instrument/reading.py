"""Turn TOML tables into frozen dataclasses by their annotations, noting every fault on the way.

A faulty value is noted and replaced by a stand-in, so that one pass finds all faults of a file.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, get_args, get_origin

from workbook.text.report import Report, place
from workbook.text.roles import types_of
from workbook.text.words import load_words

T = TypeVar("T")
STAND_INS: dict[type, object] = {str: "", int: 0, float: 0.0, bool: False}


def read_table(cls: type[T], raw: object, key: str, report: Report) -> T:
    """Return ``raw`` as an instance of the dataclass ``cls``, faults noted under ``key``."""
    if not isinstance(raw, dict):
        report.add(key, "type", allowed=load_words()("error.type.table"))
        raw = {}
    hints, known = types_of(cls), dataclasses.fields(cls)  # type: ignore[arg-type]  # T is a dataclass
    for name in sorted(raw.keys() - {f.name for f in known}):
        allowed = ", ".join(f.name for f in known)
        report.add(f"{key}.{name}", "unknown-key", allowed=allowed)
    values = {}
    for field in known:
        spot, hint = f"{key}.{field.name}", hints[field.name]
        if field.name in raw:
            values[field.name] = _value(hint, raw[field.name], spot, report)
        elif _required(field):
            report.add(spot, "missing")
            values[field.name] = _stand_in(hint)
        given = raw.get(field.name)
        if _required(field) and isinstance(given, str) and not given.strip():
            report.add(spot, "empty")
    return cls(**values)


def _required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _stand_in(hint: Any) -> Any:
    if get_origin(hint) is tuple:
        return ()
    if get_origin(hint) is Literal:
        return get_args(hint)[-1]
    return STAND_INS.get(hint)


def _value(hint: Any, raw: object, key: str, report: Report) -> Any:
    """Return ``raw`` checked and converted to ``hint``, or a stand-in."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        return _value(args[0], raw, key, report)
    if dataclasses.is_dataclass(hint):
        return read_table(hint, raw, key, report)  # type: ignore[arg-type]  # a class, not a value
    if origin is tuple:
        return _list(args[0], raw, key, report)
    if origin is Mapping:
        return _mapping(args[1], raw, key, report)
    if origin is Literal:
        allowed: tuple[object, ...] = args
        fits = raw in allowed
    else:
        allowed = (load_words()(f"error.type.{NAMES[hint]}"),)
        fits = _is(hint, raw)
    if not fits:
        report.add(key, "type", allowed=", ".join(map(str, allowed)))
        return _stand_in(hint)
    return raw


NAMES: dict[Any, str] = {
    str: "text",
    int: "whole",
    float: "number",
    bool: "truth",
}


def _is(hint: type, raw: object) -> bool:
    if isinstance(raw, bool):
        return hint is bool
    if hint is float:
        return isinstance(raw, int | float) and abs(raw) < float("inf")
    return isinstance(raw, hint)


def _list(hint: Any, raw: object, key: str, report: Report) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        report.add(key, "type", allowed=load_words()("error.type.list"))
        return ()
    return tuple(_value(hint, entry, place(key, i, entry), report) for i, entry in enumerate(raw))


def _mapping(hint: Any, raw: object, key: str, report: Report) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        report.add(key, "type", allowed=load_words()("error.type.table"))
        return types.MappingProxyType({})
    return types.MappingProxyType(
        {k: _value(hint, v, f"{key}.{k}", report) for k, v in raw.items()}
    )
