"""Named bars from the left, each with its number at its end, over the length it could have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from htpy import div, li, rect, span, svg, text, ul

from workbook.charts.drawing import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from htpy import Element


@dataclass(frozen=True)
class Bar:
    """A bar: its ``length`` (None: open) of the ``most`` it could be, and what is said of it."""

    name: str
    length: float | None
    most: float
    said: str


def draw_bars(bars: Sequence[Bar], hue: str, sentence: str) -> Element:
    """Return bars below each other, the longest possible one as wide as there is room."""
    full = max((bar.most for bar in bars), default=0) or 1
    return div(role="img", aria_label=sentence)[
        ul(class_=f"wb-bars {hue}")[(_draw(bar, 100 / full) for bar in bars)]
    ]


def _draw(bar: Bar, scale: float) -> Element:
    most, length = percent(bar.most * scale), percent((bar.length or 0) * scale)
    whole = rect(".wb-blank", width=most) if bar.length is None else rect(width=most)
    drawn = None if bar.length is None else rect(width=length)
    return li[span[bar.name], svg[whole, drawn, text(x=length)[bar.said]]]
