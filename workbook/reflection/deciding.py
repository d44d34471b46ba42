"""What decided a result: the lines and signs to name, and which changes of it are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from workbook.instrument.scales import Cap, Floor, Gate
from workbook.scoring.rules import judge, outcome_without_limits
from workbook.scoring.sheet import sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Scale
    from workbook.scoring.assessment import Assessment
    from workbook.scoring.counterfactuals import Counterfactual, Move

Line = TypeVar("Line", Cap, Floor)


def strictest(instrument: Instrument, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return caps or floors without those that a stricter one on the same item says already."""
    kept: dict[tuple[str, str], Line] = {}
    for line in lines:
        about = (line.scale, line.item or getattr(line, "own", ""))
        if about not in kept or _strictness(instrument, line) > _strictness(
            instrument, kept[about]
        ):
            kept[about] = line
    return tuple(kept.values())


def _strictness(instrument: Instrument, line: Cap | Floor) -> int:
    bands = next([b.id for b in s.bands] for s in instrument.scales if s.id == line.scale)
    return -bands.index(line.at_most) if isinstance(line, Cap) else bands.index(line.at_least)


def binding(assessment: Assessment) -> tuple[Cap | Floor, ...]:
    """Return the caps and floors that change a band, one a question."""
    instrument = assessment.instrument
    return (
        *strictest(instrument, assessment.caps),
        *strictest(instrument, assessment.floors),
    )


def limits_decide(assessment: Assessment) -> bool:
    """Return whether caps or floors decide, and neither a gate nor the weights."""
    return assessment.decided_by is not None and assessment.gate is None


def without_limits(assessment: Assessment) -> str | None:
    """Return the outcome that there would be with neither caps nor floors."""
    instrument, sheet = assessment.instrument, sheet_of(assessment.instrument, assessment.answers)
    if not instrument.outcomes:
        return None
    found = int(outcome_without_limits(sheet, judge(sheet))[0])
    return instrument.outcomes[found].id


def signs_of(assessment: Assessment, gate: Gate) -> tuple[str, ...]:
    """Return the names of the signs that set a gate. Of serious ones the gate's own text is enough.

    A gate that opens the page with people who help is about serious ones.
    """
    if gate.opens:
        return ()
    answers = assessment.answers
    wanted = None if gate.when == "blank" else gate.when
    return tuple(
        assessment.instrument.by_id[i].name for i in gate.items if answers.get(i) == wanted
    )


def told_changes(assessment: Assessment) -> tuple[Counterfactual, ...]:
    """Return the changes of the result that are told on the page; ``changes`` holds them all.

    None that asks for a worse answer to what weighs most and can close contact alone (by a cap at
    the lowest band): "if it still hurt more" helps nobody. And while a cap decides none towards
    closer outcomes, because a wound does not heal by a calculation.
    """
    order = {o.id: n for n, o in enumerate(assessment.instrument.outcomes) if o.ordered}
    capped = limits_decide(assessment) and bool(assessment.caps)
    now = order.get(str(assessment.outcome), -1)
    return tuple(
        change
        for change in assessment.changes
        if not any(_worsens(assessment.instrument, move) for move in change.moves)
        and not (capped and order.get(change.outcome, now) < now)
    )


def _worsens(instrument: Instrument, move: Move) -> bool:
    """Return whether a move goes the way of a cap at the lowest band, on one of the first items.

    Those are the items that weigh most on the scale of the cap.
    """
    higher = int(move.new) > int(move.old)
    lines = [c for c in instrument.caps if c.item == move.item and (c.above is not None) == higher]
    return any(
        cap.at_most == scale.bands[0].id and cap.item in _heaviest(scale)
        for scale in instrument.scales
        for cap in lines
        if cap.scale == scale.id
    )


def _heaviest(scale: Scale) -> set[str]:
    most = max((t.weight or 0 for t in scale.ratings), default=0)
    return {t.id for t in scale.ratings if t.weight == most}
