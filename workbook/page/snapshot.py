"""What is handed over or stored of the answers: name, text and time, made here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from workbook.opening.start import storage_key
from workbook.records.checkin import write_checkin

if TYPE_CHECKING:
    from workbook.instrument.answers import Answers
    from workbook.instrument.model import Instrument


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Answers as a check-in file with a neutral name."""

    answers: Answers
    name: str
    text: str
    at: datetime


class Snapshots:
    """Takes snapshots; several parts of the page that want one of the same answers share it."""

    def __init__(self, instrument: Instrument) -> None:
        self._instrument = instrument
        self._last: Snapshot | None = None

    @property
    def key(self) -> str:
        """The name that answers are stored under."""
        return storage_key(self._instrument)

    def of(self, answers: Answers) -> Snapshot:
        """Return the snapshot of ``answers``, the last one if they are the same."""
        if self._last is None or self._last.answers is not answers:
            self._last = self.new(answers)
        return self._last

    def new(self, answers: Answers) -> Snapshot:
        """Return a snapshot that is dated now."""
        now = datetime.now(UTC).replace(microsecond=0)
        text = write_checkin(self._instrument, answers, saved_at=now)
        name = self._instrument.words("save.name", date=now.date().isoformat())
        return Snapshot(answers, name, text, now)
