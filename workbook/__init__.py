"""A self-reflection workbook: questionnaires as data, honest scores, widgets to answer them with.

The core (instrument, answers, scores, check-in files) needs no widgets; :class:`Workbook`, which
does, the tables, which need pandas, and the charts are imported when they are first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from workbook.instrument.loading import load_instrument
from workbook.instrument.model import Instrument
from workbook.records.checkin import Checkin, read_checkin, write_checkin
from workbook.records.diary import read_diary, write_diary
from workbook.reflection.remarks import remarks
from workbook.scoring.assessment import Assessment, Part, Score, assess
from workbook.text.errors import AnswerError, CheckinError, InstrumentError, WorkbookError

if TYPE_CHECKING:
    from workbook.charts import draw
    from workbook.page.book import Workbook
    from workbook.records.tables import assess_table, stack_checkins

__all__ = [
    "AnswerError",
    "Assessment",
    "Checkin",
    "CheckinError",
    "Instrument",
    "InstrumentError",
    "Part",
    "Score",
    "Workbook",
    "WorkbookError",
    "assess",
    "assess_table",
    "draw",
    "load_instrument",
    "read_checkin",
    "read_diary",
    "remarks",
    "stack_checkins",
    "write_checkin",
    "write_diary",
]

_LATER = {
    "Workbook": "workbook.page.book",
    "assess_table": "workbook.records.tables",
    "draw": "workbook.charts",
    "stack_checkins": "workbook.records.tables",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
