"""What all charts are made of. They are HTML and SVG, and know no widget, no script, no server."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from htpy import fragment
from markupsafe import escape

if TYPE_CHECKING:
    from htpy import Node, Renderable
    from markupsafe import Markup

    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Scale

HUES = 3  # of scores: hue-0 to hue-2 in drawing.css


@dataclass(frozen=True)
class Table:
    """The table that says what a chart shows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Entry:
    """A line of a legend: the mark as it stands in the drawing, its meaning, the ground's class."""

    mark: str
    text: str
    ground: str


# What is drawn: an assessment, or a history.
Shown_contra = TypeVar("Shown_contra", contravariant=True)


class Chart(Protocol[Shown_contra]):
    """A way to draw something."""

    kind: str
    title: str

    def draw(self, shown: Shown_contra, /) -> Renderable:
        """Return the drawing; whoever does not see it is told the sentence."""

    def say(self, shown: Shown_contra, /) -> str:
        """Return in one sentence what the drawing shows."""

    def table(self, shown: Shown_contra, /) -> Table:
        """Return the drawing's numbers."""

    def legend(self, _shown: Shown_contra, /) -> tuple[Entry, ...]:
        """Return what short marks in the drawing stand for."""
        return ()


def markup(*content: Node) -> Markup:
    """Return elements and texts as one piece of HTML, made for good; texts are escaped."""
    return escape(fragment[content])


def percent(part: float) -> str:
    """Return a length or a place, 0 to 100, as SVG and CSS take it."""
    return f"{round(part, 2):g}%"


def hue_of(instrument: Instrument, scale: Scale) -> str:
    """Return the class that gives a score its colour."""
    return f"wb-hue-{instrument.scales.index(scale) % HUES}"


@cache
def drawing_style() -> str:
    """Return the look of the drawings, as CSS. Its colours are variables of the palette."""
    return Path(__file__).with_name("drawing.css").read_text(encoding="utf-8")
