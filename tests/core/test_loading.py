"""Every fault of an instrument file is found, named and explained, all of them at once.

The faults stand in ``faults/``: ``change`` is what to replace in small.toml, ``key`` and ``reason``
what is said of it (a long list may be cut short), ``also`` the keys of what else it breaks.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.core.making import Raw, load, load_raw
from tests.core.test_loading_laws import BROKEN
from tests.pseudo import SAID
from workbook import Instrument, InstrumentError, load_instrument
from workbook.text.errors import Fault
from workbook.text.words import load_words

HERE = Path(__file__).parent
SMALL = (HERE / "small.toml").read_text()
FAULTS: list[dict[str, Any]] = [
    fault
    for file in sorted((HERE / "faults").glob("*.toml"))
    for fault in tomllib.loads(file.read_text())["fault"]
]


def faults_in(content: str | bytes) -> tuple[Fault, ...]:
    with pytest.raises(InstrumentError) as caught:
        load(content)
    return caught.value.faults


def changed(fault: dict[str, Any]) -> str:
    old, new = fault["change"]
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{n}-{f['key']}" for n, f in enumerate(FAULTS, 1)])
def test_a_fault_is_named_and_explained(fault: dict[str, Any]) -> None:
    found = {f.key: f for f in faults_in(changed(fault))}
    assert set(found) == {fault["key"], *fault.get("also", ())}
    reason = found[fault["key"]].reason
    assert reason.startswith(fault["reason"])
    assert reason == fault["reason"] or fault["reason"].endswith(",")


def test_an_error_says_file_key_and_reason_of_every_fault() -> None:
    broken = SMALL.replace("min = -2", "min = 2").replace("weight = 1", "weight = -1")
    broken = broken.replace('when = "yes"', 'when = "maybe"').replace('title = "Go"', "")
    with pytest.raises(InstrumentError) as caught:
        load(broken)
    error = caught.value
    keys = {"item[up].max", "scale[sum].items[down].weight", "gate[stop].when", "outcome[go].title"}
    assert {f.key for f in error.faults} == keys
    assert str(error).splitlines() == [f"made.toml: {f.key}: {f.reason}" for f in error.faults]
    assert (error.file, error.key, error.reason) == (
        "made.toml",
        error.faults[0].key,
        error.faults[0].reason,
    )


def test_a_file_with_nothing_in_it() -> None:
    assert {f.key: f.reason for f in faults_in("")} == {
        "id": "this is missing.",
        "version": "this is missing.",
        "item": "this is missing.",
    }


def test_a_list_of_items_with_no_item_in_it() -> None:
    assert [(f.key, f.reason) for f in faults_in('id = "x"\nversion = "1"\nitem = []')] == [
        ("item", "there is no item.")
    ]


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InstrumentError, match=r"^not-there\.toml: file: the file cannot be read"):
        load_instrument(tmp_path / "not-there.toml")


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(InstrumentError, match=": file: the file cannot be read"):
        load_instrument(str(tmp_path))


@pytest.mark.parametrize(
    "content", ["id = ", "id = 1\nid = 2", b'id = "\xff"', b"\x00\x01\x02", "id = 'x'\x00"]
)
def test_a_file_that_is_no_toml(content: str | bytes) -> None:
    (fault,) = faults_in(content)
    assert (fault.key, fault.code) == ("file", "not-toml")
    assert fault.reason.startswith("this is not TOML: ")


def test_bands_that_make_too_many_cases() -> None:
    bands = [*({"id": f"b{n}", "below": n + 1} for n in range(24)), {"id": "top"}]
    scales = [
        {"id": s, "bands": bands, "items": [{"id": f"r-{s}", "weight": 1}]} for s in ("p", "q", "r")
    ]
    raw: Raw = {
        "id": "wide",
        "version": "1",
        "item": [
            {"id": f"r-{s['id']}", "kind": "rating", "text": "?", "min": 0, "max": 1}
            for s in scales
        ],
        "scale": scales,
        "outcome": [{"id": o, "title": o} for o in ("a", "not-enough")],
        "rule": [
            {"when": {"p": ["b0"], "q": ["b0"], "r": ["b0"]}, "outcome": "a"},
            {"outcome": "a"},
        ],
    }
    with pytest.raises(InstrumentError) as caught:
        load_raw(raw)
    assert str(caught.value) == "made.toml: rule: the bands make more than 10000 cases."


def test_every_fault_there_is_a_sentence_for_is_tested() -> None:
    tested = {found.code for fault in FAULTS for found in faults_in(changed(fault))}
    elsewhere = {"unreadable", "not-toml", "none", "too-many-cases"}
    support = {"checked", "seen"}
    laws = {code for _, _, code in BROKEN}
    assert tested | elsewhere | support | laws | SAID == set(load_words().group("error.instrument"))


def test_chapters_gates_and_rules_are_optional() -> None:
    rating = {"id": "r", "kind": "rating", "text": "?", "min": 0, "max": 1}
    scale = {"id": "s", "bands": [{"id": "all"}], "items": [{"id": "r", "weight": 1}]}
    instrument = load_raw({"id": "bare", "version": "1", "item": [rating], "scale": [scale]})
    assert [c.title for c in instrument.chapters] == ["bare"]
    assert [i.id for i in instrument.in_chapter("all")] == ["r"]


def test_a_path_may_be_text_or_path(tmp_path: Path, small: Instrument) -> None:
    file = tmp_path / "again.toml"
    file.write_text(SMALL)
    for path in (file, str(file)):
        again = load_instrument(path)
        assert again.items == small.items
        assert again.file == "again.toml"
