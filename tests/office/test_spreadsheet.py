"""A saved file in a real spreadsheet: every cell is what was typed, and none of it is a formula.

Saved again there, in any language, it still holds the same answers.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from workbook import load_instrument, read_checkin, write_checkin

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


# What a spreadsheet likes to take for a number, a time, a date or a truth.
LIKE_OTHERS = (
    *("0171234567", "12:30", "1e5", "1-2", "1/2", " 7 ", "1,5", "50%", "(5)", "TRUE", "wahr"),
    *("5. März 2025", "March 5, 2025", "5 pm", "1.1.0", "2025-03-09T18:30:00", "'7"),
)
LANGUAGES = {"de": 1031, "en-US": 1033, "fr": 1036, "ja": 1041, "pt-BR": 1046}  # by their numbers


def convert(file: Path, to: str, tokens: str) -> Path:
    """Let LibreOffice open a CSV file and save it in another way; return that file."""
    office = shutil.which("soffice")
    assert office, "There is no LibreOffice here. `make office` gets it, as root on Debian."
    folder = file.parent
    out = folder / "again"
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += [f"--infilter=CSV:{tokens}", "--convert-to", to, "--outdir", str(out)]
    subprocess.run([*command, str(file)], check=True, capture_output=True)
    return out / f"{file.stem}.{to.partition(':')[0]}"


def opened(text: str, folder: Path) -> ET.Element:
    """Let LibreOffice open a CSV file as it does by itself, and return what it has read."""
    file = folder / "saved.csv"
    file.write_text(text, encoding="utf-8", newline="")
    whole = convert(file, "fods", "44,34,76").read_text(encoding="utf-8")
    return ET.fromstring(whole)  # noqa: S314  # ours


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


@pytest.mark.parametrize(
    ("language", "delimiter"), list(zip(LANGUAGES, (";", ",", ";", "\t", ";"), strict=True))
)
def test_what_is_saved_again_in_any_language_holds_the_same_answers(
    language: str, delimiter: str, pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    content = (pytestconfig.rootpath / "data/friendship.toml").read_text(encoding="utf-8")
    file = tmp_path / "mine.toml"
    file.write_text(content.replace('version = "1.0.0"', 'version = "1.1.0"'), encoding="utf-8")
    instrument = load_instrument(file)
    fields = [i.id for i in instrument.by_id.values() if i.kind == "text"]
    texts = (*LIKE_OTHERS, *LIKE_FORMULAS[: len(fields) - len(LIKE_OTHERS)])
    answers: dict[str, object] = dict(zip(fields, texts, strict=True))
    answers |= {"ready.healed": 7, "why.bond": True, "why.loneliness": False, "walk.delays": "no"}
    saved = tmp_path / "saved.csv"
    saved.write_text(write_checkin(instrument, answers), encoding="utf-8", newline="")
    number = LANGUAGES[language]
    # language, quoted cells are no texts of themselves, and dates are looked for everywhere
    tokens = f"34,76,1,,{number},false,true"
    to = f"csv:Text - txt - csv (StarCalc):{ord(delimiter)},{tokens},false,false"
    again = convert(saved, to, f"44,{tokens}").read_bytes()
    checkin = read_checkin(instrument, again)
    for key, answer in answers.items():
        # line ends in a cell become those of the program
        assert "".join(str(checkin.answers[key]).split()) == "".join(str(answer).split()), key
    assert set(checkin.answers) == set(answers)
    assert not checkin.cut
