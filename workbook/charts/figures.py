"""What all figures are made of. Colours are variables of the style sheet: light and dark follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import bqplot as bq

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.scoring.assessment import Assessment

HUES = ("var(--wb-ready)", "var(--wb-risk)", "var(--wb-third)")
BAND, RULE, INK, SOFT = "var(--wb-band)", "var(--wb-line)", "var(--wb-ink)", "var(--wb-soft)"
SMALL = {"font-size": "13px", "fill": SOFT}


@dataclass(frozen=True)
class Table:
    """The table that says what a chart shows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Entry:
    """A line of a legend: the mark as it stands in the figure, its meaning, the ground's colour."""

    mark: str
    text: str
    colour: str


class Chart(Protocol):
    """A figure that shows an assessment."""

    kind: str
    title: str
    figure: bq.Figure

    def show(self, assessment: Assessment) -> None:
        """Bring the marks up to date."""

    def show_ground(self, _assessment: Assessment) -> None:
        """Bring up to date what lies below the marks and seldom changes; after :meth:`show`."""
        return

    def say(self, assessment: Assessment) -> str:
        """Return in one sentence what the figure shows."""

    def table(self, assessment: Assessment) -> Table:
        """Return the figure's numbers."""

    def legend(self, _assessment: Assessment) -> tuple[Entry, ...]:
        """Return what short marks in the figure stand for."""
        return ()


def figure(marks: list[bq.Mark], axes: list[bq.Axis], height: int, left: int) -> bq.Figure:
    """Return a figure as wide as the text, on no ground of its own."""
    drawn = bq.Figure(
        marks=marks,
        axes=axes,
        display_toolbar=False,
        fig_margin={"top": 8, "bottom": 34, "left": left, "right": 16},
        min_aspect_ratio=0.2,
        max_aspect_ratio=20,
        background_style={"fill": "none"},
        padding_x=0,
        padding_y=0,
    )
    drawn.layout.height = f"{height}px"
    drawn.layout.width = "100%"
    drawn.add_class("wb-figure")
    return drawn


def axis(scale: bq.Scale, ticks: Sequence[float], **more: object) -> bq.Axis:
    """Return an axis with marks at ``ticks`` and no grid."""
    return bq.Axis(
        scale=scale,
        tick_values=list(ticks),
        tick_format=".0f",
        grid_lines="none",
        tick_style=SMALL,
        color=RULE,
        **more,
    )
