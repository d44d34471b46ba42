"""Scores of many people, from files to one table."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.instruments import UNUSABLE, Chosen, chosen
from workbook.cli.telling import STREAM, Told, progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.instrument.model import Instrument
    from workbook.records.stream.parts import Reject

SOME_REFUSED = 1


def score(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILES|-",
            help="Check-ins, diaries, or tables with a row a person and a column an item; - for"
            " standard input. What a file is shows in its first row.",
        ),
    ],
    out: Annotated[
        str, typer.Option(metavar="CSV", help="Where the scores go; - for standard output.")
    ],
    instrument: Chosen = None,
    rejects: Annotated[
        str,
        typer.Option(
            metavar="CSV",
            help="Where everything goes that is not used: file, row, column and reason, never what"
            " stood there. Without it the first few are told.",
        ),
    ] = "",
) -> None:
    """Score the answers of any number of people.

    A table has the ids of items in its first row, as they stand in the questionnaire; its other
    columns pass through. The result has a row a person: file and row, the columns that pass
    through, for each score its value, the lowest and highest it could be, the number of answers and
    the band, then the outcome. A serious sign leaves the scores empty.

    A row with a wrong value is left out whole and named. A file in the place of CSV is replaced
    when all is read, and left as it is if anything goes wrong.

    Ends with 0 if all was scored, with 1 if something could not be used or the reader of standard
    output went away, with 2 if nothing could be read or the call makes no sense.

    Example: python -m workbook score answers.csv --out scores.csv --rejects rejects.csv
    """
    _check_places(files, out, rejects)
    told = Told((found := chosen(instrument)).words)
    try:
        scored, refused = _run(found, files, told, out, rejects)
    except BrokenPipeError:
        # nobody reads on; Python would complain once more when it closes the stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(SOME_REFUSED) from None
    except OSError as error:
        typer.echo(f"{error.filename or out}: {error.strerror or error}", err=True)
        raise typer.Exit(UNUSABLE) from None
    told.total(scored, refused)
    if not scored:
        raise typer.Exit(UNUSABLE)
    if refused:
        raise typer.Exit(SOME_REFUSED)


def _run(
    instrument: Instrument, files: Sequence[str], told: Told, out: str, rejects: str
) -> tuple[int, int]:
    """Return how many people were scored, and how many could not be."""
    # pandas and pyarrow take a second, which no other command need wait for
    from workbook.records.stream.scoring import Scoring, rejects_table  # noqa: PLC0415
    from workbook.records.stream.writing import writer_to  # noqa: PLC0415

    with ExitStack() as stack:
        listed = stack.enter_context(writer_to(rejects)) if rejects else None

        def refuse(found: Sequence[Reject]) -> None:
            told.refuse(found) if listed is None else listed.write(rejects_table(found))

        read = stack.enter_context(progress(files))
        scoring = Scoring(instrument, read, told.note, refuse)
        scoring.run(files, stack.enter_context(writer_to(out)))
        if listed and not scoring.refused:
            refuse(())  # a list of an earlier run must not stay
    return scoring.scored, scoring.refused


def _check_places(files: Sequence[str], out: str, rejects: str) -> None:
    """Refuse a call that would read standard input twice, or write over what it reads."""
    if files.count(STREAM) > 1:
        raise typer.BadParameter("- stands there twice; standard input can be read once.")
    written = [place for place in (out, rejects) if place and place != STREAM]
    if out == rejects or (len(written) > 1 and _is_same(*written)):
        raise typer.BadParameter("--out and --rejects are the same file.")
    for place in written:
        if Path(place).is_dir():
            raise typer.BadParameter(f"{place} is a folder.")
        if any(_is_same(place, name) for name in files if name != STREAM):
            raise typer.BadParameter(f"{place} is read; it would be lost. Name another file.")


def _is_same(one: str, other: str) -> bool:
    first, second = Path(one), Path(other)
    if first.exists() and second.exists():
        return first.samefile(second)
    return first.resolve() == second.resolve()
