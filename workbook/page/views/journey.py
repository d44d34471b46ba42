"""The steps of the page, as the browser is told: what there is, and how far each has come."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeVar

from traitlets import HasTraits, List

from workbook.page.telling import Phase
from workbook.reflection.journey import (
    HELP,
    HISTORY,
    RESULT,
    SUMMARY,
    chapters_by_step,
    journey_of,
    step_of,
    step_of_own,
)

if TYPE_CHECKING:
    import ipywidgets as w

    from workbook.page.state import State
    from workbook.text.words import Words

    Part = TypeVar("Part", bound=w.DOMWidget)


class Journey(HasTraits):
    """Gives each part of the page its step, and tells the browser of the steps there are.

    ``steps`` has for each: ``id``, ``title``, ``state`` (open, begun, done), ``said`` (the same in
    words), ``group`` (those of one number stand together), ``left`` (how long it takes from here).
    """

    steps: Any = List()

    def __init__(self, state: State, words: Words, help_title: str) -> None:
        super().__init__()
        self._state, self._words = state, words
        self._placed: set[str] = set()
        chapters = chapters_by_step(state.instrument).items()
        self._titles = {step: first.title for step, (first, *_) in chapters} | {
            HELP: help_title,
            RESULT: words("result.title"),
            HISTORY: words("history.title"),
            SUMMARY: words("summary.title"),
        }
        state.tell(Phase.SAY, self._show)

    def place(self, part: Part, step: str) -> Part:
        """Make a part of the page a part of a step."""
        part.add_class("wb-step")
        part.add_class(f"wb-step-{step}")
        if step in self._titles and step not in self._placed:
            self._placed.add(step)
            self._show()
        return part

    def place_chapter(self, part: Part, chapter: str) -> Part:
        """Make a chapter a part of its step."""
        return self.place(part, step_of(self._state.instrument, chapter))

    def place_own(self, part: Part) -> Part:
        """Make the own items a part of theirs."""
        return self.place(part, step_of_own(self._state.instrument))

    def _show(self) -> None:
        state, words = self._state, self._words
        steps = journey_of(
            state.assessment,
            self._placed,
            state.skipped,
            scores_open=state.scores_open,
            helped=state.guarded_once,
        )
        left = [*accumulate(step.seconds for step in reversed(steps))][::-1]
        self.steps = [
            {
                "id": step.id,
                "title": self._titles[step.id],
                "state": step.state,
                "said": words(f"step.{step.state}"),
                "group": step.group,
                "left": words.count("step.left", max(1, round(seconds / 60))),
            }
            for step, seconds in zip(steps, left, strict=True)
        ]
