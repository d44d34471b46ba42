"""Time from left to right, to scale: where a check-in stands, and which days are named."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from htpy import svg, text

from workbook.charts.drawing import percent
from workbook.reflection.history import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from htpy import Element

    from workbook.reflection.history import History, Point
    from workbook.text.words import Words

WIDTH = 100.0
EDGE = 2.0  # percent that is left free at both ends
MOST = 4  # days that are named: more would not fit on a phone
NEAR = 9.0  # percent from an end, where a date has no room to both sides
DAYS, MONTHS, YEARS = (1, 2, 7, 14), (1, 2, 3, 6), (1, 2, 5, 10, 20, 50, 100)


class Axis:
    """The time of a history, from its first to its last point, as percent of the width."""

    def __init__(self, history: History) -> None:
        times = [seconds(p) for p in history.points]
        self._first, self._last = (times[0], times[-1]) if times else (0.0, 0.0)
        self._zone = history.points[-1].at.tzinfo if times else None
        self._days = [p.at.date() for p in history.points]

    def place(self, point: Point) -> float:
        """Return where a point stands, 0 to 100; alone it stands in the middle."""
        return self._at(seconds(point))

    def _at(self, when: float) -> float:
        length = self._last - self._first
        if not length:
            return WIDTH / 2
        return EDGE + (WIDTH - 2 * EDGE) * (when - self._first) / length

    def ticks(self, words: Words) -> list[tuple[float, str]]:
        """Return the days that are named: the first of each, by weeks, months or years."""
        if not self._days:
            return []
        start, end = self._days[0], self._days[-1]
        if end - start < timedelta(days=1):
            return [(WIDTH / 2, words.date(start))]
        for parts, days in _choices(start, end):
            found = [(x, d) for d in days if 0 <= (x := self._at(self._midnight(d))) <= WIDTH]
            if len(found) <= MOST:
                return list(_named(found, parts, words))
        return []

    def _midnight(self, day: date) -> float:
        return datetime(day.year, day.month, day.day, tzinfo=self._zone or UTC).timestamp()

    def draw(self, words: Words) -> Element:
        """Return the named days, to stand below what is drawn."""
        ticks = self.ticks(words)
        return svg(".wb-days")[(text(x=percent(x), text_anchor=anchor(x))[t] for x, t in ticks)]


def anchor(x: float) -> str:
    """Return to which side a text goes that stands at this place."""
    return "start" if x < NEAR else "end" if x > WIDTH - NEAR else "middle"


def _named(
    ticks: list[tuple[float, date]], parts: str, words: Words
) -> Iterator[tuple[float, str]]:
    """Yield the name of each day; of months the year is said once, and where a new one begins."""
    year = None
    for x, day in ticks:
        same, year = day.year == year, day.year
        yield x, words.short_date(day, "M" if same and parts == "My" else parts)


def _choices(start: date, end: date) -> Iterator[tuple[str, list[date]]]:
    """Yield ever fewer days between two, with the parts of a date that tell them apart."""
    long = (end - start).days
    for step in DAYS if long < 100 else ():  # noqa: PLR2004  # beyond that months do
        yield "dM", [start + timedelta(days=n) for n in range(0, long + 1, step)]
    for step in MONTHS if long < 1500 else ():  # noqa: PLR2004  # and beyond that years
        months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
        firsts = [date(n // 12, n % 12 + 1, 1) for n in months if n % step == 0]
        yield "My", [day for day in firsts if day >= start]
    for step in YEARS:
        firsts = [date(n, 1, 1) for n in range(start.year, end.year + 1) if n % step == 0]
        yield "y", [day for day in firsts if day >= start]
    yield "y", []
