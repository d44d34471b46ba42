"""A file that is not a whole, sound check-in is refused with one sentence, and nothing is used."""

from datetime import UTC, datetime

import pytest

from workbook import CheckinError, Instrument, read_checkin, write_checkin
from workbook.records.checkin import MOST_BYTES

WHEN = datetime(2025, 3, 9, 18, 30, tzinfo=UTC)
ANSWERS = {"up": -1, "down": 3, "box": True, "sign": "no", "pick": "left", "note": "a\r\n'b"}
# What to replace in the file of these answers, then row, column and the reason given.
CELLS = [
    (
        'less",3',
        'less",7',
        3,
        "value",
        "7 is not an answer to down; allowed is a whole number from",
    ),
    ('less",3', 'less",3.5', 3, "value", "3.5 is not an answer to down"),
    ('less",3', 'less",""', 3, "value", " is not an answer to down"),
    ('less",3', 'less",nan', 3, "value", "nan is not an answer to down"),
    ('less",3', f'less",{"9" * 5000}', 3, "value", f"{'9' * 59}… is not an answer to down"),
    ('less",3', 'less",٣', 3, "value", "٣ is not an answer to down"),
    ('"true"', '"2"', 4, "value", "2 is not an answer to box; allowed is true or false."),
    (
        '"no"',
        '"nope"',
        5,
        "value",
        "nope is not an answer to sign; in whatever language the page is,",
    ),
    (
        '"left","',
        '"up","',
        6,
        "value",
        "up is not an answer to pick; allowed is one of: left, right.",
    ),
    ('"down","one"', '"dawn","one"', 3, "id", "dawn is not a question of this questionnaire."),
    ('"down","one"', '"up","one"', 3, "id", "up is answered twice."),
    ('"answer","down"', '"anser","down"', 3, "kind", "anser is not a kind of row; allowed is"),
    (
        '"small"',
        '"large"',
        2,
        "instrument",
        "it belongs to another questionnaire (large); expected",
    ),
    ('"v1.2.0"', '"1.x"', 2, "version", "1.x is not a version number."),
    ('"v1.2.0"', '"1.10"', 2, "version", "it was saved with a newer version (1.10) than this one"),
    ('"2025-03-09T18:30:00+00:00"', '"yesterday"', 2, "saved_at", "yesterday is not a date and"),
    ('"saved_at"', '"saved"', 1, "saved_at", "this column is missing."),
    ('"label"', '"value"', 1, "label", "this column is missing."),
    ('"weight"', '"weight","Value "', 1, "value", "this column stands there twice; delete"),
]
WHOLE = [
    ("", "it holds no answers."),
    (b"", "it holds no answers."),
    ("\ufeff", "it holds no answers."),
    ("\r\n\r\n", "it is not a check-in file of this workbook."),
    ("date,amount\n2025-03-09,12\n", "it is not a check-in file of this workbook."),
    ("hello", "it is not a check-in file of this workbook."),
    ("<html></html>", "it is not a check-in file of this workbook."),
    (b"\x89PNG\r\n\x1a\n\x00\xff", "it is not a UTF-8 text file; save it as CSV UTF-8."),
    (b"PK\x03\x04\x00\x00", "it is not a UTF-8 text file; save it as CSV UTF-8."),
    ("a\0b", "it is not a UTF-8 text file; save it as CSV UTF-8."),
    ("x" * (MOST_BYTES + 1), "it is larger than 4 MB, a check-in is far smaller."),
    (b"\xff" * (MOST_BYTES + 1), "it is larger than 4 MB, a check-in is far smaller."),
]


@pytest.fixture
def text(small: Instrument) -> str:
    return write_checkin(small, ANSWERS, saved_at=WHEN)


def refused(instrument: Instrument, content: str | bytes) -> CheckinError:
    with pytest.raises(CheckinError) as caught:
        read_checkin(instrument, content)
    said = str(caught.value)
    assert "\n" not in said
    assert len(said) < 250
    assert said.startswith("This file cannot be read: ")
    assert said.endswith(caught.value.reason)
    return caught.value


