"""Why the result is what it is, how firm it is, and what would change it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from htpy import Node, h3, li, ol, p, span, ul

from workbook.instrument.scales import Cap
from workbook.page.views.parts import paragraphs
from workbook.reflection.deciding import (
    binding,
    limits_decide,
    signs_of,
    told_changes,
    without_limits,
)
from workbook.reflection.sentences import part_name, say_list, say_signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbook.instrument.scales import Floor, Gate
    from workbook.reflection.progress import Progress
    from workbook.scoring.assessment import Assessment
    from workbook.scoring.counterfactuals import Counterfactual, Move
    from workbook.text.words import Words

MOST_MOVES = 3  # a change of more answers than these is counted, not told


def why(assessment: Assessment, words: Words) -> Node:
    """Return what led to the outcome, what decided it first."""
    steps = [li[step] for step in _steps(assessment, words)]
    if not steps:
        return None
    told = ol(".wb-steps-ol")[steps] if len(steps) > 1 else ul(".wb-steps-ul")[steps]
    closed: Node = None
    if assessment.closed and assessment.by_scores:
        outcomes = _titles(assessment, assessment.closed, words)
        closed = p[words("why.closed", outcomes=outcomes)]
    return [h3[words("why.title")], told, closed]


def _steps(assessment: Assessment, words: Words) -> Iterator[Node]:
    rule, lines = assessment.rule, binding(assessment)
    if assessment.gate:
        yield _gate(assessment, assessment.gate, words)
        return
    if limits_decide(assessment):
        yield _limits(assessment, lines, words)
    if rule:
        yield span[words("why.rule", reason=rule.reason)]
    if not limits_decide(assessment):  # a band is held all the same, and somebody may wonder
        yield from (_step(line.text, line.reason, words) for line in lines if line.text)


def _gate(assessment: Assessment, gate: Gate, words: Words) -> Node:
    """Return what a gate says, which of the milder signs set it, and what there would be else."""
    said, rule = words("why.gate", text=gate.text), assessment.rule
    if rule and gate.instead_of:
        title = assessment.instrument.outcome(rule.outcome).title
        said = words("why.instead", outcome=title, text=gate.text)
    named = say_list(signs_of(assessment, gate), words)
    signs = say_signs(gate.when, named, words) if named else ""
    return _step(said, gate.reason, words, signs)


def _limits(assessment: Assessment, lines: Sequence[Cap | Floor], words: Words) -> Node:
    """Return every cap and floor that binds, and what there would be without all of them."""
    instead = without_limits(assessment)
    free = words("why.without", outcome=assessment.instrument.outcome(str(instead)).title)
    if len(lines) == 1:
        (line,) = lines
        kind = "why.cap" if isinstance(line, Cap) else "why.floor"
        return _step(words(kind, text=line.text), line.reason, words, free)
    head = span[words("why.caps", count=len(lines))]
    each = ul[(li[_step(line.text, line.reason, words)] for line in lines)]
    return [head, each, span[free]]


def _step(said: str, reason: str, words: Words, more: str = "") -> Node:
    because = reason and span(".wb-because")[words("why.because", reason=reason)]
    return [span[said], more and [" ", span[more]], because and [" ", because]]


def firm(assessment: Assessment, progress: Progress, words: Words) -> Node:
    """Return how firm the outcome is against open questions and other weights.

    Nothing where a gate, a cap or a floor decides: it is not the weights then.
    """
    if assessment.status in (None, "open") or assessment.decided_by is not None:
        return None
    said = [_openness(assessment, len(progress.open), words), *_weighting(assessment, words)]
    return [h3[words("firm.title")], paragraphs(said)]


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


def turn(assessment: Assessment, words: Words) -> Node:
    """Return what would have to be true for another outcome."""
    said = [_change(assessment, change, words) for change in told_changes(assessment)]
    return said and [h3[words("turn.title")], paragraphs(said)]


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
