"""What is asked: chapters and the items in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from workbook.text.roles import Aside, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

KindName = Literal["rating", "check", "sign", "choice", "text"]
SIGN_ANSWERS = ("yes", "no", "not sure")
WORSE_SIGNS = ("no", "not sure", "yes")  # each worse than the one before


@dataclass(frozen=True)
class Chapter:
    """A part of the workbook under one heading.

    ``holds`` names what is made in it ("message", "boundaries", "choice"), which a gate may
    withhold. One that is not ``counted`` has no number. ``thanks`` stands at its end.
    """

    id: str
    title: Text
    intro: Text = ""
    holds: str = ""
    counted: bool = True
    thanks: Text = ""


@dataclass(frozen=True)
class Option:
    """One answer of a choice item, a sensible start where the outcome is one of ``start``.

    See :func:`offered` for ``only_with`` and ``not_with``.
    """

    id: str
    text: Text
    start: Aside[tuple[str, ...]] = ()
    only_with: Aside[tuple[str, ...]] = ()
    not_with: Aside[tuple[str, ...]] = ()


@dataclass(frozen=True)
class Item:
    """One thing a person can answer. ``min`` and ``max`` are set for ratings (whole numbers).

    ``if_more`` and ``if_less`` say what would be true with a higher and a lower answer: the end of
    a sentence that begins with "if". A box may belong to a ``theme``; ``meaning`` says what it
    would mean if it were so. ``back_to`` is the chapter to go back to when the answer is "no".
    ``when_high``, ``when_low`` and ``when_ticked`` say in a clause what such an answer says;
    ``stands`` is what a ticked box leaves standing when somebody steps away. A rating that is not
    ``scored`` counts nowhere. What is ``private`` is printed only when asked for.
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
    when_high: Text = ""
    when_low: Text = ""
    when_ticked: Text = ""
    stands: Text = ""
    scored: bool = True
    private: Aside[bool] = False

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


class Conditional(Protocol):
    """What is offered only with some boxes ticked, or not with others."""

    @property
    def only_with(self) -> tuple[str, ...]:
        """Boxes of which one has to be ticked, where there are any."""

    @property
    def not_with(self) -> tuple[str, ...]:
        """Boxes of which none may be ticked."""


def offered(entry: Conditional, answers: Mapping[str, object]) -> bool:
    """Return whether ``entry`` is offered to somebody who gave these answers."""
    here = not entry.only_with or any(answers.get(box) is True for box in entry.only_with)
    return here and not any(answers.get(box) is True for box in entry.not_with)
