"""The guide to writing an instrument says what is so: its keys, its examples, its messages."""

from __future__ import annotations

import ast
import dataclasses
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from tests.core.making import load
from tests.pseudo import SAID
from workbook import (
    CheckinError,
    Instrument,
    InstrumentError,
    load_instrument,
    read_checkin,
    write_checkin,
)
from workbook.text.words import load_words

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "writing-an-instrument.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CAR = (ROOT / "data" / "examples" / "car.toml").read_text(encoding="utf-8")


def sections(level: str) -> dict[str, str]:
    """Return the guide's text below each heading of a level."""
    found = re.split(rf"^{level} (.+)\n", GUIDE, flags=re.MULTILINE)[1:]
    pairs = zip(found[::2], found[1::2], strict=True)
    return {
        head: re.split(rf"^#{{1,{len(level)}}} ", text, flags=re.MULTILINE)[0]
        for head, text in pairs
    }


def rows_below(text: str, head: str) -> list[list[str]]:
    """Return the cells of the table that has the column titles ``head``."""
    after = text.split(f"| {head} |\n", 1)[1].splitlines()[1:]
    lines = after[: after.index("") if "" in after else None]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def blocks(text: str, language: str = "") -> list[str]:
    """Return fenced code, without what a list indents it by."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(f"^{indent}", "", code, flags=re.MULTILINE) for indent, code in found]


# -------------------------------------------------------------------------------------- the keys


def tables_in(cls: type) -> dict[str, type]:
    """Return the dataclasses that a file's table is read into, by name, with those inside it."""
    found = {cls.__name__: cls}
    for hint in get_type_hints(cls).values():
        for part in (hint, *get_args(hint)):
            if dataclasses.is_dataclass(part) and isinstance(part, type):
                found |= tables_in(part)
    return found


CLASSES = tables_in(Instrument)
# Where the guide speaks of a class.
SECTIONS = {
    "The head": "Instrument",
    "`[about]`": "About",
    "`[[about.research]]`": "Research",
    "`[[chapter]]`": "Chapter",
    "`[[theme]]`": "Theme",
    "`[[item]]`": "Item",
    "`options`": "Option",
    "`[[scale]]`": "Scale",
    "`bands`": "Band",
    "`[[scale.items]]`": "ItemWeight",
    "`[[scale.require]]`": "Requirement",
    "`[[cap]]`": "Cap",
    "`[[floor]]`": "Floor",
    "`[[gate]]`": "Gate",
    "`[[rule]]`": "Rule",
    "`[[outcome]]`": "Outcome",
    "`[own]`": "Own",
    "`sides`": "Side",
    "`[message]`": "Message",
    "`expects`": "Expected",
    "`[[message.wording]]`": "Wording",
    "`[[message.phrase]]`": "Phrase",
    "`[[way]]`": "Way",
    "`[choosing]`": "Choosing",
    "`[[retired]]`": "Retired",
}
MADE = {"file", "fingerprint", "words"}  # by the loader; no file holds them
KEYS = "Key | What it is | Allowed | Without it"


def documented(section: str) -> dict[str, tuple[str, str]]:
    """Return for each key of a section what is allowed and what holds without it."""
    rows = rows_below(sections("###")[section], KEYS)
    return {key.strip("`"): (allowed, without) for key, _, allowed, without in rows}


def fields_of(section: str) -> dict[str, dataclasses.Field[Any]]:
    """Return the keys of a section's table; of the whole file, only those that are no tables."""
    cls = CLASSES[SECTIONS[section]]
    hints = get_type_hints(cls)
    elsewhere = {name for name, hint in hints.items() if tables_of(hint)} | MADE
    fields = {f.name: f for f in dataclasses.fields(cls)}
    return fields if cls is not Instrument else {n: fields[n] for n in fields.keys() - elsewhere}


def tables_of(hint: Any) -> list[Any]:
    """Return the dataclasses that a type is made of."""
    return [part for part in (hint, *get_args(hint)) if dataclasses.is_dataclass(part)]


def test_every_table_has_a_section() -> None:
    assert list(sections("###")) == list(SECTIONS)
    assert sorted(SECTIONS.values()) == sorted(CLASSES)


@pytest.mark.parametrize("section", SECTIONS)
def test_the_keys_are_those_of_the_code(section: str) -> None:
    assert set(documented(section)) == set(fields_of(section))


