"""What a kind of item is: all that differs between kinds, one entry each.

A new kind is an entry here and in ``KindName``, a widget (``page/views/questions.py``), the words
that name its answers, a line in the guide, and its tests.
"""

from __future__ import annotations

import numbers
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

from workbook.instrument.items import SIGN_ANSWERS, WORSE_SIGNS, Item, KindName
from workbook.text.truth import TRUTH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook.text.words import Words

Scalar: TypeAlias = int | bool | str

TEXT_MOST = 32_000  # characters: what a spreadsheet's cell holds
# Other spellings of "not sure" that people and programs write.
NOT_SURE = dict.fromkeys(("not-sure", "not_sure", "unsure"), "not sure")
# No thousands: "7.000" may be seven or seven thousand.
WHOLE = re.compile(r"([+-]?\d{1,9})([.,]0{0,2})?", re.ASCII)


@dataclass(frozen=True)
class Kind:
    """How answers to one kind of item are checked, written, read, coded and named.

    ``check`` returns the answer in a value, or None; ``allowed`` says in words what one may be.
    ``possible`` are all answers there are, empty where they can't be listed. ``encode`` is the
    number that stands for an answer on a sheet; None where no score can look at it. ``parse`` makes
    an answer of a cell that a spreadsheet may have saved, or leaves it as it is. ``label`` is what
    the page calls an answer; ``labelled`` says whether all have a name (None: some). ``told`` is
    how an answer reads in a plan, None where it has no place in one.

    ``counts`` are the numbers of which one makes an item join a scale; none where it cannot.
    ``keys`` are those of an item that only some kinds take. ``asked`` ones are counted as
    questions. ``merge`` is the answer that stands where two older ones have become one question.
    ``worded`` answers are shown in the words of a language, which no file holds.
    """

    check: Callable[[Item, object], Scalar | None]
    allowed: Callable[[Item, Words], str]
    possible: Callable[[Item], tuple[Scalar, ...]] = lambda _item: ()
    encode: Callable[[Item, Scalar], float] | None = None
    parse: Callable[[Item, str], object] = lambda _item, cell: cell
    label: Callable[[Item, Scalar, Words], str] = lambda _item, _answer, _words: ""
    labelled: bool | None = True
    told: Callable[[Item, Scalar], str] | None = None
    counts: tuple[Literal["weight", "add"], ...] = ()
    scored: bool = False
    asked: bool = False
    keys: tuple[str, ...] = ()
    merge: Callable[[Scalar, Scalar], Scalar] = lambda first, _second: first
    worded: bool = False


def kind_of(item: Item) -> Kind:
    """Return what the kind of ``item`` is."""
    return KINDS[item.kind]


def is_scored(item: Item) -> bool:
    """Return whether a score or a gate may look at ``item``."""
    return item.scored and kind_of(item).scored


def is_asked(item: Item) -> bool:
    """Return whether ``item`` is counted as a question."""
    return item.scored and kind_of(item).asked


def _check_rating(item: Item, value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    if item.min is None or item.max is None or not item.min <= number <= item.max:
        return None
    return int(number) if number.is_integer() else None


def _check_box(_item: Item, value: object) -> bool | None:
    # numpy's booleans are no bool, but they name themselves so and compare like one
    return bool(value) if type(value).__name__ in ("bool", "bool_") else None


def _check_sign(_item: Item, value: object) -> str | None:
    if not isinstance(value, str):
        return None
    value = NOT_SURE.get(value, str(value))
    return value if value in SIGN_ANSWERS else None


def _check_choice(item: Item, value: object) -> str | None:
    known = isinstance(value, str) and value in [o.id for o in item.options]
    return str(value) if known else None


def _check_text(_item: Item, value: object) -> str | None:
    if not isinstance(value, str) or len(value) > TEXT_MOST or "\0" in value:
        return None
    return str(value) if value.isascii() or _encodes(value) else None


def _encodes(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True


def _parse_rating(_item: Item, cell: str) -> object:
    number = WHOLE.fullmatch(cell.strip())
    return int(number[1]) if number else cell.strip()


def _parse_check(_item: Item, cell: str) -> object:
    bare = cell.strip()
    number = WHOLE.fullmatch(bare)
    if number and int(number[1]) in (0, 1):
        return bool(int(number[1]))
    return TRUTH.get(bare.casefold(), bare)


def _parse_sign(_item: Item, cell: str) -> object:
    small = cell.strip().casefold()
    return small if small in SIGN_ANSWERS else cell.strip()


def _graver(first: Scalar, second: Scalar) -> Scalar:
    """Return the answer to a sign that is further from a no."""
    return max(first, second, key=WORSE_SIGNS.index)


def _parse_choice(item: Item, cell: str) -> object:
    return cell if cell in {o.id for o in item.options} else cell.strip()


def _option(item: Item, answer: Scalar) -> str:
    return next(o.text for o in item.options if o.id == answer)


def _place(item: Item, answer: Scalar) -> float:
    return float(kind_of(item).possible(item).index(answer))


def _named(answer: Scalar, words: Words) -> str:
    return words(f"answer.{str(answer).lower()}")


RATING = Kind(
    check=_check_rating,
    allowed=lambda item, words: words("error.allowed.rating", low=item.min, high=item.max),
    possible=lambda item: tuple(range(item.min or 0, (item.max or 0) + 1)),
    encode=lambda _item, answer: float(answer),
    parse=_parse_rating,
    label=lambda item, answer, _words: {item.min: item.min_label, item.max: item.max_label}.get(
        int(answer), ""
    ),
    labelled=None,
    counts=("weight", "add"),
    scored=True,
    asked=True,
    keys=("min", "max", "scored", "when_high", "when_low"),
)
CHECK = Kind(
    check=_check_box,
    allowed=lambda _item, words: words("error.allowed.check"),
    possible=lambda _item: (False, True),
    encode=lambda _item, answer: float(answer),
    parse=_parse_check,
    label=lambda _item, answer, words: _named(answer, words),
    told=lambda item, _answer: item.text,
    counts=("add",),
    scored=True,
    keys=("theme", "when_ticked", "stands"),
)
SIGN = Kind(
    check=_check_sign,
    allowed=lambda _item, words: words("error.allowed.sign", options=", ".join(SIGN_ANSWERS)),
    possible=lambda _item: SIGN_ANSWERS,
    encode=_place,
    parse=_parse_sign,
    label=lambda _item, answer, words: _named(answer, words),
    scored=True,
    asked=True,
    merge=_graver,
    worded=True,
)
CHOICE = Kind(
    check=_check_choice,
    allowed=lambda item, words: words(
        "error.allowed.choice", options=", ".join(o.id for o in item.options)
    ),
    possible=lambda item: tuple(o.id for o in item.options),
    encode=_place,
    parse=_parse_choice,
    label=lambda item, answer, _words: _option(item, answer),
    told=_option,
    keys=("options",),
)
TEXT = Kind(
    check=_check_text,
    allowed=lambda _item, words: words("error.allowed.text", most=TEXT_MOST),
    labelled=False,
    told=lambda _item, answer: str(answer),
    keys=("private",),
)

KINDS: Mapping[KindName, Kind] = MappingProxyType(
    {"rating": RATING, "check": CHECK, "sign": SIGN, "choice": CHOICE, "text": TEXT}
)
