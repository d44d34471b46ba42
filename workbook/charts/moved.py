"""What moved most since last time, item by item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from htpy import b, div, li, path, rect, span, svg, ul
from htpy import line as stroke

from workbook.charts.drawing import Chart, Table, percent
from workbook.reflection.history import History
from workbook.reflection.moves import last_moved
from workbook.reflection.retelling import say_answer, say_moved, say_share
from workbook.reflection.sentences import part_name

if TYPE_CHECKING:
    from htpy import Element, Renderable

    from workbook.reflection.moves import Change, Moved
    from workbook.text.words import Words

MOST = 8  # moves that are drawn


class MovedChart(Chart[History]):
    """How far each answer moved within its range, to the right for upwards."""

    kind = "moved"

    def __init__(self, words: Words) -> None:
        self.title = words("chart.moved")
        self._words = words

    def draw(self, history: History) -> Renderable:
        """Return an arrow for each of the answers that moved most."""
        moved = last_moved(history)
        changes = moved.changes[:MOST] if moved else ()
        rows = [_draw(moved, change, self._words) for change in changes if moved]
        return div(role="img", aria_label=self.say(history))[rows and ul(".wb-moves")[rows]]

    def say(self, history: History) -> str:
        """Return in one sentence what the drawing shows."""
        return say_moved(last_moved(history), self._words)

    def table(self, history: History) -> Table:
        """Return every move: what was answered before and after, and how far that is."""
        words, moved = self._words, last_moved(history)
        changes = (*moved.changes, *moved.ticked) if moved else ()
        rows = tuple(
            (*_named(moved, c, words), say_share(moved, c, words)) for c in changes if moved
        )
        return Table(tuple(words(f"table.{h}") for h in ("item", "before", "after", "share")), rows)


def _named(moved: Moved, change: Change, words: Words) -> tuple[str, str, str]:
    """Return the name of what moved, and how it was answered before and after."""
    after = moved.after.assessment
    answers = (change.before, change.after)
    told = (say_answer(after.instrument, change.item, answer, words) for answer in answers)
    before, now = told
    return part_name(after, change.item), before, now


def _draw(moved: Moved, change: Change, words: Words) -> Element:
    name, before, after = _named(moved, change, words)
    tip = 50 + 50 * change.share
    start, end = min(50.0, tip), max(50.0, tip)
    head = "M0 -7l9 7l-9 7z" if change.share > 0 else "M0 -7l-9 7l9 7z"
    return li[
        span[name, " ", b[words("moved.pair", before=before, after=after)]],
        svg[
            rect(".wb-move-track"),
            rect(".wb-far", x=percent(start), width=percent(end - start)),
            svg(".wb-tip", x=percent(tip), y="50%")[path(d=head)],
            stroke(".wb-middle", x1="50%", x2="50%", y1="0", y2="100%"),
        ],
    ]
