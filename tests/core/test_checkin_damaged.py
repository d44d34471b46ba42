"""A refused check-in names the row, as a spreadsheet counts them, where the damage is."""

import pytest

from workbook import CheckinError, Instrument, read_checkin, write_checkin

WORDS = {"up": "More is more", "down": "More is less", "idle": "Kept, but counts nothing"}


@pytest.mark.parametrize(("row", "item"), [(2, "up"), (3, "down"), (4, "idle")])
def test_quotes_that_do_not_match_are_named_with_their_row(
    row: int, item: str, small: Instrument
) -> None:
    text = write_checkin(small, dict.fromkeys(WORDS, 1), saved_at="2025-03-09")
    assert WORDS[item] in text
    with pytest.raises(CheckinError, match="the quotes do not match") as caught:
        read_checkin(small, text.replace(f'"{WORDS[item]}"', f'"{WORDS[item]}"s"'))
    assert (caught.value.row, caught.value.column) == (row, None)


def test_of_columns_that_are_missing_the_first_is_named(small: Instrument) -> None:
    text = write_checkin(small, {"up": 1}).replace('"saved_at"', '"a"').replace('"label"', '"b"')
    with pytest.raises(CheckinError, match="this column is missing") as caught:
        read_checkin(small, text)
    assert (caught.value.row, caught.value.column) == (1, "saved_at")
