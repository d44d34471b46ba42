"""Files that hold check-ins: one, or the many of a diary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from workbook.records.diary import sift_diary
from workbook.records.stream.parts import Part, Reject
from workbook.records.tables import side_by_side
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.instrument.model import Instrument
    from workbook.records.checkin import Checkin
    from workbook.records.stream.sources import Opened

SAVED_AT = "saved_at"


@dataclass(frozen=True)
class Found:
    """The check-ins of a file, and what is to be said of it; ``refused`` are so many."""

    checkins: Sequence[Checkin] = ()
    rejects: Sequence[Reject] = ()
    refused: int = 0
    notes: Sequence[str] = ()


def checkins_in(instrument: Instrument, source: Opened) -> Found:
    """Return all check-ins of a file that can be used, and what is to be said of the others."""
    words, name = instrument.words, source.name
    try:
        sifted = sift_diary(instrument, source.content())
    except CheckinError as error:
        return Found((), [_reject(name, error)], 1)
    notes = [("double", checkin) for checkin in sifted.doubles]
    notes += [("cut", checkin) for checkin in sifted.checkins if checkin.cut]
    return Found(
        sifted.checkins,
        [_reject(name, fault) for out in sifted.left_out for fault in out.faults],
        len(sifted.left_out),
        [
            words(f"many.{code}", file=name, time=checkin.saved_at.isoformat())
            for code, checkin in notes
        ],
    )


def people_of(instrument: Instrument, checkins: Sequence[tuple[str, Checkin]]) -> Part:
    """Return check-ins, each with its file's name, as people whose answers lie side by side."""
    found = [checkin for _, checkin in checkins]
    return Part(
        pa.array([name for name, _ in checkins], pa.string()),
        pa.nulls(len(checkins), pa.int64()),
        side_by_side(instrument, found),
        {SAVED_AT: pa.array([c.saved_at.isoformat() for c in found], pa.string())},
    )


def _reject(name: str, error: CheckinError) -> Reject:
    return Reject(name, error.hushed, error.row, error.column or "")
