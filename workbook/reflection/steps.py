"""The steps that somebody planned, and whether they are marked as done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.instrument.kinds import kind_of

if TYPE_CHECKING:
    from workbook.instrument.answers import Answers
    from workbook.instrument.items import Item
    from workbook.instrument.model import Instrument


@dataclass(frozen=True)
class Planned:
    """One step as it was planned: the item that holds it, its text, the day in words, if done.

    ``done`` is None for a step that has no box to say so.
    """

    item: Item
    text: str
    day: str
    done: bool | None


def planned(instrument: Instrument, answers: Answers) -> tuple[Planned, ...]:
    """Return what was planned, in file order.

    A step is a text beside a box that stands alone ("Done"), about the same thing; or a text that
    stands with the choice. What is private is left out.
    """
    found = (_planned(instrument, item, answers) for item in instrument.of_kind("text"))
    return tuple(step for step in found if step)


def _planned(instrument: Instrument, item: Item, answers: Answers) -> Planned | None:
    text = str(answers.get(item.id) or "").strip()
    if not text or item.private:
        return None
    here = [i for i in instrument.in_chapter(item.chapter) if i.point == item.point]
    box = next((i for i in here if i.kind == "check" and i.alone), None)
    if box is None:
        return Planned(item, text, "", None) if _holds_choice(instrument, item) else None
    days = (i for i in here if i.kind == "choice" and i.id in answers)
    told = next(((kind_of(i).told, i) for i in days), None)
    day = told[0](told[1], answers[told[1].id]) if told and told[0] else ""
    return Planned(item, text, day, answers.get(box.id) is True)


def _holds_choice(instrument: Instrument, item: Item) -> bool:
    return any(c.id == item.chapter and c.holds == "choice" for c in instrument.chapters)
