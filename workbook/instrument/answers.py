"""What was answered: a read-only mapping from item id to one scalar, checked by the instrument.

A key that is missing, or None, means "not answered".
"""

from __future__ import annotations

import numbers
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from workbook.instrument.items import SIGN_ANSWERS
from workbook.text.errors import AnswerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.instrument.items import Item
    from workbook.instrument.model import Instrument
    from workbook.text.words import Words

Scalar: TypeAlias = int | bool | str
Answers: TypeAlias = "Mapping[str, Scalar]"

NO_ANSWERS: Answers = MappingProxyType({})
TEXT_MOST = 32_000  # characters: what a spreadsheet's cell holds
# Other spellings of "not sure" that people and programs write.
NOT_SURE = dict.fromkeys(("not-sure", "not_sure", "unsure"), "not sure")


def check_answers(instrument: Instrument, answers: Mapping[str, object]) -> Answers:
    """Return ``answers`` checked, without the blank ones, in the instrument's order.

    Raises AnswerError for the first key that is no item or value that is no answer to it.
    """
    checked: dict[str, Scalar] = {}
    for key, value in answers.items():
        answer = check_answer(instrument, key, value)
        if answer is not None:
            checked[key] = answer
    return MappingProxyType({key: checked[key] for key in instrument.by_id if key in checked})


def check_answer(
    instrument: Instrument, key: str, value: object, *, row: object = None
) -> Scalar | None:
    """Return ``value`` as the answer to item ``key`` (None stays None); raises AnswerError."""
    item = instrument.by_id.get(key)
    if item is None:
        allowed_here = instrument.words("error.allowed.key")
        raise AnswerError(str(key), value, allowed_here, row=row, words=instrument.words)
    if value is None:
        return None
    answer = _CHECKS[item.kind](item, value)
    if answer is None:
        allowed_here = allowed(item, instrument.words)
        raise AnswerError(key, value, allowed_here, row=row, words=instrument.words)
    return answer


def allowed(item: Item, words: Words) -> str:
    """Return in words what an answer to ``item`` may be."""
    if item.kind == "rating":
        return words("error.allowed.rating", low=item.min, high=item.max)
    if item.kind == "choice":
        return words("error.allowed.choice", options=", ".join(o.id for o in item.options))
    return words(f"error.allowed.{item.kind}", most=TEXT_MOST, options=", ".join(SIGN_ANSWERS))


def _rating(item: Item, value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    if item.min is None or item.max is None or not item.min <= number <= item.max:
        return None
    return int(number) if number.is_integer() else None


def _check(_item: Item, value: object) -> bool | None:
    # numpy's booleans are no bool, but they name themselves so and compare like one
    return bool(value) if type(value).__name__ in ("bool", "bool_") else None


def _sign(_item: Item, value: object) -> str | None:
    if not isinstance(value, str):
        return None
    value = NOT_SURE.get(value, str(value))
    return value if value in SIGN_ANSWERS else None


def _choice(item: Item, value: object) -> str | None:
    known = isinstance(value, str) and value in [o.id for o in item.options]
    return str(value) if known else None


def _text(_item: Item, value: object) -> str | None:
    if not isinstance(value, str) or len(value) > TEXT_MOST or "\0" in value:
        return None
    return str(value) if value.isascii() or _encodes(value) else None


def _encodes(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True


_CHECKS = {"rating": _rating, "check": _check, "sign": _sign, "choice": _choice, "text": _text}
