"""Whether a questionnaire can be used."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import Annotated

import typer

from workbook.cli.instruments import load


def check(
    file: Annotated[Path, typer.Argument(help="The TOML file with the questionnaire.")],
    language: Annotated[
        str | None, typer.Option(help="Check its translation too, such as de.")
    ] = None,
) -> None:
    """Say whether a questionnaire can be used, and if not, everything that is wrong with it.

    Ends with 0 if it can be used, else with 1. docs/writing-an-instrument.md explains the file.
    """
    instrument = load(file, language, code=1)
    typer.echo(
        f"{file.name}: {instrument.id} {instrument.version} can be used:"
        f" {len(instrument.items)} items, {len(instrument.scales)} scales,"
        f" {len(instrument.outcomes)} outcomes, fingerprint {instrument.fingerprint}."
    )
