"""The notebook on many check-ins: what it says of the invented diaries can fail.

The notebook itself is run with all the others. Here its code runs on diaries that were changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.test_method import ROOT, run, sources

if TYPE_CHECKING:
    from pathlib import Path


def test_numbers_come_from_cells_and_are_not_typed_into_the_text() -> None:
    for cell, text in sources("markdown", "over-time").items():
        assert not re.findall(r"\d+", text), cell


def test_the_code_runs_where_nothing_that_matters_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, monkeypatch, ('title = "Notes"', 'title = "Other notes"'), notebook="over-time")


# File, day and question of a row, and what is changed in it.
CHANGES = {
    "what moved most": ("relapse", "2026-03-01", "ready.hope", ",7,", ",3,"),
    "how sure": ("relapse", "2026-03-01", "choice.sure", ",3,", ",9,"),
    "where it ends": ("relapse", "2026-08-23", "choice.lean", '"limits"', '"wait"'),
    "a step": ("relapse", "2026-08-23", "well.compassion.step", '"Swim on Sunday"', '""'),
    "a sign": ("safety", "2026-03-03", "walk.harm", '"no","No"', '"yes","Yes"'),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_story_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str, str, str, str]
) -> None:
    file, day, item, old, new = change
    text = (ROOT / f"data/examples/{file}.csv").read_bytes().decode()
    (row,) = (r for r in text.split("\r\n") if r.startswith(f'"{day}') and f'"{item}"' in r)
    assert old in row
    changed = "" if new == '""' else row.replace(old, new)
    with pytest.raises(AssertionError):
        run(tmp_path, monkeypatch, (row, changed), f"examples/{file}.csv", "over-time")
