"""How answers count: scales, caps, gates, and the rules that lead to outcomes."""

from __future__ import annotations

import math
from collections.abc import Mapping  # noqa: TC003  # read from the annotations when loading
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from workbook.text.roles import Aside, Text

WITHHOLDABLE = ("scores", "outcome", "message", "boundaries", "choice")
NOT_ENOUGH = "not-enough"
TOP = 100.0  # the highest score


@dataclass(frozen=True)
class Band:
    """A named part of 0..100: from the band before (or 0) up to, not including, ``below``."""

    id: str
    below: float | None = None
    text: Text = ""

    @property
    def name(self) -> str:
        """The text, or the id where none is given."""
        return self.text or self.id


@dataclass(frozen=True)
class ItemWeight:
    """How an item counts on a scale: by its ``weight`` in the mean, or by the points it adds.

    ``add`` are the points of a ticked box, or of a rating at its top, in proportion below.
    """

    id: str
    weight: int | None = None
    add: float | None = None
    reverse: bool = False
    reason: Aside[str] = ""


@dataclass(frozen=True)
class Requirement:
    """A score needs at least ``at_least`` answers among ``items``."""

    items: tuple[str, ...]
    at_least: int
    reason: Aside[str] = ""


@dataclass(frozen=True)
class Scale:
    """A score from 0 to 100 and the items that make it; ``better`` is its better end."""

    id: str
    bands: tuple[Band, ...]
    items: tuple[ItemWeight, ...]
    title: Text = ""
    better: str = ""
    min_answered: int = 1
    require: tuple[Requirement, ...] = ()
    reason: Aside[str] = ""
    bands_reason: Aside[str] = ""

    @property
    def name(self) -> str:
        """The title, or the id where none is given."""
        return self.title or self.id

    @cached_property
    def ratings(self) -> tuple[ItemWeight, ...]:
        """The ties that enter the weighted mean."""
        return tuple(t for t in self.items if t.add is None)

    @cached_property
    def adding(self) -> tuple[ItemWeight, ...]:
        """The ties that add points: boxes, and ratings that do not join the mean."""
        return tuple(t for t in self.items if t.add is not None)

    @cached_property
    def spans(self) -> tuple[tuple[Band, float, float], ...]:
        """Each band with where it begins and ends."""
        edges = (0.0, *(b.below or TOP for b in self.bands[:-1]), TOP)
        return tuple(zip(self.bands, edges[:-1], edges[1:], strict=True))

    def band(self, band_id: str) -> Band:
        """Return a band by id."""
        return next(b for b in self.bands if b.id == band_id)

    def band_at(self, value: float) -> Band:
        """Return the band that a score lies in, before caps and floors."""
        return next(b for b in self.bands if b.below is None or value < b.below)

    def span(self, band_id: str) -> tuple[float, float]:
        """Return where a band begins and ends, by id."""
        return next((start, end) for b, start, end in self.spans if b.id == band_id)


@dataclass(frozen=True)
class Cap:
    """Limits the band of ``scale`` while a rating is below ``below`` or above ``above``.

    A blank rating sets no cap.
    """

    scale: str
    item: str
    at_most: str
    below: int | None = None
    above: int | None = None
    text: Text = ""
    reason: Text = ""

    def holds(self, rating: float) -> bool:
        """Return whether a rating is beyond the line."""
        return bool(beyond(rating, *self.line))

    @property
    def line(self) -> tuple[float, float]:
        """Below and above which numbers it holds; infinite where it never does."""
        return _ends(self.below, self.above)


@dataclass(frozen=True)
class Floor:
    """Holds the band of ``scale`` up while a rating is below ``below`` or above ``above``.

    Instead of an ``item``, ``own`` may name a side of own items: the floor then holds while rating
    times weight of one of them is beyond the line. What is blank sets no floor.
    """

    scale: str
    at_least: str
    item: str = ""
    own: str = ""
    below: int | None = None
    above: int | None = None
    text: Text = ""
    reason: Text = ""

    def holds(self, rating: float) -> bool:
        """Return whether a rating is beyond the line."""
        return bool(beyond(rating, *self.line))

    @property
    def line(self) -> tuple[float, float]:
        """Below and above which numbers it holds; infinite where it never does."""
        return _ends(self.below, self.above)


def _ends(below: int | None, above: int | None) -> tuple[float, float]:
    return -math.inf if below is None else below, math.inf if above is None else above


def beyond(values: Any, below: Any, above: Any) -> Any:
    """Return where values are beyond their lines, below the one or above the other; NaN is not."""
    return (values < below) | (values > above)


@dataclass(frozen=True)
class Gate:
    """A rule over signs that comes before the rule table: the first that applies wins.

    It applies when ``at_least`` of ``items`` are answered ``when`` ("blank" for not answered) and,
    if ``instead_of`` is given, the rule table says one of these outcomes. One that ``opens`` shows
    the page with people who help.
    """

    id: str
    items: tuple[str, ...]
    when: str
    outcome: str
    at_least: int = 1
    instead_of: tuple[str, ...] = ()
    withhold: tuple[str, ...] = ()
    opens: bool = False
    text: Text = ""
    reason: Text = ""


@dataclass(frozen=True)
class Rule:
    """A row of the rule table: bands by scale (a scale left out: any band) to an outcome."""

    outcome: str
    id: str = ""
    when: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    reason: Text = ""

    def fits(self, case: Mapping[str, str]) -> bool:
        """Return whether it fires for a band of each scale (scale id to band id)."""
        return all(case[scale] in bands for scale, bands in self.when.items())


@dataclass(frozen=True)
class Outcome:
    """A result that answers can line up with. ``short`` fits a phone's bar.

    Outcomes stand in the file from closest to furthest; one that is not ``ordered`` stands outside.
    """

    id: str
    title: Text
    short: Text = ""
    text: Text = ""
    ordered: bool = True

    @property
    def name(self) -> str:
        """The short title, or the title where none is given."""
        return self.short or self.title
