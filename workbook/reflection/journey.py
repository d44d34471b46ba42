"""The way through the workbook: which steps there are for somebody, and how far each has come."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from workbook.instrument.kinds import is_asked
from workbook.reflection.progress import questions_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from workbook.instrument.items import Chapter, Item
    from workbook.instrument.model import Instrument
    from workbook.scoring.assessment import Assessment

# The steps that are no chapter. No id of a chapter begins like this.
START, HELP, RESULT, HISTORY = "-start", "-help", "-result", "-history"
SUMMARY, SUPPORT = "-summary", "-support"

WORDS_A_SECOND = 200 / 60
CONTROL = 5  # seconds for what is not answered yet
LOOK = {RESULT: 120, HISTORY: 10, SUMMARY: 30}  # seconds for what is looked at, with no question

StepState = Literal["open", "begun", "done"]


@dataclass(frozen=True)
class Step:
    """One step: ``group`` tells which stand together, ``seconds`` is what it may still take."""

    id: str
    state: StepState
    group: int
    seconds: float


@lru_cache(maxsize=8)
def chapters_by_step(instrument: Instrument) -> dict[str, tuple[Chapter, ...]]:
    """Return the chapters of each step that has any; one that is not counted joins the last."""
    steps: dict[str, tuple[Chapter, ...]] = {}
    for chapter in instrument.chapters:
        joins = steps and not chapter.counted
        step = next(reversed(steps)) if joins else chapter.id
        steps[step] = (*steps.get(step, ()), chapter)
    return steps


def step_of(instrument: Instrument, chapter: str) -> str:
    """Return the step that a chapter stands in."""
    steps = chapters_by_step(instrument).items()
    return next(step for step, chapters in steps if any(c.id == chapter for c in chapters))


def step_of_own(instrument: Instrument) -> str:
    """Return the step that own items stand in: the last before the result."""
    ids = list(_ids(instrument))
    return ids[max(ids.index(RESULT) - 1, 0)]


def journey_of(
    assessment: Assessment,
    placed: Collection[str],
    skipped: Collection[str] = (),
    *,
    scores_open: bool = True,
    helped: bool = False,
) -> tuple[Step, ...]:
    """Return the steps for somebody with these answers, in order.

    Parameters
    ----------
    assessment
        What is found in the answers.
    placed
        Ids of the steps that the page has: a step that it does not have is left out.
    skipped
        Signs that the person knows to have left open.
    scores_open
        Whether scores may be shown yet.
    helped
        Whether the page with people who can help has been opened.

    Returns
    -------
    tuple of Step
        Without what a gate withholds: the chapters that hold it, and those that only serve scores.

    """
    instrument = assessment.instrument
    shown = [
        (step, group)
        for group, step in _grouped(instrument)
        if step in placed and (step != HELP or helped) and not _withheld(step, assessment)
    ]
    given = _Given(assessment, frozenset(skipped), scores_open)
    return tuple(Step(step, given.state(step), group, given.seconds(step)) for step, group in shown)


def _ids(instrument: Instrument) -> Iterator[str]:
    """Yield every step but those that stand outside the order."""
    steps = chapters_by_step(instrument)
    signs = {step_of(instrument, sign.chapter) for sign in instrument.signs if sign.chapter}
    pending = True
    for step, chapters in steps.items():
        if pending and any(c.holds for c in chapters):
            pending = False
            yield from (RESULT, HISTORY)
        yield step
        if step in signs and step == [s for s in steps if s in signs][-1]:
            yield HELP
    if pending:
        yield from (RESULT, HISTORY)
    yield SUMMARY


def _grouped(instrument: Instrument) -> Iterator[tuple[int, str]]:
    """Yield the steps with their group: questions, result and choice, what follows, the summary."""
    group, steps = 0, chapters_by_step(instrument)
    for before, step in itertools.pairwise([START, *_ids(instrument)]):
        chosen = any(c.holds == "choice" for c in steps.get(before, ()))
        begins = step in (RESULT, SUMMARY) or chosen
        group += begins
        yield group, step


def _withheld(step: str, assessment: Assessment) -> bool:
    """Return whether a gate puts a step aside: what it makes, or all that it is there for."""
    instrument, off = assessment.instrument, assessment.withheld
    if step in (RESULT, HISTORY):
        return "scores" in off
    if any(c.holds in off for c in chapters_by_step(instrument).get(step, ())):
        return True
    return "scores" in off and any(_counts(i) for i in _items(instrument, step))


def _counts(item: Item) -> bool:
    """Return whether an item is there for a score: boxes and signs say something by themselves."""
    return item.kind == "rating" and is_asked(item)


@dataclass(frozen=True)
class _Given:
    """What somebody has given so far."""

    assessment: Assessment
    skipped: frozenset[str]
    scores_open: bool

    def state(self, step: str) -> StepState:
        instrument = self.assessment.instrument
        if step == RESULT:
            ready = self.scores_open and self.assessment.status not in (None, "open")
            return "done" if ready else "open"
        asked = _questions(instrument, step)
        if not asked:  # nothing here has to be said, so anything will do
            said = any(self._is_done(i.id) for i in _items(instrument, step))
            return "done" if said else "open"
        done = sum(any(self._is_done(i) for i in question) for question in asked)
        return "done" if done == len(asked) else "begun" if done else "open"

    def seconds(self, step: str) -> float:
        instrument = self.assessment.instrument
        left = sum(not self._is_done(i.id) for i in _items(instrument, step))
        return _reading(instrument, step) + CONTROL * left

    def _is_done(self, key: str) -> bool:
        return key in self.assessment.answers or key in self.skipped


@lru_cache(maxsize=128)
def _items(instrument: Instrument, step: str) -> tuple[Item, ...]:
    chapters = chapters_by_step(instrument).get(step, ())
    return tuple(i for c in chapters for i in instrument.in_chapter(c.id))


@lru_cache(maxsize=128)
def _questions(instrument: Instrument, step: str) -> tuple[tuple[str, ...], ...]:
    chapters = chapters_by_step(instrument).get(step, ())
    return tuple(q for c in chapters for q in questions_in(instrument, c.id))


@lru_cache(maxsize=128)
def _reading(instrument: Instrument, step: str) -> float:
    """Return how many seconds it takes to read or to look at a step."""
    texts = list(_texts(instrument, chapters_by_step(instrument).get(step, ())))
    return LOOK.get(step, 0) + _count(texts) / WORDS_A_SECOND


def _texts(instrument: Instrument, chapters: Iterable[Chapter]) -> Iterator[str]:
    for chapter in chapters:
        yield from (chapter.title, chapter.intro, chapter.thanks)
        for item in instrument.in_chapter(chapter.id):
            yield from (item.text, item.hint, item.min_label, item.max_label)
        if chapter.holds == "choice":
            for way in instrument.ways:
                yield from (way.title, way.asks, way.brings, way.costs, way.like)


def _count(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)
