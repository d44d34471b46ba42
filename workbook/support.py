"""People who can help, by country: read from a file, shown without asking the network."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.errors import Fault, InstrumentError
from workbook.reading import Report, read_table

if TYPE_CHECKING:
    from pathlib import Path


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
    intro: tuple[str, ...] = ()
    planning: tuple[str, ...] = ()
    checked_note: str = ""


def load_support(path: Path) -> Support | None:
    """Return the support services in ``path``; None where there is no such file.

    Raises InstrumentError with every fault, also where a date of checking has no source or name.
    """
    if not path.is_file():
        return None
    report = Report()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InstrumentError(path.name, [Fault("file", "not-toml", {"why": error})]) from None
    support = read_table(Support, raw, "support", report)
    for country in support.country:
        for service in country.service:
            if service.checked and not (service.checked_source and service.checked_by):
                report.add(f"support.country[{country.id}]", "checked", name=service.name)
    if report.faults:
        raise InstrumentError(path.name, report.faults)
    return support
