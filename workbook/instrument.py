"""What is asked: the instrument as frozen values, in the order of its file.

Built by :mod:`workbook.loading`; nothing here reads files or computes scores.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # read from the annotations when loading
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal

Kind = Literal["rating", "check", "sign", "choice", "text"]
KINDS: tuple[Kind, ...] = ("rating", "check", "sign", "choice", "text")
SIGN_ANSWERS = ("yes", "no", "not sure")
WITHHOLDABLE = ("scores", "outcome", "message", "boundaries")
NOT_ENOUGH = "not-enough"
TOP = 100.0  # the highest score


@dataclass(frozen=True)
class Research:
    """One finding from research, in plain words, with its source."""

    text: str
    cite: str


@dataclass(frozen=True)
class About:
    """What the instrument is, is not, and rests on; ``reminder`` stands below every reading."""

    intro: tuple[str, ...] = ()
    source: str = ""
    closing: tuple[str, ...] = ()
    framing: str = ""
    reminder: str = ""
    research: tuple[Research, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A part of the workbook under one heading.

    ``holds`` names what is made in it ("message", "boundaries"), which a gate may withhold.
    """

    id: str
    title: str
    intro: str = ""
    holds: str = ""


@dataclass(frozen=True)
class Theme:
    """What ticked boxes can be about: ``title`` fits after "more about"."""

    id: str
    title: str
    label: str = ""

    @property
    def name(self) -> str:
        """Short name for charts and tables."""
        return self.label or self.title


@dataclass(frozen=True)
class Option:
    """One answer of a choice item."""

    id: str
    text: str


@dataclass(frozen=True)
class Item:
    """One thing a person can answer. ``min`` and ``max`` are set for ratings (whole numbers).

    ``if_more`` and ``if_less`` say what would be true with a higher and a lower answer: the end of
    a sentence that begins with "if". A box may belong to a ``theme``; ``meaning`` says what it
    would mean if it were so.
    """

    id: str
    kind: Kind
    text: str
    chapter: str = ""
    source: str = ""
    label: str = ""
    hint: str = ""
    min: int | None = None
    max: int | None = None
    min_label: str = ""
    max_label: str = ""
    options: tuple[Option, ...] = ()
    alone: bool = False
    placeholder: str = ""
    rows: int = 1
    if_more: str = ""
    if_less: str = ""
    theme: str = ""
    meaning: str = ""

    @property
    def name(self) -> str:
        """Short name for charts and tables."""
        return self.label or self.text

    @property
    def point(self) -> str:
        """What the item is about; items of one point stand together on the page."""
        return self.source or self.id

    @property
    def listed(self) -> bool:
        """Whether it is a box of its chapter's checklist."""
        return self.kind == "check" and not self.alone


@dataclass(frozen=True)
class Band:
    """A named part of 0..100: from the band before (or 0) up to, not including, ``below``."""

    id: str
    below: float | None = None
    text: str = ""

    @property
    def name(self) -> str:
        """The text, or the id where none is given."""
        return self.text or self.id


@dataclass(frozen=True)
class Tie:
    """How an item counts on a scale: a rating's ``weight`` in the mean, or a check's ``add``."""

    id: str
    weight: int | None = None
    add: float | None = None
    reverse: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Requirement:
    """A score needs at least ``at_least`` answers among ``items``."""

    items: tuple[str, ...]
    at_least: int
    reason: str = ""


@dataclass(frozen=True)
class Scale:
    """A score from 0 to 100 and the items that make it."""

    id: str
    bands: tuple[Band, ...]
    items: tuple[Tie, ...]
    title: str = ""
    min_answered: int = 1
    require: tuple[Requirement, ...] = ()
    reason: str = ""
    bands_reason: str = ""

    @property
    def name(self) -> str:
        """The title, or the id where none is given."""
        return self.title or self.id

    @cached_property
    def ratings(self) -> tuple[Tie, ...]:
        """The ties that enter the weighted mean."""
        return tuple(t for t in self.items if t.add is None)

    @cached_property
    def checks(self) -> tuple[Tie, ...]:
        """The ties that add points."""
        return tuple(t for t in self.items if t.add is not None)

    @cached_property
    def spans(self) -> tuple[tuple[Band, float, float], ...]:
        """Each band with where it begins and ends."""
        edges = (0.0, *(b.below or TOP for b in self.bands[:-1]), TOP)
        return tuple(zip(self.bands, edges[:-1], edges[1:], strict=True))

    def band(self, band_id: str) -> Band:
        """Return a band by id."""
        return next(b for b in self.bands if b.id == band_id)


