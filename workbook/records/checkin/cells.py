"""Single cells: what a spreadsheet must not take for something else, and what it made of others.

A text that it could take for a formula, a number, a date or a truth gets an apostrophe in front,
which comes off on reading. Whatever begins with an apostrophe gets one too: so it comes back alike.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from workbook.text.truth import TRUTH

if TYPE_CHECKING:
    from collections.abc import Iterable

# What a spreadsheet takes for the start of a formula (OWASP, "CSV Injection"), wide forms included.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001  # the wide forms are meant
SHIELD = "'"
NUMBER = re.compile(r"[\W\d_]*\d[\W\d_]*(e[\W\d_]*)?", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
# Letters of a time or a date that are no words: half days, and East Asian years, months, days.
MARKS = re.compile(
    r"\b[ap]\.?\s?m\b\.?|[年月日号時时分秒년월일시분초]|上午|下午|午前|午後|오전|오후",
    re.IGNORECASE,
)
MOST_WORDS = 5  # of a date in words: quarta-feira, 5 de março de 2025
DATE = re.compile(
    r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})"
    r"(?:[ ,T]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]0+)?)?(?:\s*([AaPp])\.?[Mm]\.?)?)?",
    re.ASCII,
)
YEAR = 4  # digits


def shield(text: str) -> str:
    """Return ``text`` so that no spreadsheet runs it as a formula."""
    return SHIELD + text if text.startswith((*FORMULA, SHIELD)) else text


def shield_name(text: str) -> str:
    """Return an id so that it stays what it is: no formula, no number, no truth."""
    taken = NUMBER.fullmatch(text) or text.casefold() in TRUTH
    return SHIELD + text if taken else shield(text)


def shield_answer(text: str) -> str:
    """Return what a person wrote or chose so that it stays what it is."""
    return SHIELD + text if _is_taken(text) else text


def unshield(text: str) -> str:
    """Return ``text`` as it was before it was shielded."""
    return text[1:] if text.startswith(SHIELD) and _is_taken(text[1:]) else text


def _is_taken(text: str) -> bool:
    """Return whether some spreadsheet may take ``text`` for another thing than a text."""
    if text.startswith((*FORMULA, SHIELD)) or text.strip().casefold() in TRUTH:
        return True
    if not any(c.isdigit() for c in text):
        return False
    bare = MARKS.sub(" ", text)
    words = len(WORD.findall(bare))
    ends_in_digit = re.sub(r"[\W_]+$", "", bare)[-1:].isdigit()
    return words <= 1 or (words <= MOST_WORDS and ends_in_digit)


def parse_time(text: str, *, days_first: bool | None = None) -> datetime | None:
    """Return a time that is written in one way only; None for another, and for a day alone.

    A spreadsheet may have turned it: 09.03.2025 18:30 has days first, 3/25/2025 6:30 PM months.
    Its zone is gone then. Raises ValueError where the day may be the month, and no ``days_first``
    says which.
    """
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        found = DATE.fullmatch(text)
    if not found or found[5] is None or YEAR not in (len(found[1]), len(found[4])):
        return None
    times = [when for day in _days(found) if (when := _moment(day, found))]
    if len(set(times)) > 1:
        if days_first is None:
            raise ValueError(text)
        return times[not days_first]
    return times[0] if times else None


def are_days_first(texts: Iterable[str]) -> bool | None:
    """Return whether times that one spreadsheet has turned have the day before the month.

    None where none of them tells, or where one tells otherwise than another.
    """
    told = set()
    for found in filter(None, map(DATE.fullmatch, texts)):
        times = [found[5] and _moment(day, found) for day in _days(found)]
        if len(times) > 1 and not all(times) and any(times):
            told.add(bool(times[0]))
    return told.pop() if len(told) == 1 else None


def _days(found: re.Match[str]) -> list[tuple[int, int, int]]:
    """Return the days that a date may mean, that with the day before the month first."""
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == YEAR:
        return [(first, second, third)]
    if found[2] == ".":
        return [(third, second, first)]
    return [(third, second, first), (third, first, second)]


def _moment(day: tuple[int, int, int], found: re.Match[str]) -> datetime | None:
    hour = int(found[5])
    if found[8]:
        hour = hour % 12 + (12 if found[8] in "Pp" else 0)
    try:
        return datetime(*day, hour, int(found[6]), int(found[7] or 0))  # noqa: DTZ001  # none is said
    except ValueError:
        return None


def like_date(text: str) -> bool:
    """Return whether ``text``, which should be a version, is what a spreadsheet makes of one."""
    found = DATE.fullmatch(text)
    if not found:
        return bool(re.fullmatch(r"\d+,\d+", text))
    parts = (found[1], found[3], found[4])
    odd = any(len(p) == YEAR or (len(p) > 1 and p[0] == "0") for p in parts)
    return odd or found[2] != "."
