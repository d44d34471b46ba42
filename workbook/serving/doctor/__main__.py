"""``python -m workbook.serving.doctor [URL]``, to be run in the folder of the workbook."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from voila.app import Voila

from workbook.serving.doctor.findings import Finding, Weight, end
from workbook.serving.doctor.holding import Settings
from workbook.serving.doctor.public import address_findings
from workbook.serving.doctor.sources import OURS, settings_of
from workbook.serving.doctor.starting import findings_here
from workbook.serving.memory import places_for_all_memory

LABELS = {Weight.REMARK: "Note: ", Weight.FAULT: "", Weight.END: ""}


def doctor(
    given: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[URL] [OPTIONS OF VOILA]",
            help="The address that visitors use; and what Voilà is started with, such as"
            " --Visitors.hosts=notes.example.",
        ),
    ] = None,
) -> None:
    """Say what keeps the workbook from being served well, and what to do, a line each.

    With an address it visits the page there too: that takes two places for a moment, and asks no
    other address. Ends with 1 if something does not work or a promise is not kept, else with 0.
    """
    options = [word for word in given or [] if word.startswith("-")]
    addresses = [word for word in given or [] if not word.startswith("-")]
    for address in addresses:
        if urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).hostname:
            raise typer.BadParameter(f"{address!r} is no address; one is https://notes.example/")
    found, headers = look_here(options)
    for address in addresses:
        typer.echo(f"Visiting {address}: that takes two places for a moment.", err=True)
        found += asyncio.run(address_findings(address, headers))
    for finding in dict.fromkeys(found):
        typer.echo(LABELS[finding.weight] + finding.sentence)
    if not found:
        typer.echo("Nothing found.")
    if any(finding.weight > Weight.REMARK for finding in found):
        raise typer.Exit(1)


def look_here(options: list[str]) -> tuple[list[Finding], dict[str, str]]:
    """Return what is found on this machine, and the headers of every answer; nothing is started."""
    if not Path(OURS).is_file():
        return [
            end(
                f"There is no {OURS} in {Path.cwd()}, and Voilà started here would serve every file"
                " to anybody: start it, and this, in the folder of the workbook."
            )
        ], {}
    voila: Any = Voila()
    if unreadable := settings_of(voila)[1]:
        return unreadable, {}
    try:
        voila.initialize(options)
    except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever Voilà makes of settings
        why = " ".join(str(error).split()) if isinstance(error, Exception) else "see above"
        return [end(f"Voilà does not start with this: {why}")], {}
    settings = Settings(voila, settings_of(voila)[0])
    places = settings.held("BoundedKernels", "max_kernels").value or places_for_all_memory()
    headers = settings.held("Voila", "tornado_settings").value.get("headers", {})
    return [*findings_here(voila, places, sys.path[1:])], headers


app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command(context_settings={"ignore_unknown_options": True})(doctor)

if __name__ == "__main__":
    app()
