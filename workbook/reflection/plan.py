"""A plan from choices: a careful start for each, and what was agreed, in words."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from workbook.instrument.items import offered
from workbook.instrument.kinds import kind_of

if TYPE_CHECKING:
    from workbook.instrument.answers import Answers
    from workbook.instrument.items import Item
    from workbook.instrument.model import Instrument


def starts(instrument: Instrument, answers: Answers, outcome: str | None) -> dict[str, str]:
    """Return for each open choice the option that is a sensible start for ``outcome``."""
    found = {}
    for item in instrument.items:
        options = [o.id for o in item.options if outcome in o.start and offered(o, answers)]
        if options and item.id not in answers:
            found[item.id] = options[0]
    return found


def agreed(
    instrument: Instrument, answers: Answers, chapter: str, *, private: bool = False
) -> tuple[tuple[tuple[Item, str], ...], ...]:
    """Return what was answered in ``chapter``, as (item, answer in words), by what it is about.

    Only choices, texts, and boxes that stand alone and are ticked; what is private only if asked.
    """
    items = (
        i for i in instrument.in_chapter(chapter) if not i.listed and (private or not i.private)
    )
    given = [i for i in items if answers.get(i.id) not in (None, False)]
    told = [(i, tell(i, answers[i.id])) for i in given if (tell := kind_of(i).told)]
    return tuple(tuple(g) for _, g in itertools.groupby(told, key=lambda pair: pair[0].point))


def has_private(instrument: Instrument, answers: Answers) -> bool:
    """Return whether something is written that is printed only when asked for."""
    return any(item.private and answers.get(item.id) for item in instrument.items)
