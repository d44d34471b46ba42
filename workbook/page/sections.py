"""Each section of a workbook is made once, and goes when nothing names the workbook any more.

So a notebook may run its cells as often as it likes: the page has no widget more after that, and
nobody is told twice.
"""

from __future__ import annotations

import functools
import weakref
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from ipywidgets import Widget

from workbook.page.views.parts import shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from workbook.page.state import State

Given = ParamSpec("Given")
Owner = TypeVar("Owner", bound="Sectioned")

_left: list[Sections] = []  # of workbooks that nothing names any more


class Sections:
    """What has been made for a workbook: it outlives the workbook, for as long as it is shown."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.made: dict[object, Widget] = {}
        self.aside: tuple[Widget, ...] = ()

    def let_go(self) -> None:
        """Close all widgets, and forget the answers."""
        self.state.let_go()
        for widget in list(_within([*self.made.values(), *self.aside])):
            widget.close()


class Sectioned:
    """Something with sections. Its widgets close once another one shows a section after its end.

    Not before: ``Workbook(...).chapter("why")`` shows a chapter of a workbook without a name.
    """

    def _begin(self, state: State) -> None:
        self._sections = Sections(state)
        weakref.finalize(self, _left.append, self._sections).atexit = False


def once(
    make: Callable[Concatenate[Owner, Given], Widget],
) -> Callable[Concatenate[Owner, Given], Widget]:
    """Let ``make`` make a section once: asked again, it gives the same widget.

    Two cells then show the same section, and both follow.
    """

    @functools.wraps(make)
    def section(self: Owner, /, *args: Given.args, **given: Given.kwargs) -> Widget:
        while _left:
            _left.pop().let_go()
        key = (make.__name__, args, tuple(sorted(given.items())))
        made = self._sections.made
        if key not in made:
            made[key] = make(self, *args, **given)
        return made[key]

    return section


def _within(widgets: Iterable[Any], found: set[Widget] | None = None) -> Iterator[Widget]:
    """Yield widgets and all that they are made of, each once, but not what all workbooks share."""
    found = shared() if found is None else found
    for widget in widgets:
        if isinstance(widget, list | tuple):
            yield from _within(widget, found)
        elif isinstance(widget, Widget) and widget not in found:
            found.add(widget)
            yield from _within([getattr(widget, name) for name in widget.keys], found)
            yield widget
