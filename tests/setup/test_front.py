"""What runs in the browser is what stands in its source, and does what it says."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from driving.servers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.network  # where the packages are not there yet

BUILT = (
    *("front.js", "front.css", "front.NOTICES.txt"),
    *(
        f"{n}.js"
        for n in ("bundle", "earlier", "fields", "files", "frame", "link", "remember", "text")
    ),
)
SCRIPT = ROOT / "scripts/front.py"


def run(*command: str) -> str:
    """Run a command of scripts/front.py; return what it said. Fail if that says that it failed."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_is_built_is_what_the_source_says(tmp_path: Path) -> None:
    run("build", str(tmp_path))
    built = {file.relative_to(tmp_path): file for file in tmp_path.rglob("*") if file.is_file()}
    assert sorted(path.name for path in built) == sorted(BUILT)
    for path, file in built.items():
        assert file.read_bytes() == (ROOT / path).read_bytes(), f"`make front` changes {path}"


def test_the_scripts_of_the_page_keep_their_promises() -> None:
    said = run("test")
    assert "fail 0" in said
    assert "pass 0" not in said


def test_the_lock_names_a_hash_for_every_package_and_no_registry() -> None:
    packages = json.loads((ROOT / "front/package-lock.json").read_text())["packages"]
    del packages[""]  # the front end itself
    assert all("integrity" in package for package in packages.values())
    assert not any("resolved" in package for package in packages.values())


def test_the_versions_are_exact() -> None:
    named = json.loads((ROOT / "front/package.json").read_text())
    for version in (named["dependencies"] | named["devDependencies"]).values():
        assert version[0].isdigit(), version
