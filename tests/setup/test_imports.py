"""The import rules of pyproject.toml hold."""

import subprocess
import sys
from pathlib import Path


def test_the_core_imports_neither_upwards_nor_widgets() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [linter, "--no-logo", "--no-cache"],
        cwd=Path(__file__).parents[2],
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr
