"""The questionnaire that a command is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from workbook.instrument.loading import load_instrument
from workbook.text.errors import InstrumentError
from workbook.text.words import load_words

if TYPE_CHECKING:
    from workbook.instrument.model import Instrument

UNUSABLE = 2  # what a command ends with that cannot do anything
SHIPPED = Path("data/friendship.toml")

Chosen: TypeAlias = Annotated[
    Path,
    typer.Option(
        "--instrument",
        metavar="TOML",
        help="The file with the questionnaire that the answers are to. The default is the one of"
        " this repository, if the command is run there.",
    ),
]


def chosen(file: Path, language: str | None = None) -> Instrument:
    """Return the questionnaire that answers are to; where there is none, say so and end."""
    if file == SHIPPED and not file.is_file():
        typer.echo(load_words()("many.no-instrument", file=file), err=True)
        raise typer.Exit(UNUSABLE)
    return load(file, language, code=UNUSABLE)


def load(file: Path, language: str | None, *, code: int) -> Instrument:
    """Return a questionnaire; where it cannot be used, say why and end with ``code``."""
    try:
        return load_instrument(file, language)
    except InstrumentError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(code) from None
