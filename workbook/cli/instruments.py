"""The questionnaire that a command is about."""

from __future__ import annotations

import contextlib
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from workbook.instrument.loading import load_instrument
from workbook.text.errors import InstrumentError
from workbook.text.words import load_words

if TYPE_CHECKING:
    from workbook.instrument.model import Instrument

UNUSABLE = 2  # what a command ends with that cannot do anything
FOLDER = Path("data")  # where a repository like this one keeps its questionnaire

Chosen: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--instrument",
        metavar="TOML",
        help="The file with the questionnaire that the answers are to. The default is the one in"
        " the folder data, if the command is run above it.",
    ),
]


def chosen(file: Path | None, language: str | None = None) -> Instrument:
    """Return the questionnaire that answers are to; where none is to be found, say so and end."""
    there = [file] if file else [found for found in sorted(FOLDER.glob("*.toml")) if _asks(found)]
    if len(there) != 1:
        typer.echo(load_words()("many.no-instrument", folder=FOLDER), err=True)
        raise typer.Exit(UNUSABLE)
    return load(there[0], language, code=UNUSABLE)


def _asks(file: Path) -> bool:
    """Return whether a file holds questions of its own: neither services nor a translation."""
    with contextlib.suppress(OSError, ValueError):
        items = tomllib.loads(file.read_text(encoding="utf-8")).get("item")
        return isinstance(items, list) and len(file.suffixes) == 1
    return False


def load(file: Path, language: str | None, *, code: int) -> Instrument:
    """Return a questionnaire; where it cannot be used, say why and end with ``code``."""
    try:
        return load_instrument(file, language)
    except InstrumentError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(code) from None
