"""The guide to adding a language says what is so: its messages, its files, its commands."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.making import to_toml
from tests.docs.test_guide import rows_below
from tests.pseudo import SAID, write_language
from workbook import InstrumentError, Workbook, load_instrument
from workbook.instrument import loading
from workbook.instrument.support import load_support
from workbook.text.languages import open_words
from workbook.text.words import load_words, locale_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.text.translation import Shape

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/translating.md").read_text(encoding="utf-8")
MESSAGES = rows_below(GUIDE, "In | If it says | the loader says | What to do")
FILES = {
    "words": "locale/xx.toml",
    "instrument": "data/friendship.xx.toml",
    "services": "data/support.xx.toml",
}


def merge(table: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and key in table:
            merge(table[key], value)
        else:
            table[key] = value


def provoke(where: str, wrote: str, folder: Path) -> InstrumentError:
    """Return what the loader says of a change to the files of a language."""
    write_language(folder, "xx", "en-GB")
    language = "xx"
    if where in FILES:
        file = folder / FILES[where]
        raw = tomllib.loads(file.read_text())
        merge(raw, tomllib.loads(wrote))
        file.write_text(to_toml(raw))
    else:
        language = wrote
    with pytest.raises(InstrumentError) as caught:
        Workbook(folder / "data/friendship.toml", language=language, locale=folder / "locale")
    assert caught.value.file == Path(FILES.get(where, language)).name or where not in FILES
    return caught.value


@pytest.mark.parametrize(("where", "wrote", "says", "todo"), MESSAGES)
def test_the_loader_says_what_the_guide_says(
    where: str, wrote: str, says: str, todo: str, tmp_path: Path
) -> None:
    said = [f"{f.key}: {f.reason}" for f in provoke(where, wrote.strip("`"), tmp_path).faults]
    start = says.strip("`").split("…")[0]
    assert any(line.startswith(start) for line in said), said
    assert "…" in says or says.strip("`") in said
    assert todo.endswith(".")


def test_every_message_about_translations_is_in_the_guide(tmp_path: Path) -> None:
    codes = set()
    for number, (where, wrote, *_) in enumerate(MESSAGES):
        codes |= {f.code for f in provoke(where, wrote.strip("`"), tmp_path / str(number)).faults}
    assert codes >= SAID


def test_the_example_of_plural_forms_is_what_the_language_needs() -> None:
    (block,) = [b for b in blocks() if "need.sign" in b]
    forms = tomllib.loads(block)["need"]["sign"]
    assert set(forms) == locale_of("pl").plural_form.tags | {"other"}


def test_the_examples_name_what_there_is() -> None:
    raw = tomllib.loads((ROOT / "data/friendship.toml").read_text())
    (block,) = [b for b in blocks() if "[chapter.why]" in b]
    example = tomllib.loads(block)
    assert_fits(example, loading.SHAPE)
    ids = {name: {e["id"] for e in raw[name]} for name in ("chapter", "item")}
    assert all(example[name].keys() <= known for name, known in ids.items())


def assert_fits(example: Mapping[str, Any], shape: Shape) -> None:
    for key, value in example.items():
        assert key in (*shape.texts, *shape.tables)
        if key in shape.tables:
            inner = shape.tables[key]
            for entry in value.values():
                assert_fits(entry, inner)


def blocks() -> list[str]:
    return re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)


def test_the_files_the_script_writes_are_refused_until_they_are_filled(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for name in ("workbook/text/locale/en.toml", "data/friendship.toml", "data/support.toml"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((ROOT / name).read_bytes())
    script = copy / "scripts/new_language.py"
    script.parent.mkdir()
    script.write_bytes((ROOT / "scripts/new_language.py").read_bytes())
    for said in ("is to be filled in", "is there already"):
        done = subprocess.run(
            [sys.executable, script, "de"], check=True, capture_output=True, text=True, cwd=ROOT
        )
        assert done.stdout.count(said) == 3
    written = sorted(p.relative_to(copy).as_posix() for p in copy.rglob("*de.toml"))
    named = re.findall(r"^\| `(\S+)` \|", GUIDE, re.MULTILINE)
    assert sorted(named)[:3] == written
    with pytest.raises(InstrumentError) as caught:
        open_words("de", copy / "workbook/text/locale")
    assert {f.code for f in caught.value.faults} == {"empty"}
    texts = [text for text in load_words().texts.values() if text]
    assert len(caught.value.faults) == len(texts) - 2  # an address and the formats
    write_language(tmp_path, "de", "de")
    for load in (
        lambda: load_instrument(copy / "data/friendship.toml", "de", tmp_path / "locale"),
        lambda: load_support(copy / "data/support.toml", "de"),
    ):
        with pytest.raises(InstrumentError) as caught:
            load()
        assert {f.code for f in caught.value.faults} == {"empty"}


def test_every_language_there_is_is_whole() -> None:
    """English, and whatever somebody adds."""
    languages = [file.stem for file in (ROOT / "workbook/text/locale").glob("*.toml")]
    assert "en" in languages
    for language in languages:
        assert open_words(language).language == language
        book = Workbook(ROOT / "data/friendship.toml", language=language)
        assert book.instrument.language == language
