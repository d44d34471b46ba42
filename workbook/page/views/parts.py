"""Small pieces that all views are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import ipywidgets as w
from htpy import (
    Node,
    b,
    button,
    details,
    li,
    p,
    span,
    summary,
    ul,
)
from markupsafe import Markup

from workbook.charts import markup
from workbook.page.internals import classes_of, with_classes
from workbook.page.views.alone import template
from workbook.page.views.bundle import Carried

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from htpy import Element

    from workbook.charts import Chart, Entry
    from workbook.instrument.items import Item
    from workbook.text.words import Words

Shown = TypeVar("Shown")

# One layout and one style for all widgets of a kind: each model of its own costs time to load. They
# are made when they are first asked for: at import there may be no kernel yet to tell the page.
_shared: dict[type[w.Widget], w.Widget] = {}


def plain() -> w.Layout:
    """Return the layout of all widgets."""
    return _once(w.Layout, w.Layout)


def style_of(kind: type[w.DOMWidget]) -> w.Widget:
    """Return the style of all widgets of this kind; none of them is made: it would be sent too."""
    return _once(kind, kind.style.klass)


def _once(kind: type[w.Widget], make: type[w.Widget]) -> w.Widget:
    found = _shared.get(kind)
    if found is None or found.comm is None:  # not there yet, or closed with all other widgets
        found = _shared[kind] = make()
    return found


def shared() -> set[w.Widget]:
    """Return the layout and the styles that are there."""
    return {*_shared.values()}


def paragraphs(texts: Iterable[str], classes: str = "") -> Node:
    """Return a paragraph for each text."""
    return [p(class_=classes or None)[text] for text in texts]


def table_of(head: Sequence[str], rows: Iterable[Sequence[str]], title: str) -> Markup:
    """Return a table; the first cell of a row is its heading. It may have thousands of rows."""
    made = template("table.html.j2").render(head=head, rows=rows, title=title)
    return Markup(made)  # noqa: S704  # escaped there


def legend_of(entries: Iterable[Entry]) -> Node:
    """Return what the marks of a chart stand for, as a list."""
    lines = [li[b(class_=e.ground)[e.mark], " ", e.text] for e in entries]
    return lines and ul(".wb-legend")[lines]


def chart_text(chart: Chart[Shown], shown: Shown, words: Words) -> Node:
    """Return what says the same as a drawing.

    Its sentence is what those are told who do not see it, so it is not read out again here.
    """
    data = chart.table(shown)
    said = [legend_of(chart.legend(shown)), p(aria_hidden="true")[chart.say(shown)]]
    return [said, opening(words("chart.table"), table_of(data.head, data.rows, chart.title))]


def opening(title: str, content: Node) -> Element:
    """Return a part of the page that opens on request."""
    return details[summary[title], content]


class Html(Carried, w.HTML):
    """A piece of HTML."""


def html(content: Node = "", classes: str = "") -> w.HTML:
    """Return an HTML widget; a text is escaped unless it is Markup."""
    return Html(markup(content), layout=plain(), style=style_of(w.HTML), **with_classes(classes))


def heading(item: Item) -> w.HTML:
    """Return an item's text and hint."""
    return html([p(".wb-q")[item.text], item.hint and p(".wb-hint")[item.hint]])


class Box(Carried, w.VBox):
    """Widgets one below the other. Its ``repr`` goes into notebook files: it tells no answer."""

    def __repr__(self) -> str:
        return "Box()"


def box(children: Sequence[w.Widget], classes: str = "") -> w.VBox:
    """Return widgets one below the other."""
    return Box(list(children), layout=plain(), **with_classes(classes))


def press(text: str, classes: str = "", tip: str | None = None) -> w.Button:
    """Return a button; ``tip`` says what it is about where its text does not."""
    look = {"layout": plain(), "style": style_of(w.Button), **with_classes(classes)}
    return w.Button(description=text, tooltip=tip, **look)


def way_to(text: str, *names: str) -> Element:
    """Return a button that leads to the part of the page with these classes."""
    goal = "".join("." + name.replace(".", "\\.") for name in names)  # else a dot begins a class
    return button(".wb-link", type="button", data_wb_goto=goal)[span[text]]


def key_class(key: str) -> str:
    """Return the class by which the page finds the question of an answer key."""
    return f"wb-k-{key}"


def switch_class(widget: w.DOMWidget, name: str, *, on: bool) -> None:
    """Give the widget a class or take it away; the same again sends nothing."""
    if on != (name in classes_of(widget)):
        (widget.add_class if on else widget.remove_class)(name)