@pytest.mark.parametrize("section", SECTIONS)
def test_what_is_needed_and_what_holds_without_a_key(section: str) -> None:
    for key, field in fields_of(section).items():
        _, without = documented(section)[key]
        missing = dataclasses.MISSING
        required = field.default is missing and field.default_factory is missing
        assert (without == "needed") == required, key
        literal = re.fullmatch(r"`(.+)`", without)
        if literal:
            assert tomllib.loads(f"value = {literal[1]}")["value"] == field.default, key
        elif not required and field.default is not missing:
            assert field.default in ("", (), None), key


def named(hint: Any) -> tuple[str, ...]:
    """Return the words with which the guide may begin to describe values of a type."""
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return (
            ("list of tables",)
            if dataclasses.is_dataclass(inner)
            else ("list of texts", "list of ids")
        )
    if get_origin(hint) is Literal:
        return ("one of " + ", ".join(f"`{value}`" for value in get_args(hint)),)
    if get_origin(hint) is Mapping:
        return ("table",)
    simple = {
        str: ("text", "id"),
        int: ("whole number",),
        float: ("number",),
        bool: ("true or false",),
    }
    return simple[next(kind for kind in (hint, *get_args(hint)) if kind in simple)]


@pytest.mark.parametrize("section", SECTIONS)
def test_what_is_allowed(section: str) -> None:
    hints = get_type_hints(CLASSES[SECTIONS[section]])
    for key, (allowed, _) in documented(section).items():
        assert allowed.startswith(named(hints[key])), (key, allowed)


def test_named_values_are_those_of_the_code() -> None:
    def words(section: str, key: str) -> list[str]:
        return re.findall(r"`([^`]+)`", documented(section)[key][0])

    def allowed(key: str, old: str, new: str) -> list[str]:
        assert old in CAR
        with pytest.raises(InstrumentError) as caught:
            load(CAR.replace(old, new, 1))
        reason = {f.key: f.reason for f in caught.value.faults}[key]
        return reason.removesuffix(".").split("allowed is one of: ")[1].split(", ")

    whens = allowed("gate[not-covered].when", 'when = "yes"', 'when = "?"')
    assert words("`[[gate]]`", "when") == whens
    withheld = allowed(
        "gate[not-covered].withhold", 'when = "yes"', 'when = "yes"\nwithhold = ["?"]'
    )
    assert words("`[[gate]]`", "withhold") == withheld
    holds = allowed("chapter[them].holds", 'id = "them"', 'id = "them"\nholds = "?"')
    assert set(words("`[[chapter]]`", "holds")) < set(holds)
    kinds = rows_below(sections("###")["`[[item]]`"], "Kind | On the page | An answer")
    of_code = get_args(get_type_hints(CLASSES["Item"])["kind"])
    assert [kind.strip("`") for kind, *_ in kinds] == list(of_code)


# ---------------------------------------------------------------------------------- the examples


def check_comments(code: str) -> int:
    """Run Python code; where a line ends in a comment, its value must be that. Return how many."""
    names: dict[str, Any] = {}
    checked = 0
    for statement in ast.parse(code).body:
        source = ast.get_source_segment(code, statement) or ""
        line = code.splitlines()[(statement.end_lineno or 1) - 1]
        comment = line.partition("  # ")[2]
        if comment:
            assert eval(source, names) == ast.literal_eval(comment.strip()), source  # noqa: S307
            checked += 1
        else:
            exec(source, names)  # noqa: S102  # our own README and guide
    return checked


def scoring_examples(text: str) -> list[str]:
    return [code for code in blocks(text, "python") if "assess(" in code]


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # a short example may leave it
@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("text", [GUIDE, README], ids=["guide", "README"])
def test_the_numbers_of_the_examples_are_those_that_come_out(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = scoring_examples(text)
    assert check_comments(example) >= 2


def test_the_notebook_lines_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "notebooks")
    lines = [b for text in (GUIDE, README) for b in blocks(text, "python") if "Workbook(" in b]
    assert len(lines) == 2
    for code in lines:
        check_comments(re.sub(" +# .*", "", code))


