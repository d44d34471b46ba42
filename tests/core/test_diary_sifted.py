"""What of a damaged or mixed diary is used, and that all the rest is named, row by row."""

import pytest

from tests.core.dressing import Dress, Table, laid, table_of
from tests.core.test_checkin_spreadsheet import saved
from tests.core.test_diary import DAYS, THREE, told
from workbook import CheckinError, Instrument, read_diary, write_checkin
from workbook.records.diary import Sifted, sift_diary

AT = {
    "saved_at": 0,
    "instrument": 1,
    "version": 2,
    "fingerprint": 3,
    "kind": 4,
    "id": 5,
    "value": 8,
}
FIRST = 2, 3, 4, 5, 6, 7  # rows of the answers of the first check-in; then come its results


@pytest.fixture
def table(small: Instrument) -> Table:
    return laid(small, THREE)


def sifted(small: Instrument, table: Table) -> Sifted:
    """Sift, and see that every row is either used or named, and that the strict reader refuses."""
    content = Dress().save(table)
    found = sift_diary(small, content)
    with pytest.raises(CheckinError) as caught:
        read_diary(small, content)
    faults = [fault for left in found.left_out for fault in left.faults]
    first = min(faults, key=lambda fault: fault.row or 0)
    assert (caught.value.row, caught.value.reason) == (first.row, first.reason)
    assert all(fault.words is small.words for fault in faults)
    named = [row for left in found.left_out for row in left.rows]
    assert len(named) == len(set(named))
    assert [left.rows[0] for left in found.left_out] == sorted(
        left.rows[0] for left in found.left_out
    )
    used = {when for when, _ in told(found.checkins)}
    for number, row in enumerate(table[1:], start=2):
        assert (number in named) == (row[0] not in used or number in named)
    return found


def faults_of(found: Sifted) -> list[tuple[int | None, str | None]]:
    return [(fault.row, fault.column) for left in found.left_out for fault in left.faults]


def test_a_sound_diary_leaves_nothing_out(table: Table, small: Instrument) -> None:
    found = sift_diary(small, Dress().save(table))
    assert told(found.checkins) == THREE
    assert (found.doubles, found.left_out) == ((), ())


def test_rows_of_another_questionnaire_spoil_nothing(
    table: Table, small: Instrument, car: Instrument
) -> None:
    foreign = table_of(write_checkin(car, {"them.late": 2}, DAYS[0]))[1:]
    for place in (1, 13, len(table)):
        mixed = [*table[:place], *foreign, *table[place:]]
        found = sifted(small, mixed)
        assert told(found.checkins) == THREE
        (left,) = found.left_out
        assert (left.rows, left.saved_at) == (
            tuple(range(place + 1, place + 1 + len(foreign))),
            DAYS[0],
        )
        assert left.faults[0].column == "instrument"
        assert "it belongs to another questionnaire (lend-my-car)" in left.faults[0].reason


@pytest.mark.parametrize("place", [1, 3, 12, 19])
def test_nor_does_a_single_row_of_another(
    place: int, table: Table, small: Instrument, car: Instrument
) -> None:
    foreign = table_of(write_checkin(car, {"them.late": 2}, DAYS[5]))[1]
    found = sifted(small, [*table[:place], foreign, *table[place:]])
    assert told(found.checkins) == THREE
    assert [left.rows for left in found.left_out] == [(place + 1,)]


def test_so_it_is_where_a_spreadsheet_has_sorted_all_rows(
    table: Table, small: Instrument, car: Instrument
) -> None:
    foreign = table_of(write_checkin(car, {"them.late": 2}, DAYS[0]))[1:]
    rows = sorted([*table[1:], *foreign], key=lambda row: row[5])
    found = sifted(small, [table[0], *rows])
    assert told(found.checkins) == THREE
    (left,) = found.left_out
    assert len(left.rows) == len(foreign)


def test_a_newer_version_is_left_out(table: Table, small: Instrument) -> None:
    newer = [[*row[:2], "v2.0.0", *row[3:]] if row[0] == DAYS[1] else row for row in table]
    found = sifted(small, newer)
    assert told(found.checkins) == [THREE[0], THREE[2]]
    assert faults_of(found) == [(13, "version")]


def test_a_check_in_with_a_bad_cell_is_left_out_whole_and_each_fault_is_named(
    table: Table, small: Instrument
) -> None:
    table[2][AT["value"]], table[5][AT["id"]], table[6][AT["kind"]] = "9", "else", "?"
    found = sifted(small, table)
    assert told(found.checkins) == THREE[1:]
    assert faults_of(found) == [(3, "value"), (6, "id"), (7, "kind")]
    assert found.left_out[0].rows == tuple(range(2, 13))


