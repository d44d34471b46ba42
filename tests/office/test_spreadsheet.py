"""A saved file in a real spreadsheet: every cell is what was typed, and none of it is a formula."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from workbook import load_instrument, write_checkin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.office

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
LIKE_FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    '=HYPERLINK("https://example.org";"here")',
    "=cmd|' /C calc'!A0",
    "\N{FULLWIDTH EQUALS SIGN}1+1",
    '";=1+1;"',
    ",=1+1,",
)


def opened(text: str, folder: Path) -> ET.Element:
    """Let LibreOffice open a CSV file as it does by itself, and return what it has read."""
    office = shutil.which("soffice")
    assert office, "There is no LibreOffice here. `make office` gets it, as root on Debian."
    (folder / "saved.csv").write_text(text, encoding="utf-8", newline="")
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--infilter=CSV:44,34,76", "--convert-to", "fods", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "saved.csv")], check=True, capture_output=True)
    return ET.fromstring((folder / "saved.fods").read_text(encoding="utf-8"))  # noqa: S314  # ours


def cells(row: ET.Element) -> Iterator[ET.Element]:
    """Yield the cells of a row, those that stand for several as often as they do."""
    for cell in row.iter(f"{TABLE}table-cell"):
        for _ in range(int(cell.get(f"{TABLE}number-columns-repeated", "1"))):
            yield cell


def said(cell: ET.Element) -> str:
    return "\n".join("".join(line.itertext()) for line in cell.iter(f"{TEXT}p"))


def test_nothing_typed_becomes_a_formula(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    instrument = load_instrument(pytestconfig.rootpath / "data/friendship.toml")
    fields = [i.id for i in instrument.items if i.kind == "text"]
    answers: dict[str, object] = dict(zip(fields, LIKE_FORMULAS, strict=False))
    assert len(answers) == len(LIKE_FORMULAS)
    answers |= {"own.1.text": "=9", "own.1.side": "for", "own.1.rating": 4, "ready.healed": 7}
    text = write_checkin(instrument, answers)
    whole = opened(text, tmp_path)
    assert [c for c in whole.iter() if c.get(f"{TABLE}formula")] == []
    rows = [list(cells(row)) for row in whole.iter(f"{TABLE}table-row")]
    written = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    column = written[0].index("value")
    for row, expected in zip(rows, written[: len(answers) + 1], strict=False):
        assert "".join(said(row[column]).split()) == "".join(expected[column].split())
    kinds = {said(row[5]): row[column].get(f"{OFFICE}value-type") for row in rows[: len(written)]}
    assert kinds["ready.healed"] == "float"  # numbers stay numbers
    assert kinds["own.1.text"] == "string"
