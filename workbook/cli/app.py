"""The command line. What comes of a command goes to standard output, faults to the other."""

from __future__ import annotations

import typer

from workbook.cli.check import check
from workbook.cli.score import score
from workbook.cli.show import show

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(score)
app.command()(show)
app.command()(check)


@app.callback()
def workbook() -> None:
    """Scores answers to a questionnaire, shows a saved check-in, and checks a questionnaire.

    "COMMAND --help" says more of each.
    """
