"""Check-ins that an older or a newer version of the questionnaire has written."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.core.making import load
from workbook import CheckinError, Instrument, assess, read_checkin, write_checkin
from workbook.records.checkin import tell_changes

SMALL = (Path(__file__).parent / "small.toml").read_text()
WHEN = datetime(2025, 3, 9, 18, 30, tzinfo=UTC)
ANSWERS = {"up": -1, "down": 3, "box": True, "sign": "no", "pick": "left", "note": "a"}


@pytest.fixture
def text(small: Instrument) -> str:
    return write_checkin(small, ANSWERS, saved_at=WHEN)


def refused(instrument: Instrument, content: str) -> CheckinError:
    with pytest.raises(CheckinError) as caught:
        read_checkin(instrument, content)
    return caught.value


def every(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


def test_an_older_version_is_taken_over_by_id(text: str, small: Instrument) -> None:
    old = every(every(text, '"v1.2.0"', '"1.1.9"'), '"down","one"', '"gone","one"')
    back = read_checkin(small, old)
    assert dict(back.answers) == {k: v for k, v in ANSWERS.items() if k != "down"}
    assert back.dropped == ("gone",)
    assert back.saved_at == WHEN


def test_an_older_version_with_one_id_twice(text: str, small: Instrument) -> None:
    old = every(text, '"v1.2.0"', '"1"').replace('"down","one"', '"gone","one"')
    error = refused(small, old.replace('"box","one"', '"gone","one"'))
    assert (error.row, error.column, error.reason) == (4, "id", "gone is answered twice.")


@pytest.mark.parametrize(
    ("version", "older"), [("1.2.0", False), ("1.2", True), ("0.9.9.9", True), ("1.1.10", True)]
)
def test_versions_are_compared_as_numbers(
    version: str, text: str, small: Instrument, *, older: bool
) -> None:
    changed = every(text, '"v1.2.0"', f'"{version}"').replace('"down","one"', '"gone","one"')
    if older:
        assert read_checkin(small, changed).dropped == ("gone",)
    else:
        assert refused(small, changed).column == "id"


def test_a_newer_version_is_refused_however_little_newer(text: str, small: Instrument) -> None:
    for version in ("1.2.0.1", "1.2.1", "1.10.0", "2"):
        error = refused(small, every(text, '"v1.2.0"', f'"{version}"'))
        assert (
            error.reason == f"it was saved with a newer version ({version}) than this one (1.2.0)."
        )


def test_the_next_version_reads_what_this_one_wrote(text: str) -> None:
    newer = load(
        SMALL.replace('version = "1.2.0"', 'version = "1.3.0"').replace("below = 50", "below = 60")
    )
    assert dict(read_checkin(newer, text).answers) == ANSWERS


RETIRED = """
[[retired]]
id = "mark"
now = "sign"
name = "a mark"

[[retired]]
id = "gone"
name = "what was asked"
"""


@pytest.mark.parametrize(
    ("old", "new", "stands"),
    [
        ("yes", None, "yes"),
        ("not sure", None, "not sure"),
        ("yes", "no", "yes"),
        ("no", "yes", "yes"),
        ("not sure", "no", "not sure"),
        ("no", "not sure", "not sure"),
    ],
)
def test_a_retired_sign_is_taken_over_and_the_graver_answer_stands(
    old: str, new: str | None, stands: str, small: Instrument
) -> None:
    wrote = load(
        SMALL.replace('id = "note"', 'id = "mark"').replace('kind = "text"', 'kind = "sign"')
    )
    text = write_checkin(wrote, {"up": 1, "mark": old, "sign": new}, saved_at=WHEN)
    now = load(SMALL.replace('version = "1.2.0"', 'version = "2"') + RETIRED)
    back = read_checkin(now, text)
    assert dict(back.answers) == {"up": 1, "sign": stands}
    assert (back.taken_over, back.dropped) == ((("mark", "sign"),), ())
    assert refused(small, text).column == "id"  # of the same version, it is no question


def test_what_was_retired_without_an_heir_is_dropped_and_named(text: str) -> None:
    now = load(SMALL.replace('version = "1.2.0"', 'version = "2"') + RETIRED)
    back = read_checkin(now, every(text, '"down","one"', '"gone","one"'))
    assert (back.taken_over, back.dropped) == ((), ("gone",))
    (said,) = tell_changes(now, back, now.words)
    assert said == (
        "This file was saved with an earlier version. What was asked asked for something that is "
        "now asked differently, so those answers were left out."
    )


def test_a_file_of_the_first_version_of_the_shipped_questionnaire(friendship: Instrument) -> None:
    old = Path(__file__).parent / "first.csv"
    back = read_checkin(friendship, old.read_bytes())
    assert back.dropped == ("for.respect", "for.moved-on")
    assert back.taken_over == (("walk.manipulation", "walk.pressure"), ("walk.afraid", "walk.fear"))
    assert (back.answers["walk.pressure"], back.answers["walk.fear"]) == ("yes", "not sure")
    assert assess(friendship, back.answers).outcome == "safety-first"
    gone, taken = tell_changes(friendship, back, friendship.words)
    names = {old.id: old.name for old in friendship.retired}
    assert all(names[key].lower() in gone.lower() for key in back.dropped)
    assert all(names[key] in taken for key, _ in back.taken_over)


def test_a_sign_in_the_words_of_another_language(text: str, small: Instrument) -> None:
    assert refused(small, every(text, '"no","No"', '"Nein","Nein"')).reason == (
        "Nein is not an answer to sign; in whatever language the page is, "
        "allowed is one of: yes, no, not sure."
    )
