"""The one thing that changes: what has been answered, and the assessment that follows from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from workbook.instrument.answers import NO_ANSWERS, Answers
from workbook.page.telling import Outbox, Telling
from workbook.reflection.progress import progress_of
from workbook.scoring.assessment import Assessment, assess

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Gate


class State(Telling):
    """Answers and what follows from them, for views to ask to be told of.

    Answers change only through the methods, all at once or not at all; ``assessment`` and
    ``progress`` are then worked out once, however many answers changed.

    ``skipped`` are the signs that the person knows to have left open, ``scores_open`` says whether
    each sign is answered or skipped, ``guarded_once`` whether a gate has opened the page with help
    since the last start. ``turn`` grows as controls get values that did not come from the page.
    """

    def __init__(self, instrument: Instrument, outbox: Outbox | None = None) -> None:
        super().__init__(outbox)
        self.instrument = instrument
        self.answers: Answers = NO_ANSWERS
        self.skipped: frozenset[str] = frozenset()
        self.turn, self.guarded_once = 0, False
        self._overruled: dict[str, int] = {}
        self._replaced = 0
        self._since: dict[str, date] = {}
        self._take(NO_ANSWERS)
        self._withheld = (self.scores_open, self.assessment.withheld)

    @property
    def rested(self) -> Assessment | None:
        """The assessment once the answers rest, None till then."""
        return None if self.moving else self.assessment

    def set(self, key: str, value: object) -> None:
        """Answer one item; None takes the answer back. Raises AnswerError."""
        self.update({key: value})

    def update(self, changes: Mapping[str, object]) -> None:
        """Change several answers at once. Raises AnswerError, and then changes nothing."""
        if any(self.answers.get(key) != value for key, value in changes.items()):
            self._tell_of(self._take({**self.answers, **changes}))

    def replace(self, answers: Mapping[str, object], saved: date | None = None) -> None:
        """Take ``answers`` instead of the present ones. Raises AnswerError, and changes nothing.

        ``saved`` is the day on which they were saved.
        """
        left = self.skipped
        changed = self._take(answers, frozenset(), saved)
        self.turn += 1
        self._replaced = self.turn
        self._tell_of(changed | left, replaced=True)

    def skip(self, *keys: str) -> None:
        """Note that signs are left open knowingly; an answer takes that back.

        It is a matter of this page alone: the answers, and so every file, have the sign as blank.
        """
        before = self.skipped
        self._leave(before.union(keys))
        if new := self.skipped - before:
            self._tell_of(new)

    def _tell_of(self, changed: frozenset[str], *, replaced: bool = False) -> None:
        """Tell of a change; where it withholds other things than before, in all steps at once."""
        before, self._withheld = self._withheld, (self.scores_open, self.assessment.withheld)
        self._changed(changed, replaced=replaced, at_once=before != self._withheld)

    def _leave(self, signs: frozenset[str]) -> None:
        """Let these signs be the ones that are left open, as far as they have no answer."""
        self.skipped = left = signs.difference(self.answers)
        self.scores_open = all(s.id in self.answers or s.id in left for s in self.instrument.signs)

    def since(self, key: str) -> date:
        """Return the day on which an item was answered; for answers of a file, its day."""
        return self._since.get(key) or today()

    def overrule(self, control: str) -> None:
        """Note that a control has got a value that did not come from the page."""
        if self.moving:  # else it is just made, and the page has sent nothing of it
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
    ) -> frozenset[str]:
        """Hold answers and what follows from them; return the items that have other ones now."""
        assessment = assess(self.instrument, answers)
        before, now = self.answers, assessment.answers
        progress = progress_of(self.instrument, now)
        # from here on nothing fails: all at once or not at all
        keys = before.keys() | now.keys()
        changed = frozenset(key for key in keys if before.get(key) != now.get(key))
        new = now if saved else changed & now.keys()
        self._since |= dict.fromkeys(new, saved or today())
        self.answers, self.assessment, self.progress = now, assessment, progress
        self._leave(self.skipped if skipped is None else skipped)
        self.guarded_once = self.guarded_once or opening_gate(assessment) is not None
        return changed

    def reset(self) -> None:
        """Forget every answer, and that a gate was set."""
        self.guarded_once = False
        self.replace(NO_ANSWERS)

    def let_go(self) -> None:
        """Tell nobody any more, and hold no answers."""
        super().let_go()
        self.reset()

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

    def _list_of(self, box: str) -> tuple[str, ...]:
        return self.instrument.checklists[self.instrument.by_id[box].chapter]


def today() -> date:
    """Return the day that it is here."""
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
