"""The interface words of a language, checked against the English ones before anybody sees them."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.text.errors import Fault, InstrumentError
from workbook.text.report import Report, read_toml
from workbook.text.words import (
    DEFAULT_LANGUAGE,
    LOCALE,
    PLURALS,
    Words,
    flatten,
    load_words,
    locale_of,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from babel import Locale

NAME = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", re.ASCII)
COUNTED = range(1000)  # numbers that a sentence may count


def open_words(language: str, folder: str | os.PathLike[str] | None = None) -> Words:
    """Return the interface words in ``folder``/``language``.toml, by default the project's own.

    Raises InstrumentError with every fault: a text that is missing or not asked for, other names
    in braces than in English, a plural form that the language needs.
    """
    if not NAME.fullmatch(language):
        raise InstrumentError(language, [Fault("language", "language", {"value": language})])
    file = Path(folder or LOCALE) / f"{language}.toml"
    texts = dict(flatten(read_toml(file)))
    report = Report()
    _check(texts, report)
    if report.faults:
        raise InstrumentError(file.name, report.faults)
    return Words(language, texts)


def words_of(language: str) -> Words:
    """Return the interface words of a language, the English ones where there are none."""
    if language == DEFAULT_LANGUAGE or not NAME.fullmatch(language):
        return load_words()
    return open_words(language) if (LOCALE / f"{language}.toml").is_file() else load_words()


def _check(texts: Mapping[str, object], report: Report) -> None:
    english = load_words().texts
    groups = {c.removesuffix(".other") for c in english if c.endswith(".other")}
    locale = _locale(texts, report)
    wanted = {c: text for c, text in english.items() if c.rpartition(".")[0] not in groups}
    for code in wanted.keys() - texts.keys():
        report.add(code, "missing")
    for group in groups:
        wanted |= {f"{group}.{form}": english[f"{group}.other"] for form in PLURALS}
        for form, example in _forms(locale).items():
            if f"{group}.{form}" not in texts:
                report.add(f"{group}.{form}", "plural", example=example)
    for code, text in texts.items():
        if code not in wanted:
            near = [c for c in wanted if c.rpartition(".")[0] == code.rpartition(".")[0]]
            report.add(code, "unknown-text", allowed=", ".join(near or wanted))
        else:
            _check_text(code, text, wanted[code], report)


def _locale(texts: Mapping[str, object], report: Report) -> Locale | None:
    formats = texts.get("language.formats")
    try:
        return locale_of(formats) if isinstance(formats, str) else None
    except ValueError:
        report.add("language.formats", "formats", value=formats)
        return None


def _forms(locale: Locale | None) -> dict[str, str]:
    """Return the plural forms a language needs, each with numbers that take it."""
    if locale is None:
        return {}
    taking: dict[str, list[str]] = {}
    for count in COUNTED:
        taking.setdefault(locale.plural_form(count), []).append(str(count))
    taking.setdefault("other", ["1.5"])
    return {form: ", ".join(numbers[:3]) for form, numbers in taking.items()}


def _check_text(code: str, text: object, english: str, report: Report) -> None:
    if not isinstance(text, str):
        report.add(code, "type", allowed=load_words()("error.type.text"))
        return
    if not text.strip() and english.strip():
        report.add(code, "empty")
    try:
        found = _names(text)
    except ValueError:
        report.add(code, "braces")
        return
    wanted = _names(english)
    # a plural form may leave out its number: "the one open question"
    free = {"count"} if code.rpartition(".")[2] in PLURALS else set()
    if found - free != wanted - free or found - wanted:
        report.add(code, "placeholders", found=_listed(found), wanted=_listed(wanted))


def _names(text: str) -> set[str]:
    """Return the names in braces. ValueError where there is more than a name, or half a brace."""
    names = set()
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            raise ValueError(name)
        names.add(name)
    return names


def _listed(names: set[str]) -> str:
    return ", ".join(f"{{{n}}}" for n in sorted(names)) or load_words()("error.type.nothing")
