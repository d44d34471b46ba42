"""What is asked: chapters and the items in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workbook.text.roles import Aside, Text

KindName = Literal["rating", "check", "sign", "choice", "text"]
SIGN_ANSWERS = ("yes", "no", "not sure")


@dataclass(frozen=True)
class Chapter:
    """A part of the workbook under one heading.

    ``holds`` names what is made in it ("message", "boundaries"), which a gate may withhold. One
    that is not ``counted`` has no number.
    """

    id: str
    title: Text
    intro: Text = ""
    holds: str = ""
    counted: bool = True


@dataclass(frozen=True)
class Option:
    """One answer of a choice item, a sensible start where the outcome is one of ``start``."""

    id: str
    text: Text
    start: Aside[tuple[str, ...]] = ()


@dataclass(frozen=True)
class Item:
    """One thing a person can answer. ``min`` and ``max`` are set for ratings (whole numbers).

    ``if_more`` and ``if_less`` say what would be true with a higher and a lower answer: the end of
    a sentence that begins with "if". A box may belong to a ``theme``; ``meaning`` says what it
    would mean if it were so. ``back_to`` is the chapter to go back to when the answer is "no".
    """

    id: str
    kind: KindName
    text: Text
    chapter: str = ""
    source: str = ""
    label: Text = ""
    hint: Text = ""
    min: int | None = None
    max: int | None = None
    min_label: Text = ""
    max_label: Text = ""
    options: tuple[Option, ...] = ()
    alone: bool = False
    placeholder: Text = ""
    rows: Aside[int] = 1
    if_more: Text = ""
    if_less: Text = ""
    theme: str = ""
    meaning: Text = ""
    back_to: str = ""

    @property
    def name(self) -> str:
        """Short name for charts and tables."""
        return self.label or self.text

    @property
    def point(self) -> str:
        """What the item is about; items of one point stand together on the page."""
        return self.source if self.source and not self.back_to else self.id

    @property
    def listed(self) -> bool:
        """Whether it is a box of its chapter's checklist."""
        return self.kind == "check" and not self.alone
