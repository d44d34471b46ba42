"""How much is answered, what is still open, and what a result needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.instrument.kinds import is_asked
from workbook.instrument.scales import NOT_ENOUGH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.instrument.answers import Answers
    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Scale


@dataclass(frozen=True)
class Need:
    """What a result still needs: ``count`` more answers among ``items``, for scale ``scale``.

    Counts of one scale add up. ``scale`` is None where the items are signs.
    """

    scale: str | None
    count: int
    items: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """How far the questions that count are answered: ratings, signs, and each checklist as one.

    ``open`` names the open ones in page order; a checklist by its first box.
    """

    answered: int
    asked: int
    open: tuple[str, ...]
    needs: tuple[Need, ...]

    @property
    def next(self) -> str | None:
        """The open question that helps most: the first that a result needs, else the first."""
        needed = [i for i in self.open if any(i in need.items for need in self.needs)]
        return next(iter(needed or self.open), None)


def progress_of(instrument: Instrument, answers: Answers) -> Progress:
    """Return how far ``answers`` have come."""
    asked = [q for c in instrument.chapters for q in questions_in(instrument, c.id)]
    open_ones = tuple(q[0] for q in asked if not any(i in answers for i in q))
    return Progress(
        len(asked) - len(open_ones), len(asked), open_ones, tuple(_needs(instrument, answers))
    )


def questions_in(instrument: Instrument, chapter: str) -> Iterator[tuple[str, ...]]:
    """Yield the items of each question of a chapter that counts; a checklist is one question."""
    if chapter in instrument.checklists:
        yield instrument.checklists[chapter]
    yield from ((i.id,) for i in instrument.in_chapter(chapter) if is_asked(i))


def _needs(instrument: Instrument, answers: Answers) -> Iterator[Need]:
    for scale in instrument.rule_scales or instrument.scales:
        yield from _scale_needs(scale, answers)
    signs = [i for g in instrument.gates if g.outcome == NOT_ENOUGH for i in g.items]
    blank = tuple(i for i in dict.fromkeys(signs) if i not in answers)
    if blank:
        yield Need(None, len(blank), blank)


def _scale_needs(scale: Scale, answers: Answers) -> Iterator[Need]:
    """Yield the needs of one scale; an answer that no way leads around serves every need."""
    missing = [
        (tuple(i for i in r.items if i not in answers), len(r.items) - r.at_least)
        for r in scale.require
    ]
    # first those of which every open question has to be answered
    missing.sort(key=lambda need: need[1] > 0)
    required, certain = 0, frozenset[str]()
    for blank, spare in missing:
        left = tuple(i for i in blank if i not in certain)
        count = len(left) - spare
        if count <= 0:
            continue
        required += count
        yield Need(scale.id, count, left)
        if count == len(left):
            certain = certain.union(left)
    blank = tuple(t.id for t in scale.ratings if t.id not in answers)
    rest = scale.min_answered - (len(scale.ratings) - len(blank)) - required
    if rest > 0:
        yield Need(scale.id, rest, tuple(i for i in blank if i not in certain))