def test_what_was_left_out_is_named_in_the_order_of_the_file(
    table: Table, small: Instrument
) -> None:
    table[2][AT["value"]] = table[12][AT["value"]] = "9"
    table.insert(12, [*[""] * 8, "slept badly", "", ""])
    found = sifted(small, table)
    assert [left.rows[0] for left in found.left_out] == [2, 13, 14]


def test_a_time_that_cannot_be_read_is_that_of_one_check_in(
    table: Table, small: Instrument
) -> None:
    rows = [["45725,77", *row[1:]] if row[0] == DAYS[1] else row for row in table]
    found = sifted(small, rows)
    assert told(found.checkins) == [THREE[0], THREE[2]]
    assert faults_of(found) == [(13, "saved_at")]
    assert found.left_out[0].saved_at == "45725,77"


@pytest.mark.parametrize("number", FIRST)
@pytest.mark.parametrize("column", ["saved_at", "instrument", "version", "fingerprint", "kind"])
@pytest.mark.parametrize("cell", ["", "x", "1.1"])
def test_a_row_that_was_damaged_takes_its_check_in_with_it(
    number: int, column: str, cell: str, table: Table, small: Instrument
) -> None:
    table[number - 1][AT[column]] = cell
    found = sifted(small, table)
    assert told(found.checkins) == THREE[1:]
    assert number in [row for row, _ in faults_of(found)]


@pytest.mark.parametrize("at", range(10))
@pytest.mark.parametrize("number", [*FIRST, 13, 14])
def test_cells_that_have_moved_take_their_check_in_with_them(
    number: int, at: int, table: Table, small: Instrument
) -> None:
    row = table[number - 1]
    for moved in ([*row[:at], *row[at + 1 :]], [*row[:at], row[at], *row[at:]]):
        found = sift_diary(small, saved([*table[: number - 1], moved, *table[number:]]))
        rest = THREE[1:] if number in FIRST else [THREE[0], THREE[2]]
        if at < AT["value"]:
            assert told(found.checkins) == rest
            assert number in [row for row, _ in faults_of(found)]
        else:  # of what stands behind the answer little matters
            assert told(found.checkins) in (THREE, rest)


@pytest.mark.parametrize("place", [1, 12, 19, -1])
def test_a_note_in_a_row_of_its_own_spoils_no_check_in(
    place: int, table: Table, small: Instrument
) -> None:
    table.insert(place if place > 0 else len(table), [*[""] * 8, "slept badly", "", ""])
    found = sifted(small, table)
    assert told(found.checkins) == THREE
    assert [(left.rows, left.saved_at) for left in found.left_out] == [
        ((place + 1 if place > 0 else len(table),), "")
    ]


def test_what_stands_before_a_broken_quote_is_used(table: Table, small: Instrument) -> None:
    whole = saved(table)
    broken = whole + whole.replace(',"two', ',"t"wo').replace("\n2025-03-09", "\n2024-03-09")
    assert broken.count("\n2024") == 11
    with pytest.raises(CheckinError, match="the quotes do not match") as caught:
        read_diary(small, broken)
    found = sift_diary(small, broken)
    assert told(found.checkins) == THREE
    error = caught.value
    assert [fault.row for left in found.left_out for fault in left.faults] == [error.row] * 2
    assert [left.rows for left in found.left_out] == [(27, 28, 29, 30, 31), (32,)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it holds no answers."),
        ("\ufeff", "it holds no answers."),
        ("hello", "it is not a check-in file of this workbook."),
        ("date,amount\n2025-03-09,12\n", "it is not a check-in file of this workbook."),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "it is not a UTF-8 text file; save it as CSV UTF-8."),
    ],
)
def test_what_is_no_diary_at_all_is_refused(
    content: str | bytes, reason: str, small: Instrument
) -> None:
    for read in (read_diary, sift_diary):
        with pytest.raises(CheckinError) as caught:
            read(small, content)
        assert (caught.value.row, caught.value.reason) == (None, reason)


def test_any_byte_lost_or_replaced_changes_no_other_check_in(
    table: Table, small: Instrument
) -> None:
    """Of what is left, each is as it was, but for the cell that was hit."""
    content = saved(table).encode()
    for at in range(0, len(content), 7):
        for new in (b"", b'"', b",", b"\n", b"9"):
            try:
                found = sift_diary(small, content[:at] + new + content[at + 1 :])
            except CheckinError:
                continue
            same = [one for one in told(found.checkins) if one in THREE]
            assert len(same) >= len(found.checkins) - 1
