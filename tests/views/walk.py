"""Finds widgets on the page, reads what they show, and acts on them as a browser does."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import ipywidgets as w

from workbook import Workbook
from workbook.page.telling import Phase
from workbook.page.views.files import Files
from workbook.page.views.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from xml.etree.ElementTree import Element as Drawn

    from workbook.page.state import State

ROOT = Path(__file__).parents[2]
FRIENDSHIP = ROOT / "data/friendship.toml"
CAR = ROOT / "data/examples/car.toml"
VOID = {"br", "hr", "img", "input"}


def walk(widget: w.Widget) -> Iterator[w.Widget]:
    """Yield a widget and all that stands in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from walk(child)


def find_all(
    widget: w.Widget, kind: type | None = None, css: str | None = None, key: str | None = None
) -> list[w.Widget]:
    """Return what is of ``kind``, has the class ``css``, and stands in the item ``key``."""
    roots = [r for r in walk(widget) if f"wb-k-{key}" in classes(r)] if key else [widget]
    return [
        found
        for root in roots
        for found in walk(root)
        if (kind is None or isinstance(found, kind)) and (css is None or css in classes(found))
    ]


def find(
    widget: w.Widget, kind: type | None = None, css: str | None = None, key: str | None = None
) -> w.Widget:
    """Return the one widget that fits."""
    found = find_all(widget, kind, css, key)
    assert len(found) == 1, f"{len(found)} widgets are {kind}, {css}, {key}"
    return found[0]


def classes(widget: w.Widget) -> tuple[str, ...]:
    return tuple(getattr(widget, "_dom_classes", ()))


def press(button: w.Widget) -> None:
    """Click as the browser does."""
    button._handle_custom_msg({"event": "click"}, [])  # noqa: SLF001  # as a message does


def enter(control: w.Widget, value: object) -> None:
    """Set a control's value as the browser does: of a list of options it sends the place."""
    if hasattr(control, "options"):
        place = None if value is None else [v for _, v in control.options].index(value)
        control.set_state({"index": place})
    else:
        control.set_state({"value": value})


def at_once(act: Callable[[], object]) -> None:
    """Act while a kernel runs: what waits for the hand to rest stays undone."""

    async def run() -> None:
        act()

    asyncio.run(run())


def tell(widget: w.Widget, content: object, *buffers: bytes) -> None:
    """Send a widget of our own a message as its script does."""
    widget._handle_custom_msg(content, [memoryview(b) for b in buffers])  # noqa: SLF001


@dataclass
class Element:
    """An HTML element: its name, its attributes, and what stands in it."""

    name: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text, without the tags."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    def all(self, name: str) -> list[Element]:
        """Return every element of this name, at any depth."""
        inner = [c for c in self.children if isinstance(c, Element)]
        return [e for c in inner for e in ([c] if c.name == name else []) + c.all(name)]

    def texts(self, name: str) -> list[str]:
        """Return the text of every element of this name."""
        return [e.text for e in self.all(name)]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {k: v or "" for k, v in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str | w.Widget) -> Element:
    """Return HTML as a tree; it must be well formed."""
    reader = _Reader()
    reader.feed(html if isinstance(html, str) else html.value)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].name}> is never closed"
    return reader.open[0]


def rows_of(html: str | w.Widget) -> list[list[str]]:
    """Return the cells of the table body."""
    body = read(html).all("tbody")[0]
    cells = [[c for c in row.children if isinstance(c, Element)] for row in body.all("tr")]
    return [[cell.text for cell in row] for row in cells]


