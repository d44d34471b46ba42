"""Check-ins of one person over time: a point each, scored alike, in order of time.

Where a gate withholds the scores, a point has no score, no outcome and nothing that follows from
them, and looks like one with too few answers: nobody can tell one from the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from workbook.instrument.scales import NOT_ENOUGH
from workbook.reflection.choice import lean_item, sure_item
from workbook.reflection.later import instant
from workbook.reflection.steps import planned
from workbook.scoring.assessment import assess

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook.instrument.answers import Answers
    from workbook.instrument.model import Instrument
    from workbook.reflection.steps import Planned
    from workbook.scoring.assessment import Assessment, Score, Status
    from workbook.text.words import Words

LONG = timedelta(days=45)  # without a check-in: said, and drawn with a broken line
TIMES = 3  # as long as usual


class Moment(Protocol):
    """Answers as they were at a time; ``version`` is that of the questionnaire, "" if unknown."""

    @property
    def saved_at(self) -> datetime:
        """When they were saved; without a zone where that is not known."""

    @property
    def answers(self) -> Answers:
        """What was answered."""

    @property
    def version(self) -> str:
        """The version of the questionnaire that they were saved with."""


@dataclass(frozen=True, eq=False)  # no two are the same, whatever was answered
class Point:
    """One check-in. ``at`` is when it was saved, ``version`` with which version, "" if unknown."""

    at: datetime
    version: str
    assessment: Assessment = field(repr=False)

    @property
    def answers(self) -> Answers:
        """What was answered."""
        return self.assessment.answers

    @property
    def open(self) -> bool:
        """Whether scores, and what follows from them, may be shown of it."""
        return "scores" not in self.assessment.withheld

    def score(self, scale: str) -> Score | None:
        """Return a score by its scale's id; None where none is given or may be shown."""
        score = self.assessment.scores[scale]  # withheld ones have no value
        return None if score.value is None else score

    @property
    def outcome(self) -> str | None:
        """The outcome's id; None where too little is answered, or where it may not be shown."""
        outcome = self.assessment.outcome
        return outcome if self.open and outcome != NOT_ENOUGH else None

    @property
    def status(self) -> Status | None:
        """How firm the outcome is; None where there is none."""
        return self.assessment.status if self.outcome else None

    @cached_property
    def lean(self) -> str | None:
        """Which way the person leaned, by an option's id; None where that is not to be shown."""
        item = lean_item(self.assessment.instrument)
        answer = self._chosen(item.id) if item else None
        return None if answer is None else str(answer)

    @cached_property
    def sure(self) -> int | None:
        """How sure of that, as it was rated."""
        item = sure_item(self.assessment.instrument)
        answer = self._chosen(item.id) if item else None
        return None if answer is None else int(answer)

    @cached_property
    def steps(self) -> tuple[Planned, ...]:
        """The steps that were planned."""
        return planned(self.assessment.instrument, self.answers)

    def _chosen(self, key: str) -> int | bool | str | None:
        return None if "choice" in self.assessment.withheld else self.answers.get(key)


@dataclass(frozen=True, eq=False)
class History:
    """The check-ins of one person in order of time; of one time, in the order given."""

    instrument: Instrument = field(repr=False)
    points: tuple[Point, ...]

    def and_then(self, *moments: Moment) -> History:
        """Return this history with further moments; what is worked out already stays."""
        points = (*self.points, *(_point(self.instrument, m) for m in moments))
        return History(self.instrument, tuple(sorted(points, key=seconds)))

    def scored(self, scale: str) -> tuple[tuple[Point, Score], ...]:
        """Return the points that have this score, with it."""
        found = ((p, p.score(scale)) for p in self.points)
        return tuple((p, s) for p, s in found if s)

    @property
    def older(self) -> tuple[Point, ...]:
        """The points that were saved with another version than today's."""
        ours = self.instrument.version
        return tuple(p for p in self.points if p.version not in ("", ours))

    @cached_property
    def gaps(self) -> tuple[tuple[Point, Point], ...]:
        """Neighbours in time with much more between them than is usual here, and than weeks."""
        pairs = list(zip(self.points, self.points[1:], strict=False))
        spans = sorted(seconds(b) - seconds(a) for a, b in pairs)
        usual = spans[(len(spans) - 1) // 2] if spans else 0.0
        least = max(LONG.total_seconds(), TIMES * usual)
        return tuple((a, b) for a, b in pairs if seconds(b) - seconds(a) >= least)

    @cached_property
    def days(self) -> Mapping[Point, str]:
        """The day of each point as it is said, with the hour where two share a day."""
        words, days = self.instrument.words, [p.at.date() for p in self.points]
        near = zip(self.points, days, [None, *days], [*days[1:], None], strict=False)
        return {p: say_day(p, words, hour=day in both) for p, day, *both in near}


def say_day(point: Point, words: Words, *, hour: bool) -> str:
    """Return the day of a point, with the hour if that is wanted."""
    day = words.date(point.at.date())
    return words("history.when", date=day, time=words.time(point.at.time())) if hour else day


def seconds(point: Point) -> float:
    """Return when a point was, as seconds since 1970."""
    return instant(point.at).timestamp()


def history_of(instrument: Instrument, moments: Iterable[Moment]) -> History:
    """Return check-ins over time, each scored as today's would be.

    Parameters
    ----------
    instrument
        What :func:`workbook.load_instrument` returned.
    moments
        Each with ``saved_at``, ``answers`` and ``version``, such as what
        :func:`workbook.read_diary` returns, in any order.

    Returns
    -------
    History
        ``points`` in order of time, each with its :class:`workbook.Assessment`.

    Raises
    ------
    AnswerError
        As :func:`workbook.assess` does.

    Examples
    --------
    >>> import workbook
    >>> from workbook.reflection.history import history_of
    >>> car = workbook.load_instrument("data/examples/car.toml")
    >>> history_of(car, []).points
    ()

    """
    return History(instrument, ()).and_then(*moments)


def _point(instrument: Instrument, moment: Moment) -> Point:
    return Point(moment.saved_at, moment.version, assess(instrument, moment.answers))
