"""CONTRIBUTING.md shows the rooms as they are, and sends nobody to a place that is not there."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.docs.test_guide import rows_below

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "workbook"
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TREE = re.search(r"```\nworkbook/\n(.+?)```", PAGE, re.DOTALL)
CHANGES = rows_below(PAGE, "To change | Go to")


def named() -> list[str]:
    """Return every path of the tree, in its order; a folder ends with a slash."""
    assert TREE is not None
    found: list[str] = []
    above = [""]
    for line in TREE[1].splitlines():
        match = re.fullmatch(r"( +)(\S+(?: \S+)*?)  +(\S.+)", line)
        assert match, f"no names and what they are for: {line!r}"
        depth = len(match[1]) // 2
        found += [above[depth - 1] + name for name in match[2].split()]
        above[depth:] = [found[-1]]
    return found


def only_says_what_it_is(file: Path) -> bool:
    """Return whether an ``__init__.py`` holds nothing but its docstring."""
    return file.name == "__init__.py" and len(ast.parse(file.read_text()).body) <= 1


def present() -> set[str]:
    """Return every file of the module that somebody may have to change."""
    files = (f for f in MODULE.rglob("*") if f.is_file() and "__pycache__" not in f.parts)
    return {
        f.relative_to(MODULE).as_posix()
        for f in files
        if f.name != "py.typed" and not only_says_what_it_is(f)
    }


def test_the_tree_names_every_file_once_and_none_that_is_not_there() -> None:
    names = named()
    assert len(names) == len(set(names))
    assert all((MODULE / name).is_dir() for name in names if name.endswith("/"))
    # a folder without lines of its own stands for all in it, unless there is code
    leaves = [n for n in names if n.endswith("/") and not any(m != n and n in m for m in names)]
    texts = {f for f in present() if f.startswith(tuple(leaves)) and not f.endswith(".py")}
    assert {n for n in names if not n.endswith("/")} == present() - texts


def test_the_rooms_stand_in_the_order_of_the_import_rules() -> None:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rooms = next(
        contract["layers"]
        for contract in rules["tool"]["importlinter"]["contracts"]
        if contract.get("containers") == ["workbook"]
    )
    shown = [name.rstrip("/") for name in named() if name.count("/") == 1 and name.endswith("/")]
    assert shown == [room for layer in rooms for room in layer.split(" | ")]


def places(text: str) -> list[tuple[Path, list[str]]]:
    """Return the paths that a text names, each with the names in brackets behind it."""
    found = []
    for path, names in re.findall(r"`([\w./-]+[/.][\w./-]*)`(?: \(([^)]*)\))?", text):
        inside = MODULE if (MODULE / path.split("/")[0]).is_dir() else ROOT
        found.append((inside / path, re.findall(r"`(\w+)`", names)))
    return found


@pytest.mark.parametrize(("change", "goes"), CHANGES, ids=[row[0] for row in CHANGES])
def test_a_change_is_sent_to_a_place_that_is_there(change: str, goes: str) -> None:
    assert places(goes), change
    for path, names in places(goes):
        assert path.exists(), path
        for name in names:
            text = path.read_text(encoding="utf-8")
            assert re.search(rf"\b{name}\b", text), f"{name} in {path.name}"


def test_every_path_of_the_page_is_there() -> None:
    text = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
    made = {ROOT / ".venv" / "bin"}
    assert [p for p, _ in places(text) if not p.exists() and p.parent not in made] == []
