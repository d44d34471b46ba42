"""Times: what comes after what, and an answer such as "in three days" as a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.instrument.answers import Answers
    from workbook.instrument.items import Item
    from workbook.instrument.model import Instrument

# How many days from now each of these options is; an item with no others asks for a day.
DAYS = {"tomorrow": 1, "three-days": 3, "week": 7, "month": 30}


def instant(when: datetime) -> datetime:
    """Return a time that can be compared with any other: where the zone is lost, it was UTC."""
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def asks_for_day(item: Item) -> bool:
    """Return whether an item is a choice of days from now."""
    return bool(item.options) and all(option.id in DAYS for option in item.options)


def day_of(answer: object, since: date) -> date:
    """Return the day that an answer given on the day ``since`` stands for."""
    return since + timedelta(days=DAYS[str(answer)])


def kept_until(
    instrument: Instrument, answers: Answers, chapter: str, since: Callable[[str], date]
) -> date | None:
    """Return the day on which to look again at what is made in a chapter; None for none.

    ``since`` says on which day an item was answered.
    """
    for item in instrument.in_chapter(chapter):
        if asks_for_day(item) and item.id in answers:
            return day_of(answers[item.id], since(item.id))
    return None
