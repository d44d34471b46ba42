"""Whose a row is: of which questionnaire and version, and from when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.instrument.checking import VERSION
from workbook.records.checkin.cells import like_date, parse_time
from workbook.records.checkin.header import HEAD
from workbook.records.checkin.writing import KINDS, MARK
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from datetime import datetime

    from workbook.instrument.model import Instrument
    from workbook.records.checkin.rows import Row


def check_row(row: Row) -> None:
    """Refuse a row that does not say whose it is, or of what kind."""
    for column in (*HEAD, "kind"):
        if not row.cell(column):
            raise CheckinError("stray", row=row.number, column=column)


def kind_in(row: Row) -> str:
    """Return of what kind a row is; refuse it where there is no such kind."""
    kind = row.cell("kind")
    if kind.casefold() in KINDS:
        return kind.casefold()
    check_row(row)
    if not row.is_even:
        raise row.uneven()
    allowed = ", ".join(KINDS)
    raise CheckinError("kind", row=row.number, column="kind", found=kind, allowed=allowed)


def check_head(instrument: Instrument, row: Row) -> bool:
    """Refuse another instrument or a newer version; return whether it is an older one."""
    found = row.cell("instrument")
    if found != instrument.id:
        raise CheckinError(
            "instrument", row=row.number, column="instrument", found=found, wanted=instrument.id
        )
    found, wanted = row.cell("version"), instrument.version
    plain = plain_version(found)
    if plain == wanted:
        return False
    turned = like_date(found) and not like_date(wanted)
    if VERSION.fullmatch(plain) and not turned:
        version, ours = _numbers(plain), _numbers(wanted)
        if version > ours:
            raise CheckinError(
                "newer", row=row.number, column="version", found=plain, wanted=wanted
            )
        return version < ours
    if not turned:
        raise CheckinError("version", row=row.number, column="version", found=found)
    # A spreadsheet has turned it into a date. The fingerprint still tells whether it is ours.
    if row.cell("fingerprint") != instrument.fingerprint:
        raise CheckinError(
            "version-date", row=row.number, column="version", found=found, wanted=wanted
        )
    return False


def plain_version(found: str) -> str:
    """Return a version without its mark."""
    return found.removeprefix(MARK).removeprefix(MARK.upper())


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def time_in(row: Row, *, days_first: bool | None = None) -> datetime:
    """Return when a row was saved; refuse it where that is not clear.

    ``days_first``: whether other times of the file have the day before the month, if they tell.
    """
    found = row.cell("saved_at")
    try:
        when = parse_time(found, days_first=days_first)
    except ValueError:
        raise CheckinError("time-order", row=row.number, column="saved_at", found=found) from None
    if when is None:
        raise CheckinError("time", row=row.number, column="saved_at", found=found)
    return when
