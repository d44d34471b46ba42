"""Check-ins that are there twice, and two of one second: never put together, never chosen from."""

from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.dressing import Dress, laid
from tests.core.making import load_raw
from tests.core.test_diary import DAYS, FULL, THREE, diaries, in_order, told
from workbook import CheckinError, Instrument, read_checkin, read_diary
from workbook.records.diary import sift_diary


@given(data=st.data())
def test_two_of_one_second_stay_two_and_are_never_mixed(
    data: st.DataObject, small: Instrument
) -> None:
    checkins = data.draw(diaries(small, DAYS[:2]))
    checkins = [(day, {"idle": 1} | answers) for day, answers in checkins]
    wanted = in_order(small, checkins)
    header, *rows = laid(small, checkins)
    assert told(read_diary(small, Dress().save([header, *rows]))) == wanted
    columns = data.draw(st.lists(st.sampled_from(range(11)), min_size=1, unique=True))
    for column in columns:  # as a spreadsheet sorts them
        rows.sort(key=itemgetter(column), reverse=data.draw(st.booleans()))
    sifted = sift_diary(small, Dress().save([header, *rows]))
    if len({day for day, _ in wanted}) == len(wanted):
        assert told(sifted.checkins) == wanted
    else:  # whose is whose can mostly be told no more
        assert all(one in wanted for one in told(sifted.checkins))
        assert all(left.faults[0].column in ("id", "saved_at") for left in sifted.left_out)


def test_an_exact_double_counts_once_and_is_told(small: Instrument) -> None:
    header, *rows = laid(small, THREE)
    again = laid(small, THREE[1:2])[1:]
    for table, doubles in (
        ([*rows, *again], THREE[1:2]),
        ([*again, *rows], THREE[1:2]),
        (sorted([*rows, *rows]), THREE),
        ([*rows, *rows, *rows], [c for c in THREE for _ in "12"]),
    ):
        sifted = sift_diary(small, Dress().save([header, *table]))
        assert told(sifted.checkins) == THREE
        assert told(sifted.doubles) == doubles
        assert not sifted.left_out


def test_a_double_in_another_zone_is_one_too(small: Instrument) -> None:
    here, there = "2025-03-09T18:30:00+00:00", "2025-03-09T20:30:00+02:00"
    table = laid(small, [(here, FULL), (there, FULL), (there, {"up": 1})])
    assert told(read_diary(small, Dress().save(table))) == [(here, FULL), (there, {"up": 1})]


def test_one_time_with_other_answers_where_rows_were_sorted_is_refused(small: Instrument) -> None:
    header, *rows = laid(small, [(DAYS[0], {"up": 1}), (DAYS[0], {"up": 2})])
    mixed = Dress().save([header, *sorted(rows, key=lambda row: row[5:])])
    with pytest.raises(CheckinError, match="up is answered twice") as caught:
        read_diary(small, mixed)
    assert caught.value.column == "id"


def test_nor_are_their_answers_put_together(small: Instrument) -> None:
    header, *rows = laid(small, [(DAYS[0], {"up": 1}), (DAYS[0], {"down": 1})])
    mixed = Dress().save([header, *sorted(rows, key=lambda row: row[5:])])
    with pytest.raises(CheckinError, match="two check-ins of the same time are mingled") as caught:
        read_diary(small, mixed)
    assert caught.value.column == "saved_at"


def test_nor_where_their_results_are_alike(small: Instrument) -> None:
    header, *rows = laid(small, [(DAYS[0], {"up": 1, "pick": "left"}), (DAYS[0], {"up": 1})])
    for table in (sorted(rows, key=itemgetter(4)), sorted(rows, key=itemgetter(5))):
        with pytest.raises(CheckinError, match="up is answered twice"):
            read_diary(small, Dress().save([header, *table]))


BARE = load_raw({
    "id": "bare", "version": "1",
    "item": [{"id": f"a{n}", "kind": "text", "text": "?"} for n in range(2)],
})  # fmt: skip


def test_nor_where_they_stand_as_if_they_were_one() -> None:
    """Sorted by id: the answers of both, then the end of both."""
    header, *rows = laid(BARE, [(DAYS[0], {"a0": "x"}), (DAYS[0], {"a1": "y"})])
    rows.sort(key=itemgetter(5))
    assert [row[5] for row in rows] == ["a0", "a1", "end", "end"]
    with pytest.raises(CheckinError, match="mingled"):
        read_diary(BARE, Dress().save([header, *rows]))


def test_nor_where_rows_were_moved_by_hand() -> None:
    table = laid(BARE, [(DAYS[0], {"a0": "x", "a1": "y"}), (DAYS[0], {"a0": "v", "a1": "w"})])
    assert [table[n][8] for n in (2, 4, 3, 1, 5, 6)] == ["y", "v", "", "x", "w", ""]
    with pytest.raises(CheckinError, match="a0 is answered twice"):
        read_diary(BARE, Dress().save([table[n] for n in (0, 2, 4, 3, 1, 5, 6)]))


def test_a_result_that_was_copied_matters_as_little_as_any(small: Instrument) -> None:
    table = laid(small, THREE)
    assert table[9][4] == "score"
    for copied in (table[9], [*table[9][:8], "99", *table[9][9:]]):
        assert told(read_diary(small, Dress().save([*table, copied]))) == THREE
        one = Dress().save([*table[:12], copied])
        assert told((read_checkin(small, one),)) == told(read_diary(small, one)) == THREE[:1]


def test_an_answer_that_was_copied_is_refused_as_in_a_file_of_one(small: Instrument) -> None:
    table = laid(small, THREE)
    for read, rows in ((read_diary, table), (read_checkin, table[:12])):
        with pytest.raises(CheckinError, match="down is answered twice") as caught:
            read(small, Dress().save([*rows, table[2]]))
        assert caught.value.row == len(rows) + 1


def test_a_correction_written_below_is_refused_and_not_chosen(small: Instrument) -> None:
    table = laid(small, THREE)
    table.append([*table[1][:8], "2", "", ""])
    with pytest.raises(CheckinError, match="up is answered twice") as caught:
        read_diary(small, Dress().save(table))
    assert caught.value.row == len(table)
