"""From the file of many check-ins back to each of them, in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.records.checkin.cells import are_days_first
from workbook.records.checkin.pile import pile_up
from workbook.reflection.later import instant
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.instrument.model import Instrument
    from workbook.records.checkin.batch import Batch, Checkin
    from workbook.records.checkin.lines import Content


@dataclass(frozen=True)
class LeftOut:
    """What of a file was not used: ``rows`` by their numbers, and each fault that stands in them.

    They are those of one check-in, saved at ``saved_at`` as the file has it; or a single row that
    belongs to none (``saved_at`` is empty then).
    """

    faults: tuple[CheckinError, ...]
    rows: tuple[int, ...]
    saved_at: str = ""


@dataclass(frozen=True)
class Sifted:
    """The check-ins of a file, in order of time, and what could not be used of it.

    ``doubles`` are those that stood there once more, alike in everything: they count once.
    """

    checkins: tuple[Checkin, ...]
    doubles: tuple[Checkin, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def read_diary(instrument: Instrument, data: Content) -> tuple[Checkin, ...]:
    """Read a file that holds one check-in or many. It is all or nothing.

    Parameters
    ----------
    instrument
        What :func:`workbook.load_instrument` returned.
    data
        The file's content. Bytes are UTF-8, or UTF-16 with its mark.

    Returns
    -------
    tuple of Checkin
        In order of time (a time without a zone counts as UTC); at one time in the order of the
        file. A check-in that is there more than once, alike in everything, counts once.

    Raises
    ------
    CheckinError
        Where any row is no part of a sound check-in of this instrument: ``row`` (1 is the first),
        ``column`` and ``reason``, of the first such row.

    Notes
    -----
    The rows of several check-ins under each other are a diary: with one header or many, in any
    order. What a row belongs to is said by its ``saved_at``, ``instrument``, ``version`` and
    ``fingerprint``, see docs/check-in.md.

    Examples
    --------
    >>> import workbook
    >>> car = workbook.load_instrument("data/examples/car.toml")
    >>> days = ["2026-03-16T18:30:00+00:00", "2026-03-09T18:30:00+00:00"]
    >>> texts = [workbook.write_checkin(car, {"them.late": 2}, saved_at=day) for day in days]
    >>> [checkin.saved_at.day for checkin in workbook.read_diary(car, "".join(texts))]
    [9, 16]

    """
    sifted = sift_diary(instrument, data)
    faults = [fault for left in sifted.left_out for fault in left.faults]
    if faults:
        raise min(faults, key=lambda fault: fault.row or 0)
    return sifted.checkins


def sift_diary(instrument: Instrument, data: Content) -> Sifted:
    """Read what can be read of a file that holds one check-in or many, and name the rest.

    A check-in with a fault in one row is left out whole: with an answer less it would say another
    thing. Raises CheckinError where nothing can be told from the file at all.
    """
    try:
        pile = pile_up(instrument, data)
    except CheckinError as error:
        error.words = instrument.words
        raise
    found: list[Checkin] = []
    left = [LeftOut((e,), (e.row or 0,)) for e in pile.strays]
    days_first = are_days_first(b.first.cell("saved_at") for b in pile.batches)
    for batch in pile.batches:
        try:
            found += batch.checkins(days_first=days_first)
        except CheckinError as error:
            left.append(_left_out(batch, error))
    if pile.stopped:
        left.append(LeftOut((pile.stopped,), (pile.stopped.row or 0,)))
    left.sort(key=lambda out: out.rows[0])
    for fault in (fault for out in left for fault in out.faults):
        fault.words = instrument.words
    checkins, doubles = unique(found)
    return Sifted(checkins, doubles, tuple(left))


def _left_out(batch: Batch, error: CheckinError) -> LeftOut:
    faults = batch.faults if error in batch.faults else [error, *batch.faults]
    faults = sorted(faults, key=lambda fault: fault.row or 0)
    return LeftOut(tuple(faults), tuple(batch.numbers), batch.first.cell("saved_at"))


def unique(checkins: Iterable[Checkin]) -> tuple[tuple[Checkin, ...], tuple[Checkin, ...]]:
    """Return check-ins in order of time, and those that stood there once more.

    Alike are two of one moment with the same answers, given to the same version.
    """
    once: dict[tuple[object, ...], Checkin] = {}
    doubles: list[Checkin] = []
    for checkin in sorted(checkins, key=lambda c: instant(c.saved_at)):
        answers = frozenset(checkin.answers.items())
        key = (instant(checkin.saved_at), checkin.version, checkin.dropped, answers)
        if once.setdefault(key, checkin) is not checkin:
            doubles.append(checkin)
    return tuple(once.values()), tuple(doubles)
