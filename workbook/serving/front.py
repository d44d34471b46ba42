"""Which front end a page has, and what its own one finds in the document. See voila.json."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from workbook.opening.digest import WIDGETS, digest_of
from workbook.serving.internals import executor_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

CHOICE = "WORKBOOK_FRONT"  # the environment variable that says which
OWN, VOILA = "own", "voila"
FRONTS = (OWN, VOILA)
NAMES = ("model_name", "model_module", "model_module_version")  # as widgets and pages have them


def chosen_front(_: object = None) -> str:
    """Return which front end a page has: ``own`` or ``voila``. Raises SystemExit for another.

    A filter of the Voilà template.
    """
    front = os.environ.get(CHOICE) or OWN
    if front not in FRONTS:
        raise SystemExit(f"{CHOICE} is {front!r}; it can be: {', '.join(FRONTS)}")
    return front


def first_state(kernel_start: Callable[..., Any]) -> str:
    """Return the state of all widgets as JSON that may stand in a script of the document.

    A filter of the Voilà template, to be used after the last cell. Later changes are not in it: the
    page asks the kernel for them, unless ``digest`` says that there are none.
    """
    executor = executor_of(kernel_start)
    buffers = executor.widget_buffers
    states: dict[str, Any] = {}
    for widget, state in _each(executor.widget_state):
        states[widget] = {name: state[f"_{name}"] for name in NAMES} | {"state": state}
        if widget in buffers:
            states[widget]["buffers"] = list(buffers[widget].values())
    # Not the template's own filter: that sorts keys, by which widgets would change.
    told = {"state": states, "digest": digest_of(states.items())}
    return inside_script(json.dumps(told, ensure_ascii=False))


def _each(said: Mapping[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each widget's id and state, of those too that the kernel told of together."""
    states: dict[str, dict[str, Any]] = {}
    for name, content in said.items():
        parts = content if name.startswith(WIDGETS) else {name: content}
        for widget, state in parts.items():
            states[widget] = states.get(widget, {}) | state
    yield from ((name, state) for name, state in states.items() if "_model_name" in state)


def inside_script(text: str) -> str:
    """Return JSON in which nothing ends the script element that it stands in."""
    return text.replace("<", "\\u003c")
