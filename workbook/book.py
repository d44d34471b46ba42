"""The workbook as a notebook uses it: one object, one short call for each part of the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbook.loading import load_instrument
from workbook.state import State
from workbook.support import load_support
from workbook.views.about import closing_view, intro_view, reset_view
from workbook.views.chapter import chapter_view
from workbook.views.files import Files
from workbook.views.frame import Frame
from workbook.views.own import OwnItems
from workbook.views.parts import box, html, tag
from workbook.views.result import result_view
from workbook.views.summary import summary_view
from workbook.views.support import safety_view, support_view
from workbook.words import chosen_language

if TYPE_CHECKING:
    import os

    import ipywidgets as w


class Workbook:
    """An instrument as widgets. Every part shows the same ``state``.

    ``shown`` lists the ids of the chapters that were asked for, in that order.

    ``path`` is the instrument file; ``support`` one with support services, by default
    ``support.toml`` beside it, if there is one. ``language`` ("de") asks for a translation of both
    and ``locale`` for a folder with interface words, as in :func:`workbook.load_instrument`. By
    default the language is the one in the environment variable WORKBOOK_LANGUAGE, else the
    instrument's own. Raises InstrumentError.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        support: str | os.PathLike[str] | None = None,
        *,
        language: str | None = None,
        locale: str | os.PathLike[str] | None = None,
    ) -> None:
        language = language or chosen_language()
        self.instrument = load_instrument(path, language, locale)
        self.words = self.instrument.words
        services = Path(support or Path(path).parent / "support.toml")
        self.support_services = load_support(services, language)
        self.state = State(self.instrument)
        self.shown: list[str] = []
        self._files = Files(self.state, self.words)

    def start(self) -> w.Widget:
        """Return the frame of the page and what is said before the first question."""
        frame = Frame(self.state, self.words, self._files.save)
        title = self.instrument.title or self.instrument.id
        return box([frame, intro_view(self.instrument.about, title, self.words)])

    def chapter(self, chapter_id: str) -> w.Widget:
        """Return one chapter by its id; below signs, the calm page for when one is serious.

        Raises KeyError for an id that the instrument does not have.
        """
        chapters = {c.id: c for c in self.instrument.chapters}
        if chapter_id not in chapters:
            message = self.words("error.no-chapter", id=chapter_id, known=", ".join(chapters))
            raise KeyError(message)
        self.shown.append(chapter_id)
        view = chapter_view(self.state, chapters[chapter_id], self.words)
        if any(i.kind == "sign" for i in self.instrument.in_chapter(chapter_id)):
            safety = safety_view(self.state, self.support_services, self.words)
            view.children = (*view.children, safety)
        return view

    def own(self) -> w.Widget:
        """Return the person's own items; empty where the instrument takes none."""
        if self.instrument.own is None:
            return box([])
        return OwnItems(self.state, self.instrument.own, self.words).view

    def result(self) -> w.Widget:
        """Return the result with its charts."""
        return result_view(self.state, self.words)

    def summary(self) -> w.Widget:
        """Return the summary to take along or print."""
        return summary_view(self.state, self.words)

    def save(self) -> w.Widget:
        """Return the ways to save the answers, load saved ones, and start over."""
        head = html(tag("h2", self.words("save.title")))
        return box([head, self._files, reset_view(self.state, self.words)], "wb wb-save")

    def support(self) -> w.Widget:
        """Return the people who can help; empty without support services."""
        if self.support_services is None:
            return box([])
        return support_view(self.support_services, self.words)

    def close(self) -> w.Widget:
        """Return the closing thought and the sources."""
        return closing_view(self.instrument.about, self.words)
