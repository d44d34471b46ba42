"""Notebooks are committed clean: scripts/clean_notebooks.py finds nothing to do."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
OUTPUT = {"output_type": "execute_result", "execution_count": 3, "data": {}, "metadata": {}}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "scripts" / "clean_notebooks.py", *arguments],
        check=False,
        capture_output=True,
        text=True,
    )


def notebook(source: str, **metadata: object) -> dict[str, Any]:
    cell = {"cell_type": "code", "execution_count": 3, "metadata": {}, "outputs": [OUTPUT]}
    prose = {"cell_type": "markdown", "metadata": {}, "source": ["# Title"]}
    return {"cells": [prose, {**cell, "source": [source]}], "metadata": metadata, "nbformat": 4}


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


def test_notebooks_are_clean() -> None:
    result = run("--check")
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("source", "outputs"),
    [("1 + 1", []), ("# NBVAL_CHECK_OUTPUT\n1 + 1", [{**OUTPUT, "execution_count": None}])],
)
def test_only_outputs_that_are_compared_stay(
    tmp_path: Path, source: str, outputs: list[object]
) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(notebook(source, title="A", widgets={"state": {}})))
    assert run("--check", path).returncode == 1
    assert run(path).returncode == 0
    assert run("--check", path).returncode == 0
    cleaned = json.loads(path.read_text())
    assert cleaned["metadata"] == {"title": "A"}
    assert cleaned["cells"][0]["source"] == ["# Title"]
    assert cleaned["cells"][1]["outputs"] == outputs
    assert cleaned["cells"][1]["execution_count"] is None