class Pages:
    """A workbook with every part on the page, in the order of the notebook."""

    def __init__(
        self,
        path: Path = FRIENDSHIP,
        support: Path | None = None,
        *,
        skip: bool = True,
        **language: Any,
    ) -> None:
        self.book = Workbook(path, support, **language)
        self.state, self.instrument = self.book.state, self.book.instrument
        if skip:  # so that scores are shown at once
            self.state.tell(Phase.CLEAR, lambda: skip_signs(self.state))
        self.start = self.book.start()
        self.chapters = {c.id: self.book.chapter(c.id) for c in self.instrument.chapters}
        self.own, self.result, self.save = self.book.own(), self.book.result(), self.book.save()
        self.parts: Sequence[w.Widget] = (
            self.start,
            *self.chapters.values(),
            self.own,
            self.result,
            self.save,
            self.book.support(),
            self.book.close(),
        )

    @property
    def answers(self) -> dict[str, object]:
        return dict(self.state.answers)

    @property
    def panel(self) -> dict[str, Any]:
        """What the panel shows, as the browser was told."""
        return dict(find(self.start, Frame).panel)

    @property
    def files(self) -> w.Widget:
        return find(self.save, Files)

    @property
    def safety(self) -> w.Widget:
        """The calm page at the signs."""
        return next(found for part in self.parts for found in find_all(part, css="wb-safety"))

    def find(self, kind: type, key: str) -> w.Widget:
        """Return the control of this kind of an item."""
        return find(self.chapters[self.chapter_of(key)], kind, key=key)

    def frame(self, key: str) -> w.Widget:
        """Return what an item stands in."""
        return find(self.chapters[self.chapter_of(key)], css=f"wb-k-{key}")

    def chapter_of(self, key: str) -> str:
        none = key.removesuffix(".none")
        return none if none != key else self.instrument.by_id[key].chapter

    def chart(self, kind: str, number: int = 0) -> Shown:
        """Return a chart as it is shown: ``kind`` is scores, map or parts."""
        whole = find_all(self.result, css=f"wb-{kind}")[number]
        return Shown(find(whole, css="wb-drawing"), find(whole, css="wb-chart-text"))

    def htmls(self) -> list[str]:
        """Return every piece of HTML on the page."""
        return [h.value for part in self.parts for h in find_all(part, w.HTML)]


def skip_signs(state: State) -> None:
    """Leave all signs open knowingly, as a person can."""
    state.skip(*(sign.id for sign in state.instrument.signs))


@dataclass
class Shown:
    """A chart on the page: its drawing and its text."""

    drawing: w.Widget
    text: w.Widget

    def marks(self, css: str) -> list[Drawn]:
        """Return what is drawn with this class."""
        return marks(self.drawing.value, css)

    @property
    def bars(self) -> list[tuple[str, float, float, str]]:
        """Return each bar: its name, its length and the most it could be, and what is said of it.

        The longest possible one is 100 long.
        """
        found = []
        for row in drawn(self.drawing.value).iter("li"):
            whole, *inner = row.iter("rect")
            (said,) = row.iter("text")
            length = place(inner[0], "width") if inner else 0.0
            assert place(said) == length
            found.append((str(row[0].text), length, place(whole, "width"), str(said.text)))
        return found

    @property
    def sentence(self) -> str:
        return read(self.text).texts("p")[0]

    @property
    def rows(self) -> list[list[str]]:
        return rows_of(self.text)


def drawn(markup: str) -> Drawn:
    """Return a drawing as a tree; it must be well formed."""
    return ET.fromstring(f"<all>{markup}</all>")  # noqa: S314  # our own


def marks(markup: str, css: str) -> list[Drawn]:
    """Return what is drawn with this class."""
    return [e for e in drawn(markup).iter() if css in e.get("class", "").split()]


def place(mark: Drawn, name: str = "x") -> float:
    """Return a place or a length, 0 to 100."""
    return float(mark.attrib[name].removesuffix("%"))


def full(pages: Pages, rating: int = 5, sign: str = "no", **more: object) -> dict[str, object]:
    """Return an answer to everything that counts; ``more`` names items with _ for the dot."""
    answers: dict[str, object] = {}
    for item in pages.instrument.items:
        if item.kind == "rating":
            answers[item.id] = rating
        elif item.kind == "sign":
            answers[item.id] = sign
        elif item.listed:
            answers[item.id] = False
    return answers | {key.replace("_", ".", 1).replace("_", "-"): v for key, v in more.items()}
