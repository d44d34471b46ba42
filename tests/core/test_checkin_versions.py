"""Check-ins that an older or a newer version of the questionnaire has written."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.core.making import load
from workbook import CheckinError, Instrument, read_checkin, write_checkin

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
