"""The workbook as a notebook uses it: one object, one short call for each part of the page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from htpy import h2
from traitlets import dlink

from workbook.instrument.loading import load_instrument
from workbook.instrument.support import load_support
from workbook.opening.start import IDLE_MINUTES, SHOWN
from workbook.page.past import Past
from workbook.page.sections import Sectioned, once
from workbook.page.state import State
from workbook.page.states import answer_pages
from workbook.page.together import speak_together
from workbook.page.views.about import back_view, before_view, closing_view, more_view, reset_view
from workbook.page.views.bundle import MessageBundle
from workbook.page.views.chapter import chapter_view
from workbook.page.views.fields import Fields
from workbook.page.views.files import Files
from workbook.page.views.frame import Frame
from workbook.page.views.greeting import greeting_view
from workbook.page.views.history import history_view
from workbook.page.views.journey import Journey
from workbook.page.views.keeping import Keeping
from workbook.page.views.link import Link
from workbook.page.views.own import OwnItems
from workbook.page.views.parts import box, html
from workbook.page.views.remember import Remember
from workbook.page.views.result import result_view
from workbook.page.views.summary import summary_view
from workbook.page.views.support import safety_view, support_view
from workbook.reflection.journey import HELP, HISTORY, RESULT, START, SUMMARY, SUPPORT
from workbook.text.errors import shorten
from workbook.text.words import chosen_language

if TYPE_CHECKING:
    import ipywidgets as w

    from workbook.text.words import Words


class Workbook(Sectioned):
    """An instrument as widgets. Every part of the page shows the same ``state``.

    Parameters
    ----------
    path
        The instrument file.
    support
        A file with support services, by default ``support.toml`` beside it, if there is one.
    language
        Asks for a translation of both ("de"), by default the one in the environment variable
        WORKBOOK_LANGUAGE, else the instrument's own.
    locale
        A folder with interface words, as in :func:`workbook.load_instrument`.
    leave_to
        The address, http or https, that takes the page's place when it is left fast, by default
        a well-known site.

    Raises
    ------
    InstrumentError
        With every fault of a file. ValueError for an address that cannot be left for.

    Notes
    -----
    Views set answers or show the assessment; none computes a score. ``state.answers`` and
    ``state.assessment`` are what :func:`workbook.assess` takes and returns; ``shown`` lists the
    ids of the chapters that were asked for, in that order.

    A section is made once: a cell that runs again shows the same widgets, and so do two cells. All
    of them go when nothing names the workbook any more, as after the first cell has run again, and
    another workbook shows something.

    Examples
    --------
    >>> from workbook import Workbook
    >>> book = Workbook("data/examples/car.toml")
    >>> part = book.chapter("them")  # a widget: the last line of a cell shows it
    >>> book.shown
    ['them']

    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        support: str | os.PathLike[str] | None = None,
        *,
        language: str | None = None,
        locale: str | os.PathLike[str] | None = None,
        leave_to: str | None = None,
    ) -> None:
        language = language or chosen_language()
        self.instrument = load_instrument(path, language, locale)
        self.words = self.instrument.words
        services = Path(support or Path(path).parent / "support.toml")
        self.support_services = load_support(services, language)
        speak_together()
        bundle = MessageBundle()
        self.state = State(self.instrument, bundle)
        self._fields = Fields(self.words)
        self.shown: list[str] = []
        self._leave_to = _checked(leave_to or self.words("frame.leave-to"), self.words)
        self._journey = Journey(self.state, self.words, self._help_title)
        self._keeping = Keeping(self.state)
        self._past = Past(self.state)
        self._files = Files(self.state, self._past, self.words, self._keeping)
        self._remember = Remember(self.state, self._past, self.words, self._keeping)
        answer_pages()
        self._begin(self.state)
        self._sections.aside = (bundle, self._fields, self._files, self._remember)

    @once
    def start(self, idle_minutes: float = IDLE_MINUTES) -> w.Widget:
        """Return the frame of the page and what is said before the first question.

        As a web app, the page asks after ``idle_minutes`` without any input whether somebody is
        there, and clears itself two minutes later; 0 means never. In JupyterLab it never does.
        """
        acts = {"save": self._files.save, "leave": self._remember.forget}
        frame = Frame(self.state, self.words, self._keeping, acts, self._leave_to)
        told = {"key": "key", "tried": "tried", "on": "remembers", "returned": "begun"}
        for source, target in told.items():
            dlink((self._remember, source), (frame, target))
        dlink((self._journey, "steps"), (frame, "steps"))
        opening = Files(self.state, self._past, self.words, self._keeping, first=True)
        opening.observe(lambda _: frame.set_trait("begun", True), "taken")  # noqa: FBT003
        link = Link(self.state, self.words, self._keeping, idle_minutes * 60)
        shown = SHOWN in os.environ
        said = [] if shown else [before_view(self.instrument, self.support_services)]
        rest = [] if shown else [more_view(self.instrument, idle_minutes)]
        back = back_view(self._remember, "" if shown else self.words("intro.returning"))
        greeting = greeting_view(self.state, self._past, self.words)
        parts = [back, *said, opening, greeting, *rest]
        first = self._journey.place(box(parts, "wb wb-start"), START)
        return box([frame, link, first])

    @once
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
        self._journey.place_chapter(view, chapter_id)
        if not any(sign.chapter == chapter_id for sign in self.instrument.signs):
            return view
        safety = safety_view(self.state, self.support_services, self.words)
        return box([view, self._journey.place(box([safety], "wb wb-help"), HELP)])

    @once
    def own(self) -> w.Widget:
        """Return the person's own items; empty where the instrument takes none."""
        if self.instrument.own is None:
            return box([])
        own = OwnItems(self.state, self.instrument.own, self.words)
        return self._journey.place_own(own.view)

    @once
    def result(self) -> w.Widget:
        """Return the result with its charts."""
        return self._journey.place(result_view(self.state, self.words), RESULT)

    @once
    def history(self) -> w.Widget:
        """Return how it went over time, once earlier check-ins are loaded there."""
        view = history_view(self.state, self._past, self.words, self._files)
        return self._journey.place(view, HISTORY)

    @once
    def summary(self) -> w.Widget:
        """Return the summary to take along or print."""
        view = summary_view(self.state, self.words, self.support_services)
        return self._journey.place(view, SUMMARY)

    @once
    def save(self) -> w.Widget:
        """Return the ways to save the answers, load or remember them, and start over."""
        head = html(h2[self.words("save.title")])
        over = reset_view(self.state, self.words)
        greeting = greeting_view(self.state, self._past, self.words)
        view = box([head, self._files, greeting, self._remember, over], "wb wb-save")
        return self._journey.place(view, SUMMARY)

    @once
    def support(self) -> w.Widget:
        """Return the people who can help; empty without support services."""
        if self.support_services is None:
            return box([])
        return self._journey.place(support_view(self.support_services, self.words), SUPPORT)

    @once
    def close(self) -> w.Widget:
        """Return the closing thought and the sources."""
        view = closing_view(self.instrument.about, self.words)
        return self._journey.place(view, SUMMARY)

    @property
    def _help_title(self) -> str:
        services = self.support_services
        return services.title if services else self.words("frame.support")


def _checked(address: str, words: Words) -> str:
    """Return an address that a page may be left for. Raises ValueError."""
    try:
        parts = urlsplit(address)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname)
    except (AttributeError, TypeError, ValueError):
        fine = False
    if not fine or any(c.isspace() or not c.isprintable() for c in address):
        raise ValueError(words("error.leave-to", address=shorten(address)))
    return address
