"""What the answers lined up with over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.drawing import Chart, Entry, Table
from workbook.charts.lanes import Lane, draw_lanes, pieces
from workbook.charts.map import TINTS
from workbook.charts.timeline import Axis
from workbook.reflection.history import History
from workbook.reflection.retelling import say_outcomes

if TYPE_CHECKING:
    from collections.abc import Callable

    from htpy import Renderable

    from workbook.reflection.history import Point
    from workbook.text.words import Words


class RibbonChart(Chart[History]):
    """The outcomes as a ribbon: a lane for each, solid where nothing open could change it."""

    kind = "ribbon"

    def __init__(self, words: Words) -> None:
        self.title = words("chart.ribbon")
        self._words = words

    def draw(self, history: History) -> Renderable:
        """Return a lane for each outcome that there was."""
        axis, there = Axis(history), {p.outcome for p in history.points}
        lanes = [
            Lane(o.name, f"wb-tint-{n % TINTS}", pieces(history, axis, _state(o.id)))
            for n, o in enumerate(history.instrument.outcomes)
            if o.id in there
        ]
        return draw_lanes(lanes, axis.draw(self._words), self.say(history))

    def say(self, history: History) -> str:
        """Return in one sentence what the drawing shows."""
        return say_outcomes(history, self._words)

    def table(self, history: History) -> Table:
        """Return the outcome of every point; its version too where they are not all today's."""
        words, older = self._words, bool(history.older)
        names = {o.id: o.title for o in history.instrument.outcomes}
        none = words("score.none")
        rows = []
        for point, day in history.days.items():
            status = words(f"status.{point.status}") if point.status else none
            row = (day, names.get(str(point.outcome), none), status)
            rows.append((*row, point.version or none) if older else row)
        head = ("day", "outcome", "firm", *(["version"] if older else []))
        return Table(tuple(words(f"table.{h}") for h in head), tuple(rows))

    def legend(self, history: History) -> tuple[Entry, ...]:
        """Return what solid and outlined pieces are, where there are any."""
        there = {p.status for p in history.points}
        looks = (("settled", "wb-ground-solid"), ("leaning", "wb-ground-hollow"))
        return tuple(Entry("", self._words(f"ribbon.{s}"), g) for s, g in looks if s in there)


def _state(outcome: str) -> Callable[[Point], bool | None]:
    def state(point: Point) -> bool | None:
        return point.status == "settled" if point.outcome == outcome else None

    return state
