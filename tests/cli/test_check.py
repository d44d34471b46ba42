"""The command line says whether a questionnaire can be used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "workbook", *words]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("name", ["friendship", "examples/car"])
def test_a_sound_file_can_be_used(name: str) -> None:
    result = run("check", f"data/{name}.toml")
    assert (result.returncode, result.stderr) == (0, "")
    assert "can be used" in result.stdout


def test_every_fault_of_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text('id = "a b"\nversion = "one"\nitem = []\n')
    result = run("check", str(file))
    assert (result.returncode, result.stdout) == (1, "")
    assert [line.split(": ")[:2] for line in result.stderr.splitlines()] == [
        ["broken.toml", key] for key in ("id", "version", "item")
    ]


def test_a_file_that_is_not_there_gets_a_sentence() -> None:
    result = run("check", "nowhere.toml")
    assert result.returncode == 1
    assert "nowhere.toml" in result.stderr
    assert "Traceback" not in result.stderr


def test_without_a_command_it_says_what_there_is() -> None:
    result = run()
    assert "check" in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
