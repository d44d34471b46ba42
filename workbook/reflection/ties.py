"""What keeps two people in each other's lives anyway, and so stays when somebody steps away."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.instrument.answers import Answers
    from workbook.instrument.model import Instrument
    from workbook.scoring.assessment import Assessment
    from workbook.text.words import Words

STEP_AWAY = "step-away"  # the way that leaves these things standing


def standing(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    """Return what the ticked boxes leave standing, in file order."""
    return tuple(i.stands for i in instrument.items if i.stands and answers.get(i.id) is True)


def what_stands(instrument: Instrument, answers: Answers, words: Words) -> str:
    """Return in a sentence what stepping away leaves as it is; "" where nothing is ticked."""
    left = standing(instrument, answers)
    return words("outcome.stands", stands=words.listed(left)) if left else ""


def say_standing(assessment: Assessment, words: Words) -> str:
    """Return that sentence where the outcome is to step away; "" elsewhere."""
    instrument = assessment.instrument
    away = {o for way in instrument.ways if way.id == STEP_AWAY for o in way.outcomes}
    if assessment.outcome not in away:
        return ""
    return what_stands(instrument, assessment.answers, words)