def kept(instrument: Instrument, content: bytes) -> dict[str, object]:
    """Return the answers read, none of a file that is refused."""
    try:
        return dict(read_checkin(instrument, content).answers)
    except CheckinError:
        return {}


def every(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize("cell", CELLS, ids=range(len(CELLS)))
def test_a_bad_cell_is_named(
    cell: tuple[str, str, int, str, str], text: str, small: Instrument
) -> None:
    old, new, row, column, reason = cell
    error = refused(small, every(text, old, new))
    assert (error.row, error.column) == (row, column)
    assert error.reason.startswith(reason)
    assert f"row {row}, column {column}: " in str(error)


@pytest.mark.parametrize(("content", "reason"), WHOLE, ids=range(len(WHOLE)))
def test_a_file_that_is_something_else(
    content: str | bytes, reason: str, small: Instrument
) -> None:
    error = refused(small, content)
    assert (error.row, error.column, error.reason) == (None, None, reason)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_without_a_mark_or_wider_still(
    encoding: str, text: str, small: Instrument
) -> None:
    content = text.removeprefix("\ufeff").encode(encoding)
    assert "UTF-8" in refused(small, content).reason


def test_another_single_byte_encoding(small: Instrument) -> None:
    content = write_checkin(small, {"note": "é"}).removeprefix("\ufeff").encode("latin-1")
    assert "UTF-8" in refused(small, content).reason


def test_a_header_alone(text: str, small: Instrument) -> None:
    assert refused(small, text.split("\r\n", maxsplit=1)[0]).reason == "it holds no answers."


def test_two_check_ins_in_one_file(text: str, small: Instrument) -> None:
    later = write_checkin(small, {"up": 2}, saved_at=WHEN.replace(day=10))
    rows = text.count("\r\n") - 1  # one line end stands in the note
    error = refused(small, text + later.partition("\r\n")[2])
    assert (error.row, error.column) == (rows + 1, "saved_at")
    assert error.reason.startswith("it belongs to another check-in than the rows above")


@pytest.mark.parametrize("column", ["instrument", "version", "fingerprint"])
def test_a_row_of_another_instrument(column: str, text: str, small: Instrument) -> None:
    lines = text.split("\r\n")
    cell = {"instrument": "small", "version": "v1.2.0", "fingerprint": small.fingerprint}[column]
    lines[3] = every(lines[3], f'"{cell}"', '"0"')
    error = refused(small, "\r\n".join(lines))
    assert (error.row, error.column) == (4, column)


def test_the_same_file_twice_in_one(text: str, small: Instrument) -> None:
    error = refused(small, text + text.partition("\r\n")[2])
    assert (error.column, error.reason) == ("id", "up is answered twice.")


def test_too_many_or_too_few_cells(text: str, small: Instrument) -> None:
    for old, new, found in (('"down",', "", 10), ('"down",', '"down","down",', 12)):
        error = refused(small, every(text, old, new))
        assert (error.row, error.column) == (3, None)
        assert error.reason.startswith(f"it has {found} cells where 11 are expected")


def test_a_quote_too_many(text: str, small: Instrument) -> None:
    for old, new in (('"down"', '"do"wn"'), ('"More is less"', '"More is less')):
        error = refused(small, every(text, old, new))
        assert error.row is not None
        assert error.column is None


def test_cut_off_anywhere_it_is_refused_or_holds_only_what_was_answered(
    text: str, small: Instrument
) -> None:
    content = text.encode()
    for end in range(len(content)):
        assert kept(small, content[:end]).items() <= ANSWERS.items()


def test_any_byte_lost_or_replaced_never_ends_in_another_error(
    text: str, small: Instrument
) -> None:
    content = text.encode()
    for at in range(len(content)):
        for new in (b"", b'"', b",", b"\xff", b"\n", b"=", b"9"):
            answers = kept(small, content[:at] + new + content[at + 1 :])
            assert answers.keys() <= ANSWERS.keys()
