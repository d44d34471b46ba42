"""People who can help, by country: read from a file, shown without asking the network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook.errors import InstrumentError
from workbook.reading import Report, read_table, read_toml
from workbook.translation import SUPPORT, translate, translation_of
from workbook.words import chosen_language


@dataclass(frozen=True)
class Service:
    """One service. ``checked`` is given only with the source and who looked it up."""

    name: str
    topic: str = ""
    phone: str = ""
    text_line: str = ""
    web: str = ""
    note: str = ""
    checked: str = ""
    checked_source: str = ""
    checked_by: str = ""


@dataclass(frozen=True)
class Country:
    """The services of one country, or an international directory."""

    id: str
    name: str
    service: tuple[Service, ...]


@dataclass(frozen=True)
class Support:
    """All services, and the words round them."""

    title: str
    country: tuple[Country, ...]
    language: str = "en"
    intro: tuple[str, ...] = ()
    planning: tuple[str, ...] = ()
    checked_note: str = ""


def load_support(path: Path, language: str | None = None) -> Support | None:
    """Return the support services in ``path``; None where there is no such file.

    ``language`` asks for a translation, which stands beside it as ``support.de.toml``. Raises
    InstrumentError with every fault, also where a date of checking has no source or name, or a
    text is not translated.
    """
    if not path.is_file():
        return None
    raw = read_toml(path)
    support = _checked(raw, path.name, Report())
    if language in (None, support.language):
        return support
    report, translation = Report(), translation_of(path, language)
    texts = translate(raw, read_toml(translation), SUPPORT, report, "support")
    return _checked(texts, translation.name, report, support)


def page_support(path: str) -> Support | None:
    """Return the services for the page round the notebook, in the language that is asked for.

    A filter of the Voilà template. What is wrong with the file is said by the notebook.
    """
    for language in (chosen_language(), None):
        try:
            return load_support(Path(path), language)
        except InstrumentError:
            continue  # without a translation, the original: the numbers are what matters
    return None


def _checked(
    raw: dict[str, Any], file: str, report: Report, original: Support | None = None
) -> Support:
    support = read_table(Support, raw, "support", report)
    if original is not None:
        _check_numbers(original, support, report)
    for country in support.country:
        for service in country.service:
            if service.checked and not (service.checked_source and service.checked_by):
                report.add(f"support.country[{country.id}]", "checked", name=service.name)
    if report.faults:
        raise InstrumentError(file, report.faults)
    return support


def _check_numbers(original: Support, translated: Support, report: Report) -> None:
    """Note where a number to write to is not the one of the original."""
    for before, after in zip(original.country, translated.country, strict=True):
        for old, new in zip(before.service, after.service, strict=True):
            wanted = re.findall(r"\d+", old.text_line)
            if re.findall(r"\d+", new.text_line) != wanted:
                key = f"support.country[{before.id}].service[{old.name}].text_line"
                report.add(key, "digits", wanted=", ".join(wanted))
