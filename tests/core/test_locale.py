"""Every error that the code can raise has a sentence, and no sentence waits for nobody."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import workbook
from workbook import InstrumentError
from workbook.instrument.kinds import KINDS
from workbook.text.languages import open_words
from workbook.text.words import load_words

CODE = Path(workbook.__file__).parent
# Which argument of a call holds a code, and the group of sentences that it belongs to.
CALLS = {
    "CheckinError": (0, "error.checkin"),
    "add": (1, "error.instrument"),
    "Fault": (1, "error.instrument"),
}


def calls() -> Iterator[ast.Call]:
    for file in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield node


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def used(group: str) -> set[str]:
    found = set()
    for call in calls():
        place, said = CALLS.get(name_of(call), (0, ""))
        if said == group and len(call.args) > place:
            code = call.args[place]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                found.add(code.value)
    return found


@pytest.mark.parametrize("group", ["error.checkin", "error.instrument"])
def test_codes_and_sentences_match(group: str) -> None:
    assert used(group) == set(load_words().group(group))


def test_what_is_allowed_has_words_for_every_kind() -> None:
    assert set(load_words().group("error.allowed")) == {"key", "once", *KINDS}


def test_the_other_errors_have_sentences() -> None:
    plain = {c for c in load_words().group("error") if "." not in c}
    constants = {
        node.value.removeprefix("error.")
        for file in CODE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    places = {"checkin-whole", "checkin-row", "checkin-cell"}  # put together from their parts
    assert plain - places <= constants
    assert places <= plain
    assert {"answer", "answer-row", "instrument-line"} <= plain


def test_an_unknown_code_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(KeyError):
        load_words()("error.no-such-code")


def test_a_language_without_a_file_is_refused() -> None:
    with pytest.raises(InstrumentError, match=r"^tlh\.toml: file: the file cannot be read"):
        open_words("tlh")
