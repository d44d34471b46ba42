"""There is one palette: no other file of the page says a colour of its own."""

from __future__ import annotations

import re
from pathlib import Path

from workbook.charts.palette import PALETTE, adaptive, light, plain

ROOT = Path(__file__).parents[2]
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}\b|\b(?:rgba?|hsla?|light-dark)\(")
FILES = [
    file
    for folder in ("workbook", "share")
    for ending in ("css", "py", "js", "j2", "html")
    for file in (ROOT / folder).rglob(f"*.{ending}")
    # front.* is what packages bring; old.js asks a browser whether it knows such colours
    if file.name not in ("palette.py", "front.css", "front.js", "old.js")
]


def test_no_other_file_says_a_colour() -> None:
    assert FILES
    for file in FILES:
        assert not COLOUR.findall(file.read_text(encoding="utf-8")), file.name


def test_every_colour_is_used() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in FILES)
    for name in PALETTE:
        shared = re.sub(r"\d$", "", name)
        assert f"--wb-{name}" in text or f"--wb-{shared}{{" in text, name


def test_each_dress_of_the_palette_has_every_colour() -> None:
    for css in (adaptive(".wb"), light(), plain()):
        assert all(f"--wb-{name}:" in css for name in PALETTE)
    assert "#15181b" not in light()
