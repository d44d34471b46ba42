"""What stays in view, and says little: the scores, drawn, and in words the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.charts import draw_scores, markup
from workbook.page.state import hidden
from workbook.reflection.sentences import headline, short

if TYPE_CHECKING:
    from workbook.page.state import State
    from workbook.scoring.assessment import Assessment
    from workbook.text.words import Words


def panel_of(state: State, words: Words) -> dict[str, Any]:
    """Return what the panel shows, ready to be drawn."""
    assessment = state.assessment
    stale = bool(state.problem)
    quiet, first = "scores" in assessment.withheld, not state.scores_open
    shut = stale or hidden(state)
    said, brief = _headlines(assessment, words, stale=stale, first=first and not quiet)
    return {
        "problem": words("panel.problem", where=state.problem) if stale else "",
        "scores": [] if shut else [markup(drawn) for drawn in draw_scores(assessment, words)],
        "headline": said,
        "short": brief,
        "next": None if quiet or stale else state.progress.next,
        "quiet": quiet,
        "charts": not shut,
    }


def _headlines(
    assessment: Assessment, words: Words, *, stale: bool, first: bool
) -> tuple[str, str]:
    """Return the headline and its short form; of a stale page nothing is worked out again."""
    if stale:
        return "", words("panel.problem-short")
    if first:
        return words("signs.first-short"), words("signs.first-short")
    return headline(assessment, words), short(assessment, words)
