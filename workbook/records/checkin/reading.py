"""From the file of one check-in back to the answers. It is all or nothing.

Reading takes the answer rows and the time; of the result rows it only asks whether they are there,
because a file ends with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.records.checkin.header import HEAD
from workbook.records.checkin.pile import pile_up
from workbook.records.checkin.rows import MOST_BYTES
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.instrument.model import Instrument
    from workbook.records.checkin.batch import Batch, Checkin
    from workbook.records.checkin.lines import Content


def read_checkin(instrument: Instrument, text: Content) -> Checkin:
    """Read one check-in. It is all or nothing.

    Parameters
    ----------
    instrument
        What :func:`workbook.load_instrument` returned.
    text
        The file's content. Bytes are UTF-8, or UTF-16 with its mark; at most 4 MB.

    Returns
    -------
    Checkin
        ``answers`` (checked, in the instrument's order), ``saved_at`` (without a zone where a
        spreadsheet has taken it), ``dropped`` (ids of an older version that are gone),
        ``taken_over`` (pairs of such an id and the one that took its answer over) and ``cut``
        (whether the end of the file is missing).

    Raises
    ------
    CheckinError
        For anything else than a sound check-in of this instrument: ``row`` (1 is the first),
        ``column`` and ``reason``.

    Notes
    -----
    What a spreadsheet does to a file on saving is read where nothing is lost by it, see
    docs/check-in.md. Result rows are never read: results are worked out anew.

    Examples
    --------
    >>> import workbook
    >>> car = workbook.load_instrument("data/examples/car.toml")
    >>> text = workbook.write_checkin(car, {"them.late": 2}, saved_at="2026-03-09T18:30:00+00:00")
    >>> checkin = workbook.read_checkin(car, text)
    >>> dict(checkin.answers), checkin.saved_at.year
    ({'them.late': 2}, 2026)

    """
    try:
        return _read(instrument, text)
    except CheckinError as error:
        error.words = instrument.words
        raise


def _read(instrument: Instrument, text: Content) -> Checkin:
    pile = pile_up(instrument, text, MOST_BYTES)
    faults = [*pile.strays, *([pile.stopped] if pile.stopped else [])]
    checkins: list[Checkin] = []
    if pile.batches:
        first, *others = pile.batches
        faults += [_other(first, other) for other in others[:1]]
        try:
            checkins = first.checkins()
        except CheckinError as error:
            faults.append(error)
        faults = [*_twice(first, several=len(checkins) > 1), *faults]
    if faults:
        raise min(faults, key=lambda fault: fault.row or 0)
    return checkins[0]


def _other(first: Batch, other: Batch) -> CheckinError:
    row = other.first
    column = next(c for c in HEAD if row.cell(c) != first.first.cell(c))
    return CheckinError("mixed", row=row.number, column=column)


def _twice(batch: Batch, *, several: bool) -> Iterator[CheckinError]:
    """Yield what to say of answers that are there twice, or of another check-in of that second."""
    known = set()
    for entry in batch.entries:
        if entry.key in known and entry.is_answer:
            yield CheckinError("double", row=entry.number, column="id", id=entry.key[1])
        elif entry.key in known and several:
            yield CheckinError("mixed", row=entry.number, column="saved_at")
        known.add(entry.key)
