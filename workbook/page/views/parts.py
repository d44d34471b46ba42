"""Small pieces that all views are made of."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

from workbook.page.internals import classes_of
from workbook.text.markup import raw_tag, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbook.charts import Entry
    from workbook.instrument.items import Item

# One layout and one style for all plain widgets: each model of its own costs the page time to load.
PLAIN = w.Layout()
TEXT_STYLE = w.HTML().style


def table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """Return an HTML table, all cells escaped; the first cell of a row is its heading."""
    top = raw_tag("tr", "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head))
    body = "".join(
        raw_tag(
            "tr",
            f'<th scope="row">{escape(first)}</th>' + "".join(tag("td", c) for c in rest),
        )
        for first, *rest in rows
    )
    caption = tag("caption", caption)
    return raw_tag("table", caption + raw_tag("thead", top) + raw_tag("tbody", body))


def legend(entries: Iterable[Entry]) -> str:
    """Return what the marks of a chart stand for, as an HTML list."""
    lines = "".join(
        f'<li><b style="background: {escape(e.colour)}">{escape(e.mark)}</b> {escape(e.text)}</li>'
        for e in entries
    )
    return raw_tag("ul", lines, "wb-legend") if lines else ""


def html(value: str = "", classes: str = "") -> w.HTML:
    """Return an HTML widget; ``value`` must be escaped already."""
    widget = w.HTML(value, layout=PLAIN, style=TEXT_STYLE)
    for name in classes.split():
        widget.add_class(name)
    return widget


def heading(item: Item) -> w.HTML:
    """Return an item's text and hint."""
    hint = tag("p", item.hint, "wb-hint") if item.hint else ""
    return html(tag("p", item.text, "wb-q") + hint)


class Box(w.VBox):
    """Widgets one below the other. Its ``repr`` goes into notebook files: it tells no answer."""

    def __repr__(self) -> str:
        return "Box()"


def box(children: Sequence[w.Widget], classes: str = "") -> w.VBox:
    """Return widgets one below the other."""
    widget = Box(list(children), layout=PLAIN)
    for name in classes.split():
        widget.add_class(name)
    return widget


def button(text: str, classes: str = "") -> w.Button:
    """Return a button."""
    widget = w.Button(description=text, layout=PLAIN)
    for name in classes.split():
        widget.add_class(name)
    return widget


def key_class(key: str) -> str:
    """Return the class by which the page finds the question of an answer key."""
    return f"wb-k-{key}"


def switch_class(widget: w.DOMWidget, name: str, *, on: bool) -> None:
    """Give the widget a class or take it away; the same again sends nothing."""
    if on != (name in classes_of(widget)):
        (widget.add_class if on else widget.remove_class)(name)
