"""The commands. What comes of them goes to standard output, faults to the other."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import Annotated

import typer

from workbook.instrument.loading import load_instrument
from workbook.text.errors import InstrumentError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def workbook() -> None:
    """Questionnaires as data: see docs/writing-an-instrument.md."""


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="The TOML file with the questionnaire.")],
    language: Annotated[
        str | None, typer.Option(help="Check its translation too, such as de.")
    ] = None,
) -> None:
    """Say whether a questionnaire can be used, and if not, everything that is wrong with it.

    Ends with 0 if it can be used, else with 1.
    """
    try:
        instrument = load_instrument(file, language)
    except InstrumentError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(
        f"{file.name}: {instrument.id} {instrument.version} can be used:"
        f" {len(instrument.items)} items, {len(instrument.scales)} scales,"
        f" {len(instrument.outcomes)} outcomes, fingerprint {instrument.fingerprint}."
    )
