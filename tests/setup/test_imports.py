"""The import rules of pyproject.toml hold."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_core_imports_neither_upwards_nor_widgets() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [linter, "--no-logo", "--no-cache"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_nothing_but_tests_imports_tests() -> None:
    for folder in ("bench", "deploying", "driving", "scripts", "workbook"):
        for file in (ROOT / folder).rglob("*.py"):
            assert not re.search(r"^\s*(from|import) tests\b", file.read_text(), re.MULTILINE), file
