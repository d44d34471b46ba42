"""The check-in file: answers and results as CSV, a row each, and the way back to the answers."""

from __future__ import annotations

from workbook.records.checkin.batch import Checkin
from workbook.records.checkin.reading import read_checkin
from workbook.records.checkin.rows import MOST_BYTES
from workbook.records.checkin.telling import tell_changes
from workbook.records.checkin.writing import write_checkin

__all__ = ["MOST_BYTES", "Checkin", "read_checkin", "tell_changes", "write_checkin"]
