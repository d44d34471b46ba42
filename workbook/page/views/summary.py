"""The summary: one page to take along, on the screen, in print, and as a file of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from htpy import h2, p

from workbook.charts import draw_scores, map_of, markup
from workbook.page.state import hidden, opening_gate
from workbook.page.telling import Phase, guarded
from workbook.page.views.alone import alone, template
from workbook.page.views.parts import box, html, legend_of, switch_class
from workbook.page.views.questions import checkbox
from workbook.page.views.support import opening_words
from workbook.page.views.text import TextOut
from workbook.page.views.ways import say_spoken
from workbook.reflection.choice import compare, lean_item, sure_item
from workbook.reflection.journey import SUMMARY
from workbook.reflection.later import kept_until
from workbook.reflection.message import compose
from workbook.reflection.plan import agreed, has_private
from workbook.reflection.sentences import headline, say_score
from workbook.reflection.ties import say_standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import ipywidgets as w
    from markupsafe import Markup

    from workbook.instrument.items import Chapter, Item
    from workbook.instrument.support import Support
    from workbook.page.state import State
    from workbook.reflection.choice import Case
    from workbook.scoring.assessment import Assessment
    from workbook.text.words import Words


@dataclass(frozen=True)
class Part:
    """A part of the summary: running text, ways with answers, or what was agreed, by its point."""

    title: str
    text: str = ""
    cases: tuple[Case, ...] = ()
    said: str = ""
    groups: tuple[tuple[tuple[Item, str], ...], ...] = ()


@dataclass(frozen=True)
class Extra:
    """What else may stand in a summary: people who help, and what is ``private`` on request."""

    support: Support | None = None
    private: bool = False


def summary_view(state: State, words: Words, support: Support | None = None) -> w.Widget:
    """Return the summary, brought up to date at rest where it is shown, and a button to save it.

    What is private is left out unless the box for it is ticked, which no file keeps.
    """
    page = html(classes="wb-summary-page")
    file = TextOut(words, name=words("summary.file"), mime="text/html", preview=False)
    letter = checkbox(words("summary.letter"))
    asks = box([letter], "wb-item wb-check wb-letter-too")

    def show() -> None:
        rested = state.rested
        # nothing of older answers: a sign may just have withheld what stood here
        today = words.date(datetime.now(UTC).date())
        extra = Extra(support, private=bool(letter.value))
        page.value = render(state, rested, today, words, extra) if rested else ""
        file.text = alone(page.value, words("summary.title"), words) if rested else ""
        switch_class(asks, "wb-off", on=not has_private(state.instrument, state.answers))

    def forget() -> None:
        letter.value = False

    state.outbox.carry(page, file)
    state.tell(Phase.CLEAR, forget)
    state.tell(Phase.REST, show, step=SUMMARY)
    letter.observe(guarded(state, lambda _: show()), "value")
    head = html([h2[words("summary.title")], p(".wb-intro")[words("summary.intro")]])
    return box([head, asks, page, file], "wb wb-summary")


def render(
    state: State, assessment: Assessment, date: str, words: Words, extra: Extra | None = None
) -> str:
    """Return the summary as HTML, every text escaped.

    Once a gate has opened the page with people who help, their numbers are part of it.
    """
    extra = extra or Extra()
    support = extra.support if state.guarded_once else None
    off, withheld = hidden(state), "scores" in assessment.withheld
    verdict = assessment.outcome is not None and (withheld or not off)
    outcome = state.instrument.outcome(str(assessment.outcome)) if verdict else None
    return template("summary.html.j2").render(
        date=date,
        headline=headline(assessment, words) if outcome else "",
        outcome_text=outcome.text if outcome else "",
        outcome_stands=say_standing(assessment, words) if outcome else "",
        drawings=() if off else _drawings(assessment, words),
        parts=_parts(state, assessment, words, private=extra.private),
        tell=say_spoken,
        support=support,
        help_words=opening_words(support, opening_gate(assessment)) if support else (),
        words=words,
        framing=state.instrument.about.framing,
    )


def _drawings(assessment: Assessment, words: Words) -> Iterator[tuple[str, Markup, Iterable[str]]]:
    """Yield the heading of each drawing, the drawing, and in sentences what it shows."""
    instrument, scores = assessment.instrument, assessment.scores
    said = [say_score(scale, scores[scale.id], words) for scale in instrument.scales]
    yield words("chart.scores"), markup(draw_scores(assessment, words)), said
    if chart := map_of(instrument, words):
        drawn = markup(chart.draw(assessment), legend_of(chart.legend(assessment)))
        yield chart.title, drawn, [chart.say(assessment)]


def _parts(state: State, assessment: Assessment, words: Words, *, private: bool) -> list[Part]:
    """Return what was written and agreed in each chapter, but not what a gate withholds."""
    shown = (c for c in assessment.instrument.chapters if c.holds not in assessment.withheld)
    parts = (_part(state, assessment, chapter, words, private=private) for chapter in shown)
    return [part for part in parts if part.text or part.said or part.groups]


def _part(
    state: State, assessment: Assessment, chapter: Chapter, words: Words, *, private: bool
) -> Part:
    instrument, answers = assessment.instrument, assessment.answers
    if chapter.holds == "message" and instrument.message:
        text = compose(instrument.message, answers)
        day = kept_until(instrument, answers, chapter.id, state.since)
        said = words("say.draft", date=words.date(day)) if day and text else ""
        return Part(chapter.title, text, said=said)
    part = Part(chapter.title, groups=agreed(instrument, answers, chapter.id, private=private))
    if chapter.holds == "choice" and instrument.ways:
        return _chosen(assessment, part, words, compared=not hidden(state))
    return part


def _chosen(assessment: Assessment, part: Part, words: Words, *, compared: bool) -> Part:
    """Return what was chosen: the ways with the answers, the lean, and what follows from it."""
    instrument, answers = assessment.instrument, assessment.answers
    lean, sure = lean_item(instrument), sure_item(instrument)
    said, groups = "", part.groups
    if lean and sure and lean.id in answers and sure.id in answers:
        (chosen,) = (o.text for o in lean.options if o.id == answers[lean.id])
        said = words("choice.yours", lean=chosen, sure=answers[sure.id], most=sure.max)
        groups = tuple(g for g in groups if g[0][0] is not lean)
    cases = compare(assessment) if compared and (groups or said) else ()
    return Part(part.title, cases=cases, said=said, groups=groups)
