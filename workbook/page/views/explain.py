"""Why the result is what it is, how firm it is, and what would change it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.page.views.parts import paragraphs, raw_tag, tag
from workbook.reflection.sentences import part_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook.reflection.progress import Progress
    from workbook.scoring.assessment import Assessment
    from workbook.scoring.counterfactuals import Counterfactual, Move
    from workbook.text.words import Words

MOST_MOVES = 3  # a change of more answers than these is counted, not told


def why(assessment: Assessment, words: Words) -> str:
    """Return what led to the outcome, in the order in which it was decided, as HTML."""
    steps = list(_steps(assessment, words))
    name = "ol" if len(steps) > 1 else "ul"
    told = raw_tag(name, "".join(raw_tag("li", step) for step in steps), f"wb-steps-{name}")
    closed = ""
    if assessment.closed and assessment.by_scores:
        outcomes = _titles(assessment, assessment.closed, words)
        closed = tag("p", words("why.closed", outcomes=outcomes))
    return tag("h3", words("why.title")) + told + closed if steps else ""


def _steps(assessment: Assessment, words: Words) -> Iterator[str]:
    gate, rule, instrument = assessment.gate, assessment.rule, assessment.instrument
    if gate and not gate.instead_of:
        yield _step(words("why.gate", text=gate.text), gate.reason, words)
        return
    for cap in assessment.caps:
        yield _step(words("why.cap", text=cap.text), cap.reason, words)
    if gate and rule:
        title = instrument.outcome(rule.outcome).title
        yield tag("span", words("why.rule", reason=rule.reason))
        said = words("why.instead", outcome=title, text=gate.text)
        yield _step(said, gate.reason, words)
    elif rule:
        yield tag("span", words("why.rule", reason=rule.reason))


def _step(said: str, reason: str, words: Words) -> str:
    because = tag("span", words("why.because", reason=reason), "wb-because") if reason else ""
    return f"{tag('span', said)} {because}"


def firm(assessment: Assessment, progress: Progress, words: Words) -> str:
    """Return how firm the outcome is against open questions and other weights, as HTML."""
    if assessment.status in (None, "open"):
        return ""
    said = [_openness(assessment, len(progress.open), words), *_weighting(assessment, words)]
    return tag("h3", words("firm.title")) + paragraphs(said)


def _openness(assessment: Assessment, count: int, words: Words) -> str:
    """Return what the open questions could still do."""
    if not count:
        return words("firm.nothing-open")
    outcomes = _titles(assessment, assessment.reachable - {assessment.outcome}, words)
    return words.count(f"firm.{assessment.status}", count, outcomes=outcomes)


def _weighting(assessment: Assessment, words: Words) -> Iterator[str]:
    """Yield how the outcome fares under other weightings, and which weight matters most."""
    found = assessment.sensitivity
    if found is None:
        return
    said = words(f"firm.{found.firmness}")
    if found.item is not None:
        turns = "turns-heavier" if found.heavier else "turns-lighter"
        said += " " + words(f"firm.{turns}", item=part_name(assessment, found.item))
    yield said


def turn(assessment: Assessment, words: Words) -> str:
    """Return what would have to be true for another outcome, as HTML."""
    said = [_change(assessment, change, words) for change in assessment.changes]
    return tag("h3", words("turn.title")) + paragraphs(said) if said else ""


def _change(assessment: Assessment, change: Counterfactual, words: Words) -> str:
    outcome = assessment.instrument.outcome(change.outcome).title
    if len(change.moves) > MOST_MOVES:
        return words("turn.far", outcome=outcome, count=len(change.moves))
    moves = words("turn.and").join(_move(assessment, move, words) for move in change.moves)
    return words("turn.change" if change.exact else "turn.found", outcome=outcome, moves=moves)


def _move(assessment: Assessment, move: Move, words: Words) -> str:
    item = assessment.instrument.by_id[move.item]
    text = item.if_more if int(move.new) > int(move.old) else item.if_less
    values = {"text": text, "item": part_name(assessment, move.item)}
    if isinstance(move.new, bool):
        code = "turn.ticked" if text else "turn.box-on" if move.new else "turn.box-off"
        return words(code, **values)
    return words("turn.more" if text else "turn.instead", new=move.new, old=move.old, **values)


def _titles(assessment: Assessment, outcomes: Iterable[str | None], words: Words) -> str:
    """Return the titles of outcomes in file order, joined."""
    chosen = set(outcomes)
    titles = [o.title for o in assessment.instrument.outcomes if o.id in chosen]
    return words("list.or").join(titles)