@dataclass(frozen=True)
class Cap:
    """Limits the band of ``scale`` while a rating is below ``below`` or above ``above``."""

    scale: str
    item: str
    at_most: str
    below: int | None = None
    above: int | None = None
    text: str = ""
    reason: str = ""

    def holds(self, rating: float | None) -> bool:
        """Return whether the cap applies; a blank rating sets no cap."""
        if rating is None:
            return False
        return (self.below is not None and rating < self.below) or (
            self.above is not None and rating > self.above
        )


@dataclass(frozen=True)
class Gate:
    """A rule over signs that comes before the rule table: the first that applies wins.

    It applies when any of ``items`` is answered ``when`` ("blank" for not answered) and, if
    ``instead_of`` is given, the rule table says one of these outcomes.
    """

    id: str
    items: tuple[str, ...]
    when: str
    outcome: str
    instead_of: tuple[str, ...] = ()
    withhold: tuple[str, ...] = ()
    text: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Rule:
    """A row of the rule table: bands by scale (a scale left out: any band) to an outcome."""

    outcome: str
    id: str = ""
    when: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """A result that answers can line up with. ``short`` fits a phone's bar."""

    id: str
    title: str
    short: str = ""
    text: str = ""

    @property
    def name(self) -> str:
        """The short title, or the title where none is given."""
        return self.short or self.title


@dataclass(frozen=True)
class Side:
    """A side on which own items count."""

    id: str
    scale: str
    text: str


@dataclass(frozen=True)
class Own:
    """Own items: up to ``most``, rated ``min`` to ``max``, each with a weight up to ``weight``."""

    sides: tuple[Side, ...]
    most: int = 10
    min: int = 0
    max: int = 10
    weight: int = 3
    title: str = ""
    intro: str = ""
    ask_text: str = ""
    ask_side: str = ""
    ask_rating: str = ""
    ask_weight: str = ""
    weight_hint: str = ""
    min_label: str = ""
    max_label: str = ""
    reason: str = ""

    def fields(self, n: int) -> tuple[Item, Item, Item, Item]:
        """Return the four things a person says of own item number ``n`` (from 1), as items."""
        stem = f"own.{n}"
        options = tuple(Option(s.id, s.text) for s in self.sides)
        return (
            Item(f"{stem}.text", "text", self.ask_text or self.title, source=stem),
            Item(f"{stem}.side", "choice", self.ask_side, source=stem, options=options),
            Item(
                f"{stem}.rating", "rating", self.ask_rating, source=stem,
                min=self.min, max=self.max, min_label=self.min_label, max_label=self.max_label,
            ),
            Item(
                f"{stem}.weight", "rating", self.ask_weight, source=stem,
                min=1, max=self.weight, hint=self.weight_hint,
            ),
        )  # fmt: skip


@dataclass(frozen=True, eq=False)  # compared and hashed by identity, so that it can key a cache
class Instrument:
    """A whole questionnaire: what is asked, how it is scored, what the scores can mean."""

    id: str
    version: str
    items: tuple[Item, ...]
    file: str = ""
    fingerprint: str = ""
    language: str = "en"
    title: str = ""
    about: About = About()
    chapters: tuple[Chapter, ...] = ()
    themes: tuple[Theme, ...] = ()
    scales: tuple[Scale, ...] = ()
    caps: tuple[Cap, ...] = ()
    gates: tuple[Gate, ...] = ()
    rules: tuple[Rule, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    own: Own | None = None

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Every item by its id: those of the file and the fields of own items."""
        return {item.id: item for item in (*self.items, *self.own_items)}

    @cached_property
    def own_items(self) -> tuple[Item, ...]:
        """The fields of own items as items: text, side, rating and weight for each number."""
        if self.own is None:
            return ()
        return tuple(i for n in range(1, self.own.most + 1) for i in self.own.fields(n))

    def in_chapter(self, chapter_id: str) -> tuple[Item, ...]:
        """Return a chapter's items in file order."""
        return tuple(i for i in self.items if i.chapter == chapter_id)

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
        return tuple(i for i in self.items if i.kind == "sign")

    @cached_property
    def rule_scales(self) -> tuple[Scale, ...]:
        """The scales that the rule table looks at, in file order."""
        named = {scale for rule in self.rules for scale in rule.when}
        return tuple(s for s in self.scales if s.id in named)

    def outcome(self, outcome_id: str) -> Outcome:
        """Return an outcome by id."""
        return next(o for o in self.outcomes if o.id == outcome_id)
