"""A diary that is added to, and between times saved again in a real spreadsheet, loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.office.test_spreadsheet import LANGUAGES, convert
from workbook import Checkin, load_instrument, read_diary, write_checkin
from workbook.records.diary import add_to_diary

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.office

DELIMITERS = dict(zip(LANGUAGES, ";,;\t;", strict=True))
TODAY = "2026-09-01T08:00:00+00:00"


def told(story: tuple[Checkin, ...]) -> list[tuple[str, str, list[str], bool]]:
    """Return what must stay; line ends in a cell become those of the program."""
    return [
        (
            c.saved_at.isoformat(),
            c.version,
            [f"{k}: {' '.join(str(v).split())}" for k, v in c.answers.items()],
            c.cut,
        )
        for c in story
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_saved_again_and_added_to_it_holds_every_check_in(
    language: str, pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    data = pytestconfig.rootpath / "data"
    instrument = load_instrument(data / "friendship.toml")
    content = (data / "examples" / "recovery.csv").read_bytes()
    wanted = told(read_diary(instrument, content))
    delimiter = ord(DELIMITERS[language])
    # language, quoted cells are no texts of themselves, and dates are looked for everywhere
    tokens = f"34,76,1,,{LANGUAGES[language]},false,true"
    to = f"csv:Text - txt - csv (StarCalc):{delimiter},{tokens},false,false"
    now = {"ready.healed": 9, "why.bond": True, "well.letter.text": "=1+1; 0171234567\n12:30"}
    today = write_checkin(instrument, now, TODAY)
    came_from = 44
    for day in range(2):
        file = tmp_path / f"{day}.csv"
        file.write_bytes(content)
        content = convert(file, to, f"{came_from},{tokens}").read_bytes()
        came_from = delimiter
        assert told(read_diary(instrument, content)) == wanted
        if day == 0:
            earlier, content = content, add_to_diary(instrument, content, today)
            assert content.startswith(earlier)
            wanted = told(read_diary(instrument, content))
            assert len(wanted) == 9
    (last,) = (c for c in read_diary(instrument, content) if c.saved_at.isoformat() == TODAY)
    assert " ".join(str(last.answers["well.letter.text"]).split()) == "=1+1; 0171234567 12:30"
