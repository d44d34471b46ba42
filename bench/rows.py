"""What was measured, beside its floor, and whether that meets the target."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEAD = ("what", "ours", "floor", "compared", "target", "")


@dataclass(frozen=True)
class Row:
    """One measure. ``how`` says what the target (none: for information) is compared with.

    "ratio": ours / floor; "more": ours - floor; "alone": ours.
    """

    what: str
    unit: str
    ours: float
    floor: float | None = None
    how: Literal["ratio", "more", "alone"] = "ratio"
    target: float | None = None

    @property
    def compared(self) -> float:
        """What the target is for."""
        if self.floor is None or self.how == "alone":
            return self.ours
        return self.ours / self.floor if self.how == "ratio" else self.ours - self.floor

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        return None if self.target is None else self.compared <= self.target

    def cells(self) -> tuple[str, ...]:
        """Return the row as text."""
        met = {True: "met", False: "NOT MET", None: ""}[self.met]
        target = "" if self.target is None else f"<= {self._text(self.target)}"
        floor = "" if self.floor is None else f"{self.floor:.4g} {self.unit}"
        return (
            self.what,
            f"{self.ours:.4g} {self.unit}",
            floor,
            self._text(self.compared),
            target,
            met,
        )

    def _text(self, value: float) -> str:
        unit = {"ratio": "times", "more": f"{self.unit} more", "alone": self.unit}[self.how]
        return f"{value:.3g} {unit}"


def table(rows: Iterable[Row]) -> str:
    """Return rows as an aligned table."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def spread(name: str, values: Sequence[float], unit: str) -> str:
    """Return how far values lie apart, so that noise can be seen."""
    low, high = _middle(values)
    return (
        f"  {name}: median {statistics.median(values):.4g} {unit}, "
        f"middle half {low:.4g} to {high:.4g}, all {min(values):.4g} to {max(values):.4g} "
        f"({len(values)} times)"
    )


def middle_half(values: Sequence[float]) -> str:
    """Return the median, and in brackets between what the middle half of the values lies."""
    low, high = _middle(values)
    return f"{statistics.median(values):.1f} ({low:.1f} to {high:.1f})"


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """Return the quartiles; never beyond what was measured."""
    if len(values) == 1:
        return values[0], values[0]
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high
