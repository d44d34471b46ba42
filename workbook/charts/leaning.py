"""Which way a person leaned over time and how surely, and the steps that were planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from htpy import div, fragment, g, svg, text

from workbook.charts.drawing import HUES, Chart, Entry, Table, percent
from workbook.charts.lanes import Lane, draw_lanes, pieces
from workbook.charts.lines import Level, draw_line, spots_of
from workbook.charts.timeline import Axis
from workbook.reflection.choice import lean_item, sure_item
from workbook.reflection.history import History
from workbook.reflection.retelling import lean_text, say_lean, say_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from htpy import Element, Renderable

    from workbook.reflection.history import Point
    from workbook.text.words import Words

HUE = f"wb-hue-{HUES - 1}"


class LeanChart(Chart[History]):
    """A lane for each way that the person leaned to, and how sure they were as a line."""

    kind = "lean"

    def __init__(self, words: Words) -> None:
        self.title = words("chart.lean")
        self._words = words

    def draw(self, history: History) -> Renderable:
        """Return the lanes, and the line below."""
        axis, item = Axis(history), lean_item(history.instrument)
        there = {p.lean for p in history.points}
        options = [o for o in item.options if o.id in there] if item else []
        lanes = [Lane(o.text, HUE, pieces(history, axis, _leans(o.id))) for o in options]
        below, said = axis.draw(self._words), self.say(history)
        return fragment[draw_lanes(lanes, below, said), self._sureness(history, axis)]

    def _sureness(self, history: History, axis: Axis) -> Element | None:
        item = sure_item(history.instrument)
        if item is None or all(p.sure is None for p in history.points):
            return None
        low, high = item.min or 0, item.max or 0

        def level(point: Point) -> Level | None:
            place = None if point.sure is None else 100 * (point.sure - low) / (high - low)
            return None if place is None else Level(place, place, place)

        spots = spots_of(history, axis, level)
        last = next(p.sure for p in history.points[::-1] if p.sure is not None)
        edges = g(".wb-beside")[
            (text(y=percent(y))[self._words.number(n)] for y, n in ((100, low), (0, high)))
        ]
        return div(class_=f"wb-course wb-sureness {HUE}", aria_hidden="true")[
            div(".wb-up")[item.name, " ↑"],
            svg(".wb-plot.wb-low")[edges, draw_line(spots, self._words.number(last))],
        ]

    def say(self, history: History) -> str:
        """Return in one sentence what the drawing shows."""
        return say_lean(history, self._words)

    def table(self, history: History) -> Table:
        """Return the lean of every point, and how sure it was."""
        words, none = self._words, self._words("score.none")
        rows = tuple(
            (day, lean_text(p) or none, none if p.sure is None else words.number(p.sure))
            for p, day in history.days.items()
        )
        return Table(tuple(words(f"table.{h}") for h in ("day", "lean", "sure")), rows)


class StepsChart(Chart[History]):
    """A lane for each kind of step: outlined while it is planned, solid where it is done."""

    kind = "steps"

    def __init__(self, words: Words) -> None:
        self.title = words("chart.steps")
        self._words = words

    def draw(self, history: History) -> Renderable:
        """Return the lanes of what was planned at any time."""
        axis = Axis(history)
        items = {s.item.id: s.item for p in history.points for s in p.steps if s.done is not None}
        lanes = [
            Lane(i.name, HUE, pieces(history, axis, _is_done(i.id)))
            for i in history.instrument.items
            if i.id in items
        ]
        return draw_lanes(lanes, axis.draw(self._words), self.say(history))

    def say(self, history: History) -> str:
        """Return in one sentence what the drawing shows."""
        return say_steps(history, self._words)

    def table(self, history: History) -> Table:
        """Return every step of every point."""
        words = self._words
        days = history.days.items()
        rows = tuple(row for point, day in days for row in self._rows(point, day))
        return Table(tuple(words(f"table.{h}") for h in ("day", "about", "step", "done")), rows)

    def _rows(self, point: Point, day: str) -> Iterator[tuple[str, ...]]:
        for step in point.steps:
            done = "score.none" if step.done is None else f"history.done-{str(step.done).lower()}"
            yield day, step.item.name, step.text, self._words(done)

    def legend(self, _history: History) -> tuple[Entry, ...]:
        """Return what solid and outlined pieces are."""
        looks = (("true", "wb-ground-solid"), ("false", "wb-ground-hollow"))
        return tuple(
            Entry("", self._words(f"history.done-{code}"), f"{look} {HUE}") for code, look in looks
        )


def _leans(option: str) -> Callable[[Point], bool | None]:
    return lambda point: True if point.lean == option else None


def _is_done(item: str) -> Callable[[Point], bool | None]:
    return lambda point: next((s.done for s in point.steps if s.item.id == item), None)
