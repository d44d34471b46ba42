"""What a field of a data file is for, said at the field: ``text: Text``, ``rows: Aside[int]``.

The translation and the fingerprint follow these marks; nothing else lists texts.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


@dataclass(frozen=True)
class Role:
    """A mark of a field that no score or answer depends on.

    ``shown`` fields hold words (a text, or a list of them) that a translation replaces one by one.
    With ``keys``, a list of tables is replaced whole: its entries have the same values of the keys
    as those of the old list; with no keys there are as many of them, with None any number.
    """

    shown: bool = False
    whole: bool = False
    keys: tuple[str, ...] | None = None


Text: TypeAlias = Annotated[str, Role(shown=True)]
Texts: TypeAlias = Annotated[tuple[str, ...], Role(shown=True)]
# For those who look after the data, or how something looks: neither translated nor counted.
Aside: TypeAlias = Annotated[T, Role()]


def replaced(*keys: str) -> Role:
    """Mark a list that a translation replaces whole, entry for entry by ``keys``."""
    return Role(whole=True, keys=keys)


LOOSE = Role(whole=True)  # a list that a translation replaces whole, however long


@cache
def types_of(cls: type) -> dict[str, Any]:
    """Return the types of a dataclass's fields, without their marks; worked out once."""
    return get_type_hints(cls)


@cache
def _marked_types_of(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, include_extras=True)


def role_of(cls: type, name: str) -> Role | None:
    """Return the role of a dataclass's field; None where scores or answers depend on it."""
    hint = _marked_types_of(cls)[name]
    marks = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((m for m in marks if isinstance(m, Role)), None)


def inner_of(cls: type, name: str) -> type | None:
    """Return the dataclass that a field holds, or holds a list of; None for other fields."""
    hint = types_of(cls)[name]
    for part in (hint, *get_args(hint)):
        if dataclasses.is_dataclass(part) and isinstance(part, type):
            return part
    return None