def test_the_way_to_check_a_file(tmp_path: Path) -> None:
    (command,) = [b for b in blocks(GUIDE) if "-c '" in b]
    code = command.split("-c '")[1].rstrip("'\n")
    (tmp_path / "data").mkdir()
    for text, ends in ((CAR, 0), (CAR.replace("min = 1", "min = 9"), 1)):
        (tmp_path / "data" / "mine.toml").write_text(text)
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == ends, done.stderr
        assert ("mine.toml: item[them.driving].max: " in done.stderr) == bool(ends)
        assert bool(re.fullmatch(r"[0-9a-f]{16}\n", done.stdout)) != bool(ends)


def test_the_head_is_that_of_the_car() -> None:
    (head,) = blocks(sections("###")["The head"], "toml")
    assert tomllib.loads(head).items() <= tomllib.loads(CAR).items()


def test_what_it_says_of_later_versions() -> None:
    old, later = load(CAR), CAR.replace('version = "2.0.0"', 'version = "2.1.0"')
    saved = write_checkin(old, {"them.care": 5, "trip.far": True})
    without = later.replace('id = "trip.far"', 'id = "trip.long"')
    assert dict(read_checkin(load(without), saved).answers) == {"them.care": 5}
    with pytest.raises(CheckinError, match="allowed is a whole number from 1 to 4"):
        read_checkin(load(later.replace("max = 5", "max = 4")), saved)
    with pytest.raises(CheckinError, match="newer version"):
        read_checkin(old, write_checkin(load(later), {"them.care": 5}))
    with pytest.raises(CheckinError, match="another questionnaire"):
        read_checkin(load(CAR.replace("lend-my-car", "lend-my-bike")), saved)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", GUIDE):
        assert (ROOT / "docs" / target).exists(), target
    for anchor in re.findall(r"\]\(#([^)]+)\)", GUIDE):
        assert anchor in [head.lower().replace(" ", "-") for head in sections("##")]


# ---------------------------------------------------------------------------------- the messages

(OWN,) = blocks(sections("###")["`[own]`"], "toml")
(MESSAGE,) = blocks(sections("###")["`[message]`"], "toml")
WITH_ALL = f"{CAR}\n{OWN}\n{MESSAGE}"
MESSAGES = rows_below(
    sections("##")["If the loader complains"], "You wrote | The loader says | What to do"
)
# Said of files that are too long to quote, or of support services.
UNQUOTED = {"too-many-cases", "checked", "seen", "too-large"}


def test_the_base_of_the_messages_is_sound() -> None:
    instrument = load(WITH_ALL)
    assert instrument.own
    assert [s.scale for s in instrument.own.sides] == ["trust", "cost"]
    assert instrument.message
    assert instrument.message.parts == ("terms.words",)


def provoke(wrote: str, folder: Path) -> InstrumentError:
    """Return what the loader says of the change that a row of the guide describes."""
    file = folder / "mine.toml"
    snippets = re.findall(r"`([^`]+)`", wrote)
    if wrote.startswith("only "):
        file.write_text("\n".join(snippets))
    elif snippets:
        snippets = ["", *snippets] if wrote.startswith("nothing ") else snippets
        text = WITH_ALL
        pairs = list(zip(snippets[::2], snippets[1::2], strict=True))
        said = ", ".join(f"`{new}` instead of `{old}`" for new, old in pairs)
        assert wrote == said.replace("`` instead", "nothing instead")
        for new, old in pairs:
            assert old in text, old
            text = text.replace(old, new)
        file.write_text(text)
    with pytest.raises(InstrumentError) as caught:
        load_instrument(file)
    return caught.value


@pytest.mark.parametrize(
    ("wrote", "says"),
    [row[:2] for row in MESSAGES],
    ids=[f"{n}-{says.strip('`').split(': ')[0]}" for n, (_, says, _) in enumerate(MESSAGES, 1)],
)
def test_the_loader_says_what_the_guide_quotes(wrote: str, says: str, tmp_path: Path) -> None:
    quoted = re.escape(says.strip("`")).replace("…", ".+")
    lines = str(provoke(wrote, tmp_path)).splitlines()
    assert any(re.fullmatch(f"mine.toml: {quoted}", line) for line in lines), lines


def test_every_message_is_quoted_and_explained(tmp_path: Path) -> None:
    said: set[str] = set()
    for wrote, says, todo in MESSAGES:
        reason = says.strip("`").split(": ", 1)[1].split("…")[0]
        faults = provoke(wrote, tmp_path).faults
        said |= {fault.code for fault in faults if fault.reason.startswith(reason)}
        assert todo.endswith(".")
    assert said | UNQUOTED | SAID == set(load_words().group("error.instrument"))
