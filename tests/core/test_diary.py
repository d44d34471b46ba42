"""A diary holds many check-ins, in whatever dress, and gives back each of them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.dressing import COLUMNS, Dress, dresses, laid, table_of
from tests.core.making import load
from tests.core.strategies import answers_to, blanked
from tests.core.test_checkin import NASTY_TEXTS
from tests.core.test_checkin_spreadsheet import COLUMNS as CHANGES
from tests.core.test_checkin_spreadsheet import saved
from tests.core.test_checkin_versions import RETIRED, SMALL
from workbook import (
    Checkin,
    CheckinError,
    Instrument,
    read_checkin,
    read_diary,
    stack_checkins,
    write_checkin,
    write_diary,
)
from workbook.instrument.answers import check_answers
from workbook.records.diary import add_to_diary
from workbook.text.truth import WORDS

Saved = tuple[str, dict[str, object]]
DAYS = [f"2025-03-{day:02}T18:30:00+00:00" for day in range(9, 19)]
FULL: dict[str, object] = {
    "up": -1,
    "down": 3,
    "box": True,
    "sign": "no",
    "pick": "left",
    "note": "two, b\r\n'c",
}
THREE: list[Saved] = [
    (DAYS[0], {**FULL}),
    (DAYS[1], {"up": 2, "note": "=1"}),
    (DAYS[2], {"box": False}),
]


def told(checkins: tuple[Checkin, ...]) -> list[Saved]:
    return [(c.saved_at.isoformat(), dict(c.answers)) for c in checkins]


def all_answers(instrument: Instrument) -> st.SearchStrategy[dict[str, object]]:
    """Answers of every kind, texts that a spreadsheet could spoil among them."""
    texts = st.dictionaries(st.sampled_from(["note", "own.1.text"]), NASTY_TEXTS)
    picks = blanked([i for i in instrument.items if i.kind == "choice"])
    return st.tuples(answers_to(instrument), picks, texts).map(lambda t: t[0] | t[1] | t[2])


def diaries(instrument: Instrument, days: list[str]) -> st.SearchStrategy[list[Saved]]:
    one = st.tuples(st.sampled_from(days), all_answers(instrument))
    return st.lists(one, min_size=1, max_size=4)


@given(data=st.data())
def test_what_was_laid_under_each_other_comes_back_in_order_of_time(
    data: st.DataObject, small: Instrument
) -> None:
    checkins = data.draw(diaries(small, DAYS).filter(lambda d: len(dict(d)) == len(d)))
    header, *rows = laid(small, checkins)
    rows = data.draw(st.permutations(rows))  # as a spreadsheet sorts them
    back = read_diary(small, data.draw(dresses()).save([header, *rows]))
    wanted = sorted((day, dict(check_answers(small, answers))) for day, answers in checkins)
    assert told(back) == [(d, a) for d, a in sorted(wanted, key=lambda w: w[0])]
    assert not any(c.cut or c.dropped for c in back)


def in_order(instrument: Instrument, checkins: list[Saved]) -> list[Saved]:
    """Return what is to be read of check-ins: in order of time, those that are alike once."""
    found: list[Saved] = []
    for day, answers in sorted(checkins, key=lambda c: c[0]):
        one: Saved = (day, dict(check_answers(instrument, answers)))
        found += [one] if one not in found else []
    return found


@given(data=st.data())
def test_a_table_of_many_is_read_again(data: st.DataObject, small: Instrument) -> None:
    drawn = [(d, {"idle": 1} | a) for d, a in data.draw(diaries(small, DAYS[:3]))]
    checkins = [Checkin(check_answers(small, a), datetime.fromisoformat(d)) for d, a in drawn]
    table = write_diary(small, checkins)
    assert told(read_diary(small, table)) == in_order(small, drawn)
    assert [row[0] for row in table_of(table)].count("saved_at") == 1


def test_a_table_is_in_order_of_time_and_has_none_twice(small: Instrument) -> None:
    table = laid(small, THREE)
    checkins = read_diary(small, Dress().save(table))
    for many in (checkins, [*reversed(checkins)], [*checkins, *checkins]):
        assert table_of(write_diary(small, many)) == table


def test_a_table_of_none_is_a_header(small: Instrument) -> None:
    table = write_diary(small, [])
    assert table_of(table) == [list(COLUMNS)]
    with pytest.raises(CheckinError, match="it holds no answers"):
        read_diary(small, table)


def test_a_file_of_one_is_a_diary_of_one(small: Instrument) -> None:
    text = write_checkin(small, FULL, DAYS[0])
    for content in (text, text.encode(), text.encode("utf-16")):
        assert read_diary(small, content) == (read_checkin(small, content),)


def test_the_reader_of_one_names_that_of_many(small: Instrument) -> None:
    header, *rows = laid(small, THREE)
    for table in ([header, *rows], [header, *reversed(rows)]):
        with pytest.raises(CheckinError, match="read_diary") as caught:
            read_checkin(small, Dress().save(table))
        assert caught.value.column == "saved_at"


def test_nor_does_it_take_two_of_one_second_for_one(small: Instrument) -> None:
    table = laid(small, [(DAYS[0], {"up": 1}), (DAYS[0], {"down": 2})])
    with pytest.raises(CheckinError, match="read_diary") as caught:
        read_checkin(small, Dress().save(table))
    assert (caught.value.row, caught.value.column) == (9, "saved_at")


# -------------------------------------------------------------------------------- headers, files


def test_files_may_be_laid_under_each_other_as_they_are(small: Instrument) -> None:
    texts = [write_checkin(small, answers, day) for day, answers in THREE]
    assert texts[1].startswith("\ufeff")
    for content in ("".join(texts), "".join(texts).encode(), "\n\n".join(texts)):
        assert told(read_diary(small, content)) == THREE


def test_each_with_its_own_columns_and_in_its_own_order(small: Instrument) -> None:
    tables = [laid(small, [checkin]) for checkin in THREE]
    orders = [Dress(), Dress(order=tuple(reversed(range(11))), notes=2), Dress(notes=1)]
    parts = [dress.save(table) for dress, table in zip(orders, tables, strict=True)]
    assert told(read_diary(small, b"".join(parts))) == THREE


@pytest.mark.parametrize("delimiters", [",;\t", ";,;", "\t;,"])
@pytest.mark.parametrize("quoted", [True, False])
def test_and_with_something_else_between_cells(
    delimiters: str, small: Instrument, *, quoted: bool
) -> None:
    checkins = [(day, {**answers, "note": ",;\t,;\t" + day}) for day, answers in THREE]
    content = b"".join(
        Dress(delimiter=delimiter, quoted=quoted).save(laid(small, [checkin]))
        for delimiter, checkin in zip(delimiters, checkins, strict=True)
    )
    assert told(read_diary(small, content)) == checkins
    today = write_checkin(small, {"up": 1}, DAYS[5])
    whole = add_to_diary(small, content, today)
    assert told(read_diary(small, whole)) == [*checkins, (DAYS[5], {"up": 1})]


def test_a_header_that_lacks_a_column_is_named(small: Instrument) -> None:
    first, second = (write_checkin(small, answers, day) for day, answers in THREE[:2])
    with pytest.raises(CheckinError, match="this column is missing") as caught:
        read_diary(small, first + second.replace('"value"', '"worth"'))
    assert (caught.value.row, caught.value.column) == (first.count("\r\n"), "value")


def test_an_answer_may_read_like_a_header(small: Instrument) -> None:
    for part in ",;\t":
        line = part.join(COLUMNS)
        notes = [line, f"{line}\r\n\ufeff{line}", f'\n"{line}"\n{line}', f'\n\ufeff"{line}"']
        checkins: list[Saved] = [(d, {"note": n}) for d, n in zip(DAYS, notes, strict=False)]
        order = (8, *range(8), 9, 10)
        for delimiter in ",;\t":
            for dress in (Dress(delimiter), Dress(delimiter, order=order)):
                assert told(read_diary(small, dress.save(laid(small, checkins)))) == checkins


# --------------------------------------------------------------------------------------- times


def test_times_are_compared_as_moments(small: Instrument) -> None:
    days = ("2025-03-09T23:30:00-03:30", "2025-03-10T02:00:00", "2025-03-10T12:00:00+14:00")
    table = laid(small, [(day, {"up": n}) for n, day in enumerate(days)])
    assert [c.answers["up"] for c in read_diary(small, Dress().save(table))] == [2, 1, 0]


def turned(small: Instrument, days: list[str]) -> bytes:
    """Return a diary whose times a spreadsheet has turned."""
    header, *rows = laid(small, [(day, {"up": 1}) for day in DAYS[: len(days)]])
    return Dress().save([header, *([days[DAYS.index(r[0])], *r[1:]] for r in rows)])


@pytest.mark.parametrize(
    ("days", "months"),
    [
        (["25/03/2025 18:30", "04/05/2025 18:30"], [3, 5]),
        (["04/05/2025 18:30", "3/25/2025 6:30 PM"], [3, 4]),
        (["04-05-2025 18:30", "25-03-2025 18:30"], [3, 5]),
        (["05.04.2025 18:30", "2025-03-25 18:30"], [3, 4]),
        (["03/03/2025 18:30", "25/04/2025 18:30"], [3, 4]),
    ],
)
def test_other_times_of_a_file_tell_day_from_month(
    days: list[str], months: list[int], small: Instrument
) -> None:
    assert [c.saved_at.month for c in read_diary(small, turned(small, days))] == months


@pytest.mark.parametrize(
    "days",
    [
        ["04/05/2025 18:30", "03/03/2025 18:30"],
        ["04/05/2025 18:30", "25/03/2025 18:30", "3/26/2025 18:30"],
        ["04/05/2025 18:30", "31/31/2025 18:30"],
    ],
)
def test_where_they_do_not_it_is_asked(days: list[str], small: Instrument) -> None:
    with pytest.raises(CheckinError, match="day and month may be either") as caught:
        read_diary(small, turned(small, days))
    assert (caught.value.row, caught.value.column) == (2, "saved_at")


# ------------------------------------------------------------------------------------ versions


def test_versions_may_be_mixed_and_each_is_known(small: Instrument) -> None:
    old, new = (write_checkin(small, answers, day) for day, answers in THREE[:2])
    old = old.replace('"v1.2.0"', '"1.1.9"').replace('"down","one"', '"gone","one"')
    first, second = read_diary(small, new + old)
    assert (first.version, first.dropped) == ("1.1.9", ("gone",))
    assert (second.version, second.dropped) == ("1.2.0", ())
    assert read_diary(small, old) == (read_checkin(small, old),)


def test_one_time_in_two_versions_is_two(small: Instrument) -> None:
    text = write_checkin(small, FULL, DAYS[0])
    both = read_diary(small, text + text.replace('"v1.2.0"', '"v1.1"'))
    assert [c.version for c in both] == ["1.2.0", "1.1"]


def test_a_retired_sign_is_taken_over_in_a_diary_as_in_one_file(small: Instrument) -> None:
    now = load(SMALL.replace('version = "1.2.0"', 'version = "2"') + RETIRED)
    old = write_checkin(small, {"up": 1, "sign": "yes"}, DAYS[0]).replace('"sign"', '"mark"')
    new = write_checkin(now, {"sign": "no"}, DAYS[1])
    assert [c.answers["sign"] for c in read_diary(now, old + new)] == ["yes", "no"]


# -------------------------------------------------------------------------------- spreadsheets


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_what_a_spreadsheet_does_to_one_it_may_do_to_many(
    name: str, delimiter: str, small: Instrument
) -> None:
    changed = CHANGES[name](laid(small, THREE))
    assert told(read_diary(small, saved(changed, delimiter))) == THREE


def test_its_words_for_true_too(small: Instrument) -> None:
    text = write_diary(small, read_diary(small, Dress().save(laid(small, THREE))))
    for true, false in WORDS.values():
        assert told(read_diary(small, text.replace('"true"', true).replace('"false"', false))) == (
            THREE
        )


def test_files_of_many_are_stacked_like_files_of_one(small: Instrument) -> None:
    diary = Dress().save(laid(small, THREE[:2]))
    table = stack_checkins(small, [diary, write_checkin(small, THREE[2][1], THREE[2][0])])
    assert [when.isoformat() for when in table.index] == DAYS[:3]
    assert list(table["up"]) == [-1, 2, None]
