"""Which front end a page has, and what its own one finds in the document. See voila.json."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from workbook.opening.digest import WIDGETS, digest_of
from workbook.serving.internals import executor_of

if TYPE_CHECKING:
    from collections.abc import Callable

CHOICE = "WORKBOOK_FRONT"  # the environment variable that says which
OWN, VOILA = "own", "voila"
FRONTS = (OWN, VOILA)


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
    said = executor.widget_state
    for together in [said.pop(name) for name in [*said] if name.startswith(WIDGETS)]:
        for widget, state in together.items():
            said.setdefault(widget, {}).update(state)
    executor.set_widgets_metadata()
    found: dict[str, Any] = next(
        iter(executor.nb.metadata.get("widgets", {}).values()), {"state": {}}
    )
    # Not the template's own filter: that sorts keys, by which widgets would change.
    told = found | {"digest": digest_of(found["state"].items())}
    return inside_script(json.dumps(told, ensure_ascii=False))


def inside_script(text: str) -> str:
    """Return JSON in which nothing ends the script element that it stands in."""
    return text.replace("<", "\\u003c")
