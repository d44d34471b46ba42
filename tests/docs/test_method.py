"""The method notebook: no number is typed into its text, and its claims can fail.

The notebook itself is run with all the others. Here its code runs on data that were tampered with.
"""

from __future__ import annotations

import ast
import json
import re
import runpy
import shutil
from pathlib import Path

import pytest

import workbook

ROOT = Path(__file__).parents[2]
NOTEBOOKS = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))["cells"]
    for file in (ROOT / "notebooks").glob("*.ipynb")
}
ENDS = {"0", "100"}  # of a score: the only numbers that stand in the text
LONGEST = 25  # lines of a cell that can still be read aloud


def sources(kind: str, notebook: str = "method") -> dict[str, str]:
    cells = NOTEBOOKS[notebook]
    return {c["id"]: "".join(c["source"]) for c in cells if c["cell_type"] == kind}


def test_numbers_come_from_cells_and_are_not_typed_into_the_text() -> None:
    texts = sources("markdown")
    reference = texts.pop("text-sources-pomp")
    assert "(1999)" in reference
    for cell, text in texts.items():
        assert set(re.findall(r"\d+", text)) <= ENDS, cell


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_cells_are_short(notebook: str) -> None:
    for cell, code in sources("code", notebook).items():
        assert len(code.splitlines()) <= LONGEST, cell


def inner_names(code: str) -> set[str]:
    """Return what ``code`` takes of the module that is not among its public names."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            inner = (a for a in node.names if a.name.startswith("workbook"))
            found |= {ast.unparse(a) for a in inner} - {"workbook"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("workbook"):
            found |= {f"{node.module}.{a.name}" for a in node.names}
        elif isinstance(node, ast.Attribute):
            of = ast.unparse(node.value)
            if of == "workbook" or node.attr.startswith("_"):
                found.add(f"{of}.{node.attr}")
    return found - {f"workbook.{name}" for name in workbook.__all__}


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_notebooks_use_public_names_only(notebook: str) -> None:
    code = ["".join(c["source"]) for c in NOTEBOOKS[notebook] if c["cell_type"] == "code"]
    assert inner_names("\n".join(code)) == set()


@pytest.mark.parametrize(
    "code",
    [
        "from workbook.scoring.rules import judge",
        "from workbook import scoring",
        "import workbook.charts",
        "import workbook.charts as c",
        "import workbook as wb",
        "workbook.scoring.rules.judge",
        "def told(move: workbook.scoring.counterfactuals.Move) -> str: ...",
        "book._files.save()",
    ],
)
def test_an_inner_name_is_noticed(code: str) -> None:
    assert inner_names(code)
    assert not inner_names(
        "import workbook, numpy as np\nfrom workbook import assess\n"
        "workbook.Workbook('a.toml').state.tick('b')\nworkbook.assess(a, b).scores"
    )


def run(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: tuple[str, str],
    name: str = "friendship.toml",
    notebook: str = "method",
) -> None:
    """Run a notebook's code in ``folder`` with ``change`` made in a file below ``data``."""
    shutil.copytree(ROOT / "data", folder / "data")
    file, (old, new) = folder / "data" / name, change
    text = file.read_bytes().decode()
    if text.count(old) != 1:  # no assertion: those are what the notebook is to fail by
        raise LookupError(old)
    file.write_bytes(text.replace(old, new).encode())
    script = folder / "notebooks" / "run.py"
    script.parent.mkdir()
    script.write_text("\n\n".join(sources("code", notebook).values()), encoding="utf-8")
    monkeypatch.chdir(script.parent)
    runpy.run_path(str(script))


def test_the_code_runs_where_no_number_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, monkeypatch, ('title = "Notes"', 'title = "Other notes"'))


CHANGES = {
    "a weight": ('id = "for.moved-on-them"\nweight = 1', 'id = "for.moved-on-them"\nweight = 2'),
    "the weight of the blank": (
        'id = "ready.seeing-them"\nweight = 2',
        'id = "ready.seeing-them"\nweight = 3',
    ),
    "points of a box": ('id = "feel.dependence"\nadd = 4', 'id = "feel.dependence"\nadd = 5'),
    "points of a rating": ('id = "for.circles"\nadd = 4', 'id = "for.circles"\nadd = 5'),
    "a line between bands": ('"moderate", below = 70', '"moderate", below = 71'),
    "answers needed": ("min_answered = 3", "min_answered = 2"),
    "a cap": ('"ready.boundaries"\nbelow = 3', '"ready.boundaries"\nbelow = 4'),
    "a cap from above": ('"ready.hope"\nabove = 5', '"ready.hope"\nabove = 6'),
    "a floor": ('"against.agenda"\nabove = 6', '"against.agenda"\nabove = 7'),
    "a floor of own items": ('own = "against"\nabove = 23', 'own = "against"\nabove = 24'),
    "a gate": (
        'at_least = 1\ninstead_of = ["friends", "limits"]\noutcome = "not-enough"',
        'at_least = 1\ninstead_of = ["friends"]\noutcome = "not-enough"',
    ),
    "signs a gate needs": ("at_least = 2", "at_least = 3"),
    "a rule": (
        'risk = ["moderate"] }\noutcome = "limits"',
        'risk = ["moderate"] }\noutcome = "not-yet"',
    ),
    "own items": ("max = 10\nweight = 3", "max = 10\nweight = 4"),
    "points of own items": (
        "add = 4                              #",
        "add = 5                              #",
    ),
    "the most of own items": ("at_most = 12", "at_most = 13"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_number_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str]
) -> None:
    with pytest.raises(AssertionError):
        run(tmp_path, monkeypatch, change)
