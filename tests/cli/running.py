"""The command line, run within the test: quicker than a process each."""

import csv
import io
from pathlib import Path

from typer.testing import CliRunner, Result

from workbook.cli.app import app

DATA = Path(__file__).parents[2] / "data"
SHIPPED = str(DATA / "friendship.toml")


def run(*words: object, given: bytes = b"") -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=given)


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
