"""One check-in, or the newest of a diary, as text."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from workbook.cli.instruments import Chosen, chosen
from workbook.cli.telling import STREAM, line_of
from workbook.records.diary import read_diary
from workbook.records.stream.parts import Reject
from workbook.reflection.progress import progress_of
from workbook.reflection.sentences import headline, needs, say_score, short
from workbook.scoring.assessment import assess
from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.instrument.model import Instrument
    from workbook.records.checkin import Checkin
    from workbook.scoring.assessment import Assessment

UNREADABLE = 1
WIDTH = 88


def show(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="A check-in or a diary; - for standard input.")
    ],
    instrument: Chosen = None,
    language: Annotated[
        str | None, typer.Option(help="Of the text, such as de, where it is translated.")
    ] = None,
) -> None:
    """Say in words what a saved check-in comes to; of a diary the newest, and a list of all.

    The text is about one person: mind who sees the screen, and where it is kept.

    Ends with 0, with 1 if the file cannot be read, with 2 if the questionnaire cannot be used.

    Example: python -m workbook show data/examples/checkin.csv
    """
    found = chosen(instrument, language)
    try:
        data = sys.stdin.buffer.read() if file == STREAM else Path(file).read_bytes()
        checkins = read_diary(found, data)
    except CheckinError as error:
        _refuse(found, Reject(file, error.hushed, error.row, error.column or ""))
    except OSError as error:
        _refuse(found, Reject(file, found.words("many.unreadable", why=error.strerror)))
    for line in _lines(found, checkins):
        typer.echo(textwrap.fill(line, WIDTH))


def _refuse(instrument: Instrument, reject: Reject) -> NoReturn:
    typer.echo(line_of(reject, instrument.words), err=True)
    raise typer.Exit(UNREADABLE)


def _lines(instrument: Instrument, checkins: tuple[Checkin, ...]) -> Iterator[str]:
    *_, newest = checkins
    yield from _said(instrument, newest)
    if len(checkins) > 1:
        yield ""
        yield instrument.words("many.all")
        for checkin in checkins:
            said = short(assess(instrument, checkin.answers), instrument.words)
            yield instrument.words("many.one", when=_when(instrument, checkin), said=said)


def _said(instrument: Instrument, checkin: Checkin) -> Iterator[str]:
    """Yield what a check-in comes to: no score and no way to one where a sign withholds them."""
    words, a = instrument.words, assess(instrument, checkin.answers)
    yield _when(instrument, checkin)
    yield headline(a, words)
    if a.outcome is not None:
        yield instrument.outcome(a.outcome).text
    if "scores" not in a.withheld:
        yield from (say_score(s, a.scores[s.id], words) for s in instrument.scales)
        yield from _needed(instrument, a)
    if checkin.cut:
        yield words("many.cut-short")


def _needed(instrument: Instrument, assessment: Assessment) -> Iterator[str]:
    if assessment.status == "open":
        progress = progress_of(instrument, assessment.answers)
        yield from needs(instrument, progress, instrument.words)


def _when(instrument: Instrument, checkin: Checkin) -> str:
    words, saved = instrument.words, checkin.saved_at
    return words("many.when", date=words.date(saved.date()), time=words.time(saved.time()))
