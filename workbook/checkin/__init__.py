"""The check-in file: answers and results as CSV, a row each, and the way back to the answers."""

from __future__ import annotations

from workbook.checkin.reading import Checkin, read_checkin
from workbook.checkin.rows import MOST_BYTES
from workbook.checkin.writing import write_checkin

__all__ = ["MOST_BYTES", "Checkin", "read_checkin", "write_checkin"]
