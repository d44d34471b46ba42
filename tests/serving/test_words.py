"""Who can help stands in the head of each page, and the file is read when it has changed."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from driving.servers import ROOT
from workbook.instrument.support import load_support
from workbook.serving import words

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_people_who_can_help_are_read_once_and_again_when_they_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[Path] = []

    def read(path: Path, language: str | None) -> object:
        reads.append(path)
        return load_support(path, language)

    monkeypatch.setattr(words, "load_support", read)
    file = tmp_path / "support.toml"
    assert words.page_support(str(file)) is None
    shutil.copy(ROOT / "data/support.toml", file)
    found = words.page_support(str(file))
    assert found is not None
    assert words.page_support(str(file)) is found
    text = file.read_text(encoding="utf-8").replace(found.title, "Others who help")
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1))  # the clock of a disk may be coarse
    changed = words.page_support(str(file))
    assert changed is not None
    assert changed.title == "Others who help"
    assert len(reads) == 3
