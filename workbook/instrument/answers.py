"""What was answered: a read-only mapping from item id to one scalar, checked by the instrument.

A key that is missing, or None, means "not answered".
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from workbook.instrument.kinds import Scalar, kind_of
from workbook.text.errors import AnswerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.instrument.model import Instrument

Answers: TypeAlias = "Mapping[str, Scalar]"

NO_ANSWERS: Answers = MappingProxyType({})


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
    kind = kind_of(item)
    answer = kind.check(item, value)
    if answer is None:
        raise AnswerError(
            key, value, kind.allowed(item, instrument.words), row=row, words=instrument.words
        )
    return answer
