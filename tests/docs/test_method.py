"""The method notebook: no number is typed into its text, and its claims can fail.

The notebook itself is run with all the others. Here its code runs on data that were tampered with.
"""

from __future__ import annotations

import json
import re
import runpy
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CELLS = json.loads((ROOT / "notebooks" / "method.ipynb").read_text(encoding="utf-8"))["cells"]
ENDS = {"0", "100"}  # of a score: the only numbers that stand in the text
LONGEST = 25  # lines of a cell that can still be read aloud


def sources(kind: str) -> dict[str, str]:
    return {c["id"]: "".join(c["source"]) for c in CELLS if c["cell_type"] == kind}


def test_numbers_come_from_cells_and_are_not_typed_into_the_text() -> None:
    texts = sources("markdown")
    reference = texts.pop("text-sources-pomp")
    assert "(1999)" in reference
    for cell, text in texts.items():
        assert set(re.findall(r"\d+", text)) <= ENDS, cell


def test_cells_are_short() -> None:
    for cell, code in sources("code").items():
        assert len(code.splitlines()) <= LONGEST, cell


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str]) -> None:
    """Run the notebook's code in ``folder`` with ``change`` made in the questionnaire."""
    shutil.copytree(ROOT / "data", folder / "data")
    file, (old, new) = folder / "data" / "friendship.toml", change
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")
    script = folder / "notebooks" / "method.py"
    script.parent.mkdir()
    script.write_text("\n\n".join(sources("code").values()), encoding="utf-8")
    monkeypatch.chdir(script.parent)
    runpy.run_path(str(script))


def test_the_code_runs_where_no_number_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, monkeypatch, ('title = "Notes"', 'title = "Other notes"'))


CHANGES = {
    "a weight": ('id = "for.circles"\nweight = 1', 'id = "for.circles"\nweight = 2'),
    "the weight of the blank": (
        'id = "ready.seeing-them"\nweight = 2',
        'id = "ready.seeing-them"\nweight = 3',
    ),
    "points of a box": ("add = 4", "add = 5"),
    "a line between bands": ('"moderate", below = 70', '"moderate", below = 71'),
    "answers needed": ("min_answered = 3", "min_answered = 2"),
    "a cap": ('"ready.boundaries"\nbelow = 3', '"ready.boundaries"\nbelow = 4'),
    "a gate": (
        'when = "not sure"\ninstead_of = ["friends", "limits"]',
        'when = "not sure"\ninstead_of = ["friends"]',
    ),
    "a rule": (
        'risk = ["moderate"] }\noutcome = "limits"',
        'risk = ["moderate"] }\noutcome = "friends"',
    ),
    "own items": ("max = 10\nweight = 3", "max = 10\nweight = 4"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_number_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str]
) -> None:
    with pytest.raises(AssertionError):
        run(tmp_path, monkeypatch, change)
