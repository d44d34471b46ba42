"""What an instrument holds beside questions and scores: itself, themes, own items, a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from workbook.instrument.items import Item, Option
from workbook.text.roles import LOOSE, Aside, Text, Texts, replaced


@dataclass(frozen=True)
class Research:
    """One finding from research, in plain words, with its source."""

    text: Text
    cite: Text


@dataclass(frozen=True)
class About:
    """What the instrument is, is not, and rests on; ``reminder`` stands below every reading.

    ``start`` is said before the first question, ``more`` on request; answering all takes about
    ``minutes``. ``updated`` is a day (2026-01-31), ``upkeep`` says how it is kept current.
    """

    intro: Texts = ()
    start: Texts = ()
    more: Texts = ()
    minutes: int | None = None
    source: Text = ""
    closing: Texts = ()
    framing: Text = ""
    reminder: Text = ""
    authors: Text = ""
    funding: Text = ""
    updated: str = ""
    upkeep: Text = ""
    research: Annotated[tuple[Research, ...], replaced()] = ()


@dataclass(frozen=True)
class Theme:
    """What ticked boxes can be about: ``title`` fits after "more about"."""

    id: str
    title: Text
    label: Text = ""

    @property
    def name(self) -> str:
        """Short name for charts and tables."""
        return self.label or self.title


OwnField = Literal["text", "side", "rating", "weight"]
OWN = "own."  # what the keys of own items begin with: own.1.text


def own_key(number: int, field: OwnField) -> str:
    """Return the key of one field of own item ``number`` (from 1)."""
    return f"{OWN}{number}.{field}"


def is_own(key: str, field: OwnField | None = None) -> bool:
    """Return whether ``key`` is one of an own item, and of this field."""
    return key.startswith(OWN) and (field is None or key.endswith(f".{field}"))


def own_field(key: str, field: OwnField) -> str:
    """Return the key of another field of the own item that ``key`` belongs to."""
    return f"{key.rpartition('.')[0]}.{field}"


@dataclass(frozen=True)
class Side:
    """A side on which own items count, all of them together with ``at_most`` points."""

    id: str
    scale: str
    text: Text
    at_most: float | None = None


@dataclass(frozen=True)
class Own:
    """Own items: up to ``most``, rated ``min`` to ``max``, each with a weight up to ``weight``.

    One adds ``add`` points a unit of weight to the score of its side when it is rated highest, in
    proportion below.
    """

    sides: tuple[Side, ...]
    add: float = 4
    most: int = 10
    min: int = 0
    max: int = 10
    weight: int = 3
    title: Text = ""
    intro: Text = ""
    ask_text: Text = ""
    ask_side: Text = ""
    ask_rating: Text = ""
    ask_weight: Text = ""
    weight_hint: Text = ""
    min_label: Text = ""
    max_label: Text = ""
    reason: Aside[str] = ""

    def fields(self, n: int) -> tuple[Item, Item, Item, Item]:
        """Return the four things a person says of own item number ``n`` (from 1), as items."""
        stem = f"{OWN}{n}"
        options = tuple(Option(s.id, s.text) for s in self.sides)
        return (
            Item(own_key(n, "text"), "text", self.ask_text or self.title, source=stem),
            Item(own_key(n, "side"), "choice", self.ask_side, source=stem, options=options),
            Item(
                own_key(n, "rating"), "rating", self.ask_rating, source=stem,
                min=self.min, max=self.max, min_label=self.min_label, max_label=self.max_label,
            ),
            Item(
                own_key(n, "weight"), "rating", self.ask_weight, source=stem,
                min=1, max=self.weight, hint=self.weight_hint,
            ),
        )  # fmt: skip


# What a wording is for; its translation is for the same.
WORDING_KEYS = ("part", "tone", "outcomes", "only_with", "not_with")


@dataclass(frozen=True)
class Wording:
    """A way to say one part of the message, for a tone (an option's id) and outcomes.

    See :func:`workbook.instrument.items.offered` for ``only_with`` and ``not_with``.
    """

    part: str
    text: str
    tone: str = ""
    outcomes: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class Phrase:
    """Words that may say something unmeant, and why."""

    texts: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Expected:
    """A part that a message had better have, and why."""

    part: str
    reason: str


@dataclass(frozen=True)
class Message:
    """A message in ``parts`` (text items); ``tone`` is the choice item that sets the tone."""

    parts: tuple[str, ...]
    tone: str = ""
    expects: Annotated[tuple[Expected, ...], replaced("part")] = ()
    wording: Annotated[tuple[Wording, ...], replaced(*WORDING_KEYS)] = ()
    phrase: Annotated[tuple[Phrase, ...], LOOSE] = ()


@dataclass(frozen=True)
class Way:
    """One way to go on, in line with ``outcomes``: what it asks, brings and costs, and is like."""

    id: str
    title: Text
    asks: Text
    brings: Text
    costs: Text
    like: Text
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choosing:
    """What is said round the ways to go on."""

    intro: Text = ""
    not_answering: Text = ""
    lean: Text = ""
    sure: Text = ""


@dataclass(frozen=True)
class Retired:
    """A question that is gone; ``now`` is the one that takes its answer over, if any does."""

    id: str
    name: Text
    now: str = ""
