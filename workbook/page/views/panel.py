"""What stays in view: the scores, drawn, and in words the outcome and what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.charts import draw_scores, markup
from workbook.page.state import hidden
from workbook.reflection.deciding import binding
from workbook.reflection.sentences import headline, needs, short

if TYPE_CHECKING:
    from workbook.page.state import State
    from workbook.scoring.assessment import Assessment
    from workbook.text.words import Words


def panel_of(state: State, words: Words) -> dict[str, Any]:
    """Return what the panel shows, ready to be drawn."""
    assessment, progress = state.assessment, state.progress
    stale = bool(state.problem)
    quiet, first = "scores" in assessment.withheld, not state.scores_open
    shut = stale or hidden(state)
    said, brief = _headlines(assessment, words, stale=stale, first=first and not quiet)
    return {
        "problem": words("panel.problem", where=state.problem) if stale else "",
        "scores": markup(not shut and draw_scores(assessment, words)),
        "headline": said,
        "short": brief,
        "notes": [] if shut else _notes(state, words),
        "needs": [] if quiet or stale else _links(state, words),
        "next": None if quiet or stale else progress.next,
        "quiet": quiet,
        "charts": not shut,
        "progress": words("panel.progress", answered=progress.answered, asked=progress.asked),
        "share": progress.answered / progress.asked if progress.asked else 0,
    }


def _headlines(
    assessment: Assessment, words: Words, *, stale: bool, first: bool
) -> tuple[str, str]:
    """Return the headline and its short form; of a stale page nothing is worked out again."""
    if stale:
        return "", words("panel.problem-short")
    if first:
        return words("signs.first"), words("signs.first-short")
    return headline(assessment, words), short(assessment, words)


def _notes(state: State, words: Words) -> list[str]:
    """Return what stands behind the outcome: the gate, caps and floors, what is open."""
    assessment, progress = state.assessment, state.progress
    notes = [assessment.gate.text] if assessment.gate and assessment.gate.text else []
    notes += [line.text for line in binding(assessment) if line.text]
    if progress.open and assessment.status not in (None, "open"):
        notes.append(words.count(f"open.{assessment.status}", len(progress.open)))
    return notes


def _links(state: State, words: Words) -> list[dict[str, str]]:
    """Return what a result still needs, each with the key of the question to go to."""
    said = needs(state.instrument, state.progress, words)
    return [
        {"text": text, "key": need.items[0]}
        for text, need in zip(said, state.progress.needs, strict=True)
    ]
