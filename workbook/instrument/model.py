"""The instrument as frozen values, in the order of its file.

Built by :mod:`workbook.instrument.loading`; nothing here reads files or computes scores.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping  # noqa: TC003  # read from the annotations when loading
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from workbook.instrument.content import About, Choosing, Message, Own, Retired, Theme, Way
from workbook.instrument.items import Chapter, Item, KindName
from workbook.instrument.scales import Cap, Floor, Gate, Outcome, Rule, Scale
from workbook.text.roles import Aside, Text
from workbook.text.words import Words, load_words


@dataclass(
    frozen=True, eq=False, repr=False
)  # compared and hashed by identity, so that it can key a cache
class Instrument:
    """A whole questionnaire: what is asked, how it is scored, what the scores can mean."""

    id: str
    version: Aside[str]
    items: tuple[Item, ...]
    file: Aside[str] = ""
    fingerprint: Aside[str] = ""
    language: Aside[str] = "en"
    title: Text = ""
    about: Aside[About] = field(default_factory=About)
    chapters: tuple[Chapter, ...] = ()
    themes: tuple[Theme, ...] = ()
    scales: tuple[Scale, ...] = ()
    caps: tuple[Cap, ...] = ()
    floors: tuple[Floor, ...] = ()
    gates: tuple[Gate, ...] = ()
    rules: tuple[Rule, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    own: Own | None = None
    message: Message | None = None
    ways: Aside[tuple[Way, ...]] = ()
    choosing: Aside[Choosing] = field(default_factory=Choosing)
    retired: Aside[tuple[Retired, ...]] = ()
    words: Aside[Words] = field(default_factory=load_words)

    def __repr__(self) -> str:
        return f"<Instrument {self.id} {self.version}: {len(self.items)} items>"

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """Every item by its id: those of the file and the fields of own items."""
        return MappingProxyType({item.id: item for item in (*self.items, *self.own_items)})

    @cached_property
    def own_items(self) -> tuple[Item, ...]:
        """The fields of own items as items: text, side, rating and weight for each number."""
        if self.own is None:
            return ()
        return tuple(i for n in range(1, self.own.most + 1) for i in self.own.fields(n))

    def in_chapter(self, chapter_id: str) -> tuple[Item, ...]:
        """Return a chapter's items in file order."""
        return tuple(i for i in self.items if i.chapter == chapter_id)

    def of_kind(self, kind: KindName) -> tuple[Item, ...]:
        """Return the items of one kind in file order."""
        return tuple(i for i in self.items if i.kind == kind)

    @cached_property
    def checklists(self) -> dict[str, tuple[str, ...]]:
        """The boxes (item ids) of each chapter that has a checklist."""
        lists: dict[str, tuple[str, ...]] = {}
        for item in self.items:
            if item.listed:
                lists[item.chapter] = (*lists.get(item.chapter, ()), item.id)
        return lists

    @cached_property
    def signs(self) -> tuple[Item, ...]:
        """The yes / no / not sure items."""
        return self.of_kind("sign")

    @cached_property
    def limits(self) -> tuple[Cap | Floor, ...]:
        """All caps, then all floors."""
        return (*self.caps, *self.floors)

    @cached_property
    def rule_scales(self) -> tuple[Scale, ...]:
        """The scales that the rule table looks at, in file order."""
        named = {scale for rule in self.rules for scale in rule.when}
        return tuple(s for s in self.scales if s.id in named)

    def rule_cases(self) -> Iterator[dict[str, str]]:
        """Yield every combination of bands of the scales that the rule table looks at."""
        scales = self.rule_scales
        for combo in itertools.product(*([b.id for b in s.bands] for s in scales)):
            yield dict(zip((s.id for s in scales), combo, strict=True))

    def outcome(self, outcome_id: str) -> Outcome:
        """Return an outcome by id."""
        return next(o for o in self.outcomes if o.id == outcome_id)
