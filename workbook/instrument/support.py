"""People who can help, by country: read from a file, shown without asking the network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.instrument.reading import read_table
from workbook.text.errors import InstrumentError
from workbook.text.report import Report, read_toml
from workbook.text.roles import Text, Texts
from workbook.text.translation import shape_of, translate, translation_of

if TYPE_CHECKING:
    from pathlib import Path

    from workbook.text.words import Words


NOT_CHECKED = "not checked"
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


@dataclass(frozen=True)
class Service:
    """One service. ``source`` is a public page that names it; ``seen`` the day on that page.

    The day may be a year or a month (2020-10); it is not when anybody has looked.
    """

    name: Text
    topic: Text = ""
    phone: str = ""
    text_line: Text = ""
    web: str = ""
    note: Text = ""
    source: str = ""
    seen: str = NOT_CHECKED

    @property
    def dialled(self) -> str:
        """The number as a phone dials it."""
        return "".join(c for c in self.phone if c.isdigit() or c == "+")

    def named(self, words: Words) -> str:
        """Return which page names it, and the date that this page carries."""
        if not self.source:
            return words("support.unsourced")
        source = bare(self.source)
        if self.seen in ("", NOT_CHECKED):
            return words("support.unseen", source=source)
        return words("support.seen", source=source, seen=words.part_of_date(self.seen))


@dataclass(frozen=True)
class Country:
    """The services of one country, or an international directory."""

    id: str
    name: Text
    service: tuple[Service, ...]


@dataclass(frozen=True)
class Topic:
    """A part of the planning page; ``source`` are the pages that its facts come from."""

    id: str
    title: Text
    texts: Texts
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Support:
    """All services, the planning page, and the words round them.

    ``danger`` stands above everything, ``doubt`` in place of ``intro`` where somebody is not sure.
    ``reviewed`` is the day of a specialist's review, ``reviewed_note`` says that there was none.
    """

    title: Text
    country: tuple[Country, ...]
    language: str = "en"
    danger: Text = ""
    intro: Texts = ()
    doubt: Texts = ()
    planning: Texts = ()
    print_note: Text = ""
    reviewed: str = ""
    reviewed_note: Text = ""
    checked_note: Text = ""
    topic: tuple[Topic, ...] = ()


SHAPE = shape_of(Support)


def load_support(path: Path, language: str | None = None) -> Support | None:
    """Return the support services in ``path``; None where there is no such file.

    ``language`` asks for a translation, which stands beside it as ``support.de.toml``. Raises
    InstrumentError with every fault, also where a day has no source or is none, or a text is not
    translated.
    """
    if not path.is_file():
        return None
    raw = read_toml(path)
    support = _checked(raw, path.name, Report())
    if language in (None, support.language):
        return support
    report, translation = Report(), translation_of(path, language)
    texts = translate(raw, read_toml(translation), SHAPE, report, "support")
    return _checked(texts, translation.name, report, support)


def _checked(
    raw: dict[str, Any], file: str, report: Report, original: Support | None = None
) -> Support:
    support = read_table(Support, raw, "support", report)
    if original is not None:
        _check_numbers(original, support, report)
    for country in support.country:
        for service in country.service:
            _check_seen(service, f"support.country[{country.id}]", report)
    if report.faults:
        raise InstrumentError(file, report.faults)
    return support


def _check_seen(service: Service, key: str, report: Report) -> None:
    """Note where a day has no source, or is none."""
    if service.seen in ("", NOT_CHECKED):
        return
    if not service.source:
        report.add(key, "checked", name=service.name)
    elif not DAY.fullmatch(service.seen):
        report.add(key, "seen", name=service.name, value=service.seen)


def bare(address: str) -> str:
    """Return an address as people write it; it is shown as text, for a link would leave."""
    return re.sub(r"^https?://(www\.)?|/$", "", address)


def _check_numbers(original: Support, translated: Support, report: Report) -> None:
    """Note where a number to write to is not the one of the original."""
    for before, after in zip(original.country, translated.country, strict=True):
        for old, new in zip(before.service, after.service, strict=True):
            wanted = re.findall(r"\d+", old.text_line)
            if re.findall(r"\d+", new.text_line) != wanted:
                key = f"support.country[{before.id}].service[{old.name}].text_line"
                report.add(key, "digits", wanted=", ".join(wanted))
