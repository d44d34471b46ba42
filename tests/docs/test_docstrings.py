"""The public names say what goes in, what comes out, what is refused, and show it."""

from __future__ import annotations

import doctest
import inspect
from pathlib import Path

import pytest

import workbook

ROOT = Path(__file__).parents[2]
NAMES = [n for n in workbook.__all__ if not inspect.isclass(getattr(workbook, n))] + ["Workbook"]


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_described_whole(name: str) -> None:
    public = getattr(workbook, name)
    said = inspect.getdoc(public) or ""
    for part in ("Parameters", "Raises", "Notes", "Examples"):
        assert f"{part}\n{'-' * len(part)}" in said, part
    if not inspect.isclass(public):
        assert "Returns\n-------" in said
    called = public.__init__ if inspect.isclass(public) else public
    for parameter in list(inspect.signature(called).parameters)[inspect.isclass(public) :]:
        assert f"\n{parameter}\n    " in said, parameter


@pytest.mark.parametrize("name", NAMES)
def test_its_example_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (test,) = (t for t in doctest.DocTestFinder(recurse=False).find(getattr(workbook, name), name))
    assert test.examples
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed == 0
