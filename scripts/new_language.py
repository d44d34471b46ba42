"""Writes the files of a new language, every text empty and the English one above it."""

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbook.instrument import loading, support
from workbook.instrument.content import WORDING_KEYS
from workbook.text.languages import NAME
from workbook.text.translation import texts_of, translation_of

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "workbook/text/locale"
BARE = re.compile(r"[A-Za-z0-9_-]+")
KEPT = ("language.formats", "frame.leave-to")  # filled in: they are no words


def main(language: str) -> None:
    """Write the three files; one that is there already stays as it is."""
    if not NAME.fullmatch(language):
        sys.exit(f"{language!r} is no name of a language such as de or pt-BR.")
    words = tomllib.loads((LOCALE / "en.toml").read_text(encoding="utf-8"))
    write(LOCALE / f"{language}.toml", words)
    for name, shape in (("friendship", loading.SHAPE), ("support", support.SHAPE)):
        file = ROOT / "data" / f"{name}.toml"
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        write(translation_of(file, language), texts_of(raw, shape, str))


def write(file: Path, texts: Mapping[str, Any]) -> None:
    """Write a file of empty texts."""
    if file.exists():
        print(f"{file.relative_to(ROOT)} is there already.")
        return
    file.write_text("\n".join(lines(texts)).strip() + "\n", encoding="utf-8")
    print(f"{file.relative_to(ROOT)} is to be filled in.")


def lines(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield a table: its texts, then the tables in it."""
    tables = {k: v for k, v in table.items() if isinstance(v, dict)}
    lists = {k: v for k, v in table.items() if isinstance(v, list) and isinstance(v[0], dict)}
    for key, value in table.items():
        if key not in tables and key not in lists:
            yield from entry(key, value, above)
    for key, inner in tables.items():
        if any(not isinstance(v, dict) for v in inner.values()):
            yield f"\n[{dotted(*above, key)}]"
        yield from lines(inner, (*above, key))
    for key, entries in lists.items():
        for one in entries:
            yield f"\n[[{dotted(*above, key)}]]"
            for name, value in one.items():
                yield from entry(name, value, (*above, key))


def entry(key: str, value: Any, above: tuple[str, ...]) -> Iterator[str]:
    """Yield a key with an empty text below the English one, or with the value that has to stay."""
    stays = key in WORDING_KEYS or dotted(*above, key) in KEPT
    if not stays:
        for line in value if isinstance(value, list) else [value]:
            yield f"# {line}"
    new = value if stays else [""] * len(value) if isinstance(value, list) else ""
    yield f"{dotted(key)} = {json.dumps(new, ensure_ascii=False)}"


def dotted(*names: str) -> str:
    """Return a key as TOML writes it."""
    return ".".join(n if BARE.fullmatch(n) else json.dumps(n, ensure_ascii=False) for n in names)


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004  # the program and one word
        sys.exit("Which language? For instance: python scripts/new_language.py de")
    main(sys.argv[1])
