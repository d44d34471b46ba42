"""Many check-ins as one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.records.checkin.header import COLUMNS
from workbook.records.checkin.lines import BOM
from workbook.records.checkin.writing import checkin_rows, to_csv
from workbook.records.diary.reading import unique

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.instrument.model import Instrument
    from workbook.records.checkin import Checkin


def write_diary(instrument: Instrument, checkins: Iterable[Checkin]) -> str:
    """Write check-ins under each other: one long table for a spreadsheet.

    Parameters
    ----------
    instrument
        What :func:`workbook.load_instrument` returned. All results are worked out with it, also
        those of check-ins that were saved with an older version.
    checkins
        As :func:`workbook.read_diary` returns them, in any order.

    Returns
    -------
    str
        CSV with the columns of :func:`workbook.write_checkin`, in order of time, under one header.
        :func:`workbook.read_diary` reads it. One that is there twice is written once.

    Raises
    ------
    AnswerError
        As :func:`workbook.assess` does.

    Notes
    -----
    Answers to questions that are gone (``dropped``) have no row any more: keep the files as they
    were saved, too.

    Examples
    --------
    >>> import workbook
    >>> car = workbook.load_instrument("data/examples/car.toml")
    >>> days = ["2026-03-09T18:30:00+00:00", "2026-03-16T18:30:00+00:00"]
    >>> texts = [workbook.write_checkin(car, {"them.late": 2}, saved_at=day) for day in days]
    >>> checkins = [workbook.read_checkin(car, text) for text in texts]
    >>> table = workbook.write_diary(car, checkins)
    >>> workbook.read_diary(car, table) == tuple(checkins)
    True

    """
    rows = [
        row
        for checkin in unique(checkins)[0]
        for row in checkin_rows(instrument, checkin.answers, checkin.saved_at)
    ]
    return BOM + to_csv([COLUMNS, *rows])
