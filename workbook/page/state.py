"""The one thing that changes: what has been answered, and the assessment that follows from it."""

from __future__ import annotations

import asyncio
import contextlib
import traceback
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from traitlets import Bool, HasTraits, Instance, Int, Unicode

from workbook.instrument.answers import NO_ANSWERS, Answers
from workbook.reflection.progress import Progress, progress_of
from workbook.scoring.assessment import Assessment, assess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import AbstractContextManager

    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Gate


DEBOUNCE = 0.15  # seconds without a change after which the hand is taken to rest


class Outbox:
    """Brings what widgets say to the page: each speaks for itself, as soon as it can."""

    def attach(self, *widgets: Any) -> None:
        """Take over what ``widgets`` have to say."""

    def batch(self) -> AbstractContextManager[None]:
        """Hold back what the widgets say, until it is delivered or the block ends."""
        return contextlib.nullcontext()

    def flush(self) -> None:
        """Let all that has been said leave for the page now, before more is worked out."""


class State(HasTraits):
    """Answers and what follows from them, for views to link to.

    Answers change only through the methods, all at once or not at all; ``assessment`` and
    ``progress`` are then worked out once, however many answers changed.
    """

    answers: Any = Instance("collections.abc.Mapping", help="item id to value, read-only")
    assessment = Instance(Assessment)
    progress = Instance(Progress)
    skipped: Any = Instance(frozenset, (), help="signs that the person knows to have left open")
    scores_open = Bool(help="whether each sign is answered or skipped")
    guarded_once = Bool(help="whether a gate has opened the page with help since the last start")
    debounced = Instance(
        Assessment, allow_none=True, help="the assessment once the answers rest, None till then"
    )
    loads = Int(help="how often all answers were replaced at once")
    turn = Int(help="grows as controls get values that did not come from the page")
    problem = Unicode(help="what went wrong in a view and where in the code, or empty")

    def __init__(self, instrument: Instrument, outbox: Outbox | None = None) -> None:
        super().__init__()
        self.instrument, self.outbox = instrument, outbox or Outbox()
        self._watchers: dict[str, list[Callable[[], None]]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._overruled: dict[str, int] = {}
        self._replaced = 0
        self._since: dict[str, date] = {}
        self._take(NO_ANSWERS)

    def set(self, key: str, value: object) -> None:
        """Answer one item; None takes the answer back. Raises AnswerError."""
        self.update({key: value})

    def update(self, changes: Mapping[str, object]) -> None:
        """Change several answers at once. Raises AnswerError, and then changes nothing."""
        if any(self.answers.get(key) != value for key, value in changes.items()):
            self._take({**self.answers, **changes})

    def replace(self, answers: Mapping[str, object], saved: date | None = None) -> None:
        """Take ``answers`` instead of the present ones. Raises AnswerError, and changes nothing.

        ``saved`` is the day on which they were saved.
        """
        self._take(answers, frozenset(), saved)
        self.loads += 1
        self.turn += 1
        self._replaced = self.turn

    def skip(self, *keys: str) -> None:
        """Note that signs are left open knowingly; an answer takes that back.

        It is a matter of this page alone: the answers, and so every file, have the sign as blank.
        """
        with self.outbox.batch(), self.hold_trait_notifications():
            self._leave(self.skipped.union(keys))
        self._settle()

    def _leave(self, signs: frozenset[str]) -> None:
        """Let these signs be the ones that are left open, as far as they have no answer."""
        self.skipped = left = signs.difference(self.answers)
        self.scores_open = all(s.id in self.answers or s.id in left for s in self.instrument.signs)

    def since(self, key: str) -> date:
        """Return the day on which an item was answered; for answers of a file, its day."""
        return self._since.get(key) or _today()

    def overrule(self, control: str) -> None:
        """Note that a control has got a value that did not come from the page."""
        self.turn += 1
        self._overruled[control] = self.turn

    def is_overruled(self, control: str, since: int) -> bool:
        """Return whether it has got one, or all answers have been replaced, after that turn."""
        return max(self._replaced, self._overruled.get(control, 0)) > since

    def _take(
        self,
        answers: Mapping[str, object],
        skipped: frozenset[str] | None = None,
        saved: date | None = None,
    ) -> None:
        assessment = assess(self.instrument, answers)
        before: Answers = self.answers if self.trait_has_value("answers") else NO_ANSWERS
        progress = progress_of(self.instrument, assessment.answers)
        now = assessment.answers
        new = {key: saved or _today() for key in now if saved or before.get(key) != now[key]}
        self._since |= new
        with self.outbox.batch(), self.hold_trait_notifications():
            self.answers = assessment.answers
            self.progress = progress
            self.assessment = assessment
            self._leave(self.skipped if skipped is None else skipped)
            self.guarded_once = self.guarded_once or opening_gate(assessment) is not None
            # within the hold: what stands beside the answer itself is the first to change
            for key in self._watchers.keys() & (before.keys() | assessment.answers.keys()):
                if before.get(key) != assessment.answers.get(key):
                    for callback in self._watchers[key]:
                        callback()
        self._settle()

    def _settle(self) -> None:
        """Let what has changed leave for the page, and what waits for rest follow."""
        self.outbox.flush()
        with self.outbox.batch():
            self.debounced = None
        self._debounce()

    def _debounce(self) -> None:
        """Let ``rested`` follow when no answer has changed for a while.

        Outside an event loop (plain Python, tests) there is no hand to wait for.
        """
        if self._timer is not None:
            self._timer.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._fire()
        else:
            self._timer = loop.call_later(DEBOUNCE, self._fire)

    def _fire(self) -> None:
        self.debounced = self.assessment

    def reset(self) -> None:
        """Forget every answer, and that a gate was set."""
        self.guarded_once = False
        self.replace(NO_ANSWERS)

    def tick(self, box: str, *, on: bool) -> None:
        """Tick or untick a box of a checklist.

        The first tick answers the whole list, so its other boxes become False; with the last tick
        gone the list is unanswered again.
        """
        boxes = self._list_of(box)
        ticked = {b for b in boxes if self.answers.get(b) is True} - {box} | (
            {box} if on else set()
        )
        self.update({b: b in ticked if ticked else None for b in boxes})

    def tick_none(self, chapter: str, *, on: bool) -> None:
        """Answer a chapter's checklist with "none of these", or take that back."""
        self.update(dict.fromkeys(self.instrument.checklists[chapter], False if on else None))

    def none_ticked(self, chapter: str) -> bool:
        """Return whether a chapter's checklist is answered with "none of these"."""
        return all(self.answers.get(b) is False for b in self.instrument.checklists[chapter])

    def watch(self, keys: Iterable[str], callback: Callable[[], None]) -> None:
        """Call ``callback`` whenever the answer to one of ``keys`` has changed."""
        safe = guarded(self, callback)
        for key in keys:
            self._watchers.setdefault(key, []).append(safe)

    def watch_result(self, callback: Callable[[], None], *, first: bool = False) -> None:
        """Call ``callback`` now, and whenever the assessment has changed.

        ``first``: before all others, for what the browser takes a frame to draw.
        """
        safe = guarded(self, callback)
        # a hold tells of traits in the order in which they were set
        traits = ["answers"] if first else ["assessment", "guarded_once"]
        self.observe(lambda _: safe(), [*traits, "scores_open"])
        safe()

    def watch_debounced(self, callback: Callable[[Assessment | None], None]) -> None:
        """Call ``callback`` now and later with the assessment once it rests, None as it moves."""
        safe = guarded(self, lambda _=None: callback(self.debounced))
        self.observe(safe, "debounced")
        safe()

    def _list_of(self, box: str) -> tuple[str, ...]:
        return self.instrument.checklists[self.instrument.by_id[box].chapter]


def _today() -> date:
    return datetime.now().astimezone().date()


def hidden(state: State) -> bool:
    """Return whether no view may show a score now, nor anything that follows from one.

    That is so while a gate withholds them, and until each sign is answered or skipped.
    """
    return not state.scores_open or "scores" in state.assessment.withheld


def opening_gate(assessment: Assessment) -> Gate | None:
    """Return the gate that decides, if it opens the page with people who help."""
    gate = assessment.gate
    return gate if gate and gate.opens else None


def guarded(state: State, callback: Callable[..., None]) -> Callable[..., None]:
    """Return ``callback`` so that an exception in it shows on the page instead of passing silently.

    Its message is neither shown nor logged, because it could hold an answer.
    """

    def call(*args: Any) -> None:
        try:
            callback(*args)
        except Exception as error:  # noqa: BLE001  # whatever it was, the page must say so
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(last.filename).name}, line {last.lineno}"
            state.problem = f"{type(error).__name__}: {where}"

    return call
