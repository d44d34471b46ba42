"""A translation changes texts and nothing else, and is refused whole with all that is wrong."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.making import to_toml
from tests.pseudo import DATA, pseudo, write_language
from workbook import (
    CheckinError,
    Instrument,
    InstrumentError,
    assess,
    load_instrument,
    read_checkin,
    write_checkin,
)
from workbook.instrument.support import load_support

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ANSWERS = {"why.bond": True, "ready.healed": 7, "walk.eggshells": "no", "well.support.day": "sun"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("language")
    write_language(made)
    return made


@pytest.fixture(scope="module")
def translated(folder: Path) -> Instrument:
    return load_instrument(folder / "data/friendship.toml", "xx", folder / "locale")


def faults(folder: Path, change: Callable[[dict[str, Any]], object], tmp_path: Path) -> list[str]:
    """Return what is said of the translation after ``change``."""
    raw = tomllib.loads((folder / "data/friendship.xx.toml").read_text())
    change(raw)
    original = (DATA / "friendship.toml").read_text()
    (tmp_path / "friendship.toml").write_text(original)
    (tmp_path / "friendship.xx.toml").write_text(to_toml(raw))
    with pytest.raises(InstrumentError) as caught:
        load_instrument(tmp_path / "friendship.toml", "xx", folder / "locale")
    assert caught.value.file == "friendship.xx.toml"
    return [f"{fault.key}: {fault.reason}" for fault in caught.value.faults]


def test_texts_change_and_nothing_that_counts(translated: Instrument) -> None:
    original = load_instrument(DATA / "friendship.toml")
    assert translated.fingerprint == original.fingerprint
    assert (translated.file, translated.language) == ("friendship.toml", "xx")
    assert list(translated.by_id) == list(original.by_id)
    assert translated.items[0].text == pseudo(original.items[0].text)
    assert assess(translated, ANSWERS).scores == assess(original, ANSWERS).scores
    assert translated.message is not None
    assert original.message is not None
    assert translated.message.phrase[0].texts[0] == pseudo(original.message.phrase[0].texts[0])


def test_a_checkin_in_one_language_is_read_in_another(translated: Instrument) -> None:
    original = load_instrument(DATA / "friendship.toml")
    for writer, reader in ((original, translated), (translated, original)):
        assert read_checkin(reader, write_checkin(writer, ANSWERS)).answers == ANSWERS


def test_ids_and_numbers_of_a_file_do_not_follow_the_language(translated: Instrument) -> None:
    original = load_instrument(DATA / "friendship.toml")
    answers = {i.id: 7 for i in original.items if i.kind == "rating"}
    saved_at = "2026-11-24T10:00:00+00:00"
    ours, theirs = (write_checkin(i, answers, saved_at) for i in (original, translated))
    assert ours != theirs
    kept = [0, 1, 2, 3, 4, 5, 6, 8, 10]  # all but question and label
    for one, other in zip(cells(ours), cells(theirs), strict=True):
        assert [one[n] for n in kept] == [other[n] for n in kept]


def cells(text: str) -> list[list[str]]:
    import csv  # noqa: PLC0415  # read here only

    return list(csv.reader(text.splitlines()))


def test_a_refused_file_is_explained_in_the_language(translated: Instrument) -> None:
    with pytest.raises(CheckinError) as caught:
        read_checkin(translated, "x")
    assert str(caught.value).startswith(pseudo("This file cannot be read:")[:20])


def test_all_that_is_wrong_is_said_at_once(folder: Path, tmp_path: Path) -> None:
    def change(raw: dict[str, Any]) -> None:
        raw["version"] = "2"
        raw["item"]["why.bond"]["weight"] = 3
        raw["item"]["made.up"] = {"text": "?"}
        raw["item"]["ready.healed"]["text"] = ""
        raw["item"]["ready.enriches"]["text"] = 7
        raw["about"]["more"].pop()
        raw["about"]["research"].pop()
        raw["message"]["wording"][0]["outcomes"] = ["safety-first"]
        raw["message"]["phrase"] = [{"texts": ["x"]}]
        del raw["outcome"]["safety-first"]
        raw["gate"] = []
        raw["title"] = ["a"]
        raw["about"]["closing"] = "a"

    said = faults(folder, change, tmp_path)
    for one in (
        "version: there is no such key here; allowed are title, item, about,",
        "item[why.bond].weight: there is no such key here; allowed are text,",
        "item[made.up]: the file that this one translates has nothing of this name.",
        "item[ready.healed].text: this text is empty.",
        "item[ready.enriches].text: the value has the wrong type; allowed is a text in quotes.",
        "about.more: it has 3 entries where the file that it translates has 4.",
        "about.research: it has 4 entries where the file that it translates has 5.",
        "message.wording: the texts do not belong to the same part, tone, outcomes, only_with,",
        "message.phrase[1].reason: this is missing.",
        "outcome[safety-first].title: this is missing.",
        "outcome[safety-first].short: this is missing.",
        "outcome[safety-first].text: this is missing.",
        "gate: the value has the wrong type; allowed is a table.",
        "title: the value has the wrong type; allowed is a text in quotes.",
        "about.closing: the value has the wrong type; allowed is a list.",
    ):
        assert [line for line in said if line.startswith(one)], (one, said)
    assert len(said) == 15


def test_an_empty_translation_names_every_text(folder: Path, tmp_path: Path) -> None:
    said = faults(folder, dict.clear, tmp_path)
    assert len(said) > 250
    assert "item[walk.fear].text: this is missing." in said
    assert "message.wording: this is missing." in said
    assert "own.sides[for].text: this is missing." in said
    assert "item[well.support.day].options[sun].text: this is missing." in said


def test_there_must_be_a_translation(folder: Path) -> None:
    with pytest.raises(InstrumentError, match=r"^friendship\.xx\.toml: file: "):
        load_instrument(DATA / "friendship.toml", "xx", folder / "locale")


def test_the_instruments_own_language_needs_none() -> None:
    assert load_instrument(DATA / "friendship.toml", "en").language == "en"


@pytest.mark.parametrize("name", ["", "../xx", "x x", "xx/", "xx_XX"])
def test_a_language_has_a_plain_name(name: str) -> None:
    with pytest.raises(InstrumentError, match="is no name of a language; allowed are letters"):
        load_instrument(DATA / "friendship.toml", name)


def test_services_keep_their_numbers(folder: Path) -> None:
    original, translated = (
        load_support(folder / "data/support.toml", language) for language in (None, "xx")
    )
    assert original is not None
    assert translated is not None
    for before, after in zip(original.country, translated.country, strict=True):
        assert after.name == pseudo(before.name)
        for old, new in zip(before.service, after.service, strict=True):
            assert (new.phone, new.web, new.seen) == (old.phone, old.web, old.seen)
            assert new.topic == pseudo(old.topic)


def test_a_services_translation_is_whole_or_refused(folder: Path, tmp_path: Path) -> None:
    raw = tomllib.loads((folder / "data/support.xx.toml").read_text())
    raw["planning"].pop()
    shout = raw["country"]["gb"]["service"]["Shout"]
    shout["text_line"] = shout["text_line"].replace("85258", "85285")
    shout["phone"] = "1"
    del raw["country"]["ie"]["service"]["Women's Aid"]
    (tmp_path / "support.toml").write_text((DATA / "support.toml").read_text())
    (tmp_path / "support.xx.toml").write_text(to_toml(raw))
    with pytest.raises(InstrumentError) as caught:
        load_support(tmp_path / "support.toml", "xx")
    said = {f"{fault.key}: {fault.reason}" for fault in caught.value.faults}
    service = "support.country[gb].service[Shout]"
    assert {
        "support.planning: it has 3 entries where the file that it translates has 4.",
        (
            f"{service}.text_line: the numbers are not those of the file that this one translates: "
            "85258."
        ),
        f"{service}.phone: there is no such key here; allowed are name, topic, text_line, note.",
        "support.country[ie].service[Women's Aid].name: this is missing.",
    } <= said
    assert len(said) == 6
