"""Interface words: every sentence a person reads that does not belong to one instrument.

They stand in ``locale/<language>.toml`` and are found by a dotted code such as ``save.title``.
Dates, numbers and plural forms are those of the language too.
"""

from __future__ import annotations

import os
import tomllib
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import time

    from babel import Locale

DEFAULT_LANGUAGE = "en"
CHOICE = "WORKBOOK_LANGUAGE"  # the environment variable that chooses the language
LOCALE = Path(__file__).parent / "locale"
PLURALS = ("zero", "one", "two", "few", "many", "other")  # the plural forms of all languages (CLDR)


class Words:
    """The words of one language, by code."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self.texts = dict(texts)

    def __call__(self, code: str, /, **values: object) -> str:
        """Return the text of ``code`` with ``values`` put in, numbers as the language writes them.

        KeyError for an unknown code.
        """
        shown = {k: self._shown(value) for k, value in values.items()}
        return self.texts[code].format(**shown)

    def count(self, code: str, count: float, /, **values: object) -> str:
        """Return the plural form of ``code`` for ``count``, which is put in as {count}."""
        form = f"{code}.{self.locale.plural_form(count)}"
        return self(form if form in self.texts else f"{code}.other", count=count, **values)

    def group(self, prefix: str) -> dict[str, str]:
        """Return all texts below ``prefix`` by the rest of their code, with nothing put in."""
        start = f"{prefix}."
        return {k.removeprefix(start): t for k, t in self.texts.items() if k.startswith(start)}

    def listed(self, texts: Sequence[str]) -> str:
        """Return texts in a row, the last one after "and"."""
        *before, last = texts
        first = self("list.comma").join(before)
        return self("list.and", first=first, last=last) if before else last

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number with so many digits after the decimal mark."""
        return _number(f"{value:.{digits}f}", self.locale)

    def short_date(self, day: date, parts: str) -> str:
        """Return a date for a narrow place: of "d" and "M" and "y", those in ``parts``."""
        from babel.dates import format_skeleton  # noqa: PLC0415  # the page's start needs no dates

        skeleton = {"dM": "MMMd", "My": "yMMM", "M": "MMM", "y": "y"}[parts]
        return str(format_skeleton(skeleton, day, locale=self.locale))

    def date(self, day: date) -> str:
        """Return a date as the language writes it, the month in letters."""
        from babel.dates import format_date  # noqa: PLC0415  # as above

        return format_date(day, "long", self.locale)

    def part_of_date(self, text: str) -> str:
        """Return a date, or the year or month of one (2020-10), as the language writes it."""
        from babel.dates import format_skeleton  # noqa: PLC0415  # as above

        try:
            first = date.fromisoformat(f"{text}-01-01"[:10])
        except ValueError:  # a month that there is not, and the like
            return text
        if text == first.isoformat():
            return self.date(first)
        skeleton = "yMMMM" if "-" in text else "y"
        return str(format_skeleton(skeleton, first, locale=self.locale))

    def time(self, moment: time) -> str:
        """Return hours and minutes as the language writes them."""
        from babel.dates import format_time  # noqa: PLC0415  # as above

        return format_time(moment, "short", locale=self.locale)

    @property
    def direction(self) -> str:
        """Where the writing runs: "ltr" or "rtl"."""
        return str(self.locale.text_direction)

    @cached_property
    def locale(self) -> Locale:
        """The rules for dates, numbers and plural forms."""
        return locale_of(self.texts["language.formats"])

    def _shown(self, value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value
        return _number(f"{value:g}" if isinstance(value, float) else str(value), self.locale)


def locale_of(formats: str) -> Locale:
    """Return the rules of a language ("pt-BR"). ValueError where there are none."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # the words alone need none

    try:
        return Locale.parse(formats, sep="-")
    except UnknownLocaleError:
        raise ValueError(formats) from None


@lru_cache(maxsize=4096)
def _number(plain: str, locale: Locale) -> str:
    """Return a plain number such as "-1.50" as ``locale`` writes it, digit for digit."""
    from babel.numbers import format_decimal  # noqa: PLC0415  # the words alone need none

    pattern = "0." + "0" * len(plain.partition(".")[2])
    return format_decimal(plain, pattern.rstrip("."), locale, group_separator=False)


def chosen_language() -> str | None:
    """Return the language that the environment asks for; None where it asks for none."""
    return os.environ.get(CHOICE) or None


def flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what stands in a table and the tables in it, each by its dotted code."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


@cache
def load_words() -> Words:
    """Return the English interface words. Those of others: :mod:`workbook.text.languages`."""
    file = LOCALE / f"{DEFAULT_LANGUAGE}.toml"
    texts = tomllib.loads(file.read_text(encoding="utf-8"))
    return Words(DEFAULT_LANGUAGE, dict(flatten(texts)))
