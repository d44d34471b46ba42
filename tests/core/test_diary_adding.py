"""Today's check-in under the earlier ones: the file stays as it was, byte for byte, and grows."""

import codecs
import csv
import io
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.dressing import COLUMNS, Dress, dresses, laid
from tests.core.test_checkin_spreadsheet import saved
from tests.core.test_diary import DAYS, FULL, THREE, Saved, diaries, in_order, told
from workbook import CheckinError, Instrument, assess, read_diary, write_checkin
from workbook.records.diary import add_to_diary

TODAY = "2025-04-01T07:00:00+02:00"
ANSWERS: dict[str, object] = {"up": 2, "down": 1, "note": '=a;b,c\t"d"\r\n\'e\rf\ng', "box": True}


def added(small: Instrument, earlier: bytes, answers: dict[str, object] = ANSWERS) -> bytes:
    """Add answers of today, and see that the file begins as it was."""
    whole = add_to_diary(small, earlier, write_checkin(small, answers, TODAY))
    assert whole.startswith(earlier)
    return whole


@given(data=st.data())
def test_what_is_read_back_are_the_earlier_ones_and_todays(
    data: st.DataObject, small: Instrument
) -> None:
    """Also where today's is of the very second of an earlier one, or stands there already."""
    drawn = data.draw(diaries(small, DAYS[:2]))
    checkins: list[Saved] = [(day, {"idle": 1} | answers) for day, answers in drawn]
    earlier = data.draw(dresses()).save(laid(small, checkins))
    day, answers = data.draw(diaries(small, [*DAYS[:2], TODAY]))[0]
    today = write_checkin(small, {"idle": 1} | answers, day)
    whole = add_to_diary(small, earlier, today)
    assert whole.startswith(earlier)
    before = read_diary(small, earlier)
    wanted = in_order(small, [*told(before), (day, {"idle": 1} | answers)])
    by_moment = sorted(wanted, key=lambda one: datetime.fromisoformat(one[0]))
    assert told(read_diary(small, whole)) == by_moment
    assert (whole == earlier) == (len(wanted) == len(before))


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("ended", [True, False])
def test_line_ends_and_encoding_are_those_of_the_file(
    end: str, encoding: str, small: Instrument, *, ended: bool
) -> None:
    table = [[c.replace("\r\n", " ") for c in row] for row in laid(small, THREE)]
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    earlier = mark + Dress(end=end, encoding=encoding, ended=ended).save(table)
    whole = added(small, earlier, {"up": 1, "note": "דו 👩"})
    text = whole.decode("utf-16" if mark else encoding)
    assert "\ufeff" not in text.removeprefix("\ufeff")
    assert text.replace(end, "").isprintable()
    assert text.endswith(end)
    assert text.count(end) == len(table) + 7
    assert [c.answers.get("note") for c in read_diary(small, whole)][-1] == "דו 👩"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_cells_stand_under_their_headings_and_a_persons_own_stay_empty(
    delimiter: str, small: Instrument
) -> None:
    order = (8, 0, 5, 4, 1, 2, 3, 6, 7, 10, 9)
    dress = Dress(delimiter=delimiter, order=order, notes=2, quoted=True)
    whole = added(small, dress.save(laid(small, THREE))).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(whole, newline=""), delimiter=delimiter)
    assert {len(row) for row in rows} == {len(header)}
    todays = [dict(zip(COLUMNS, (r[2 + order.index(n)] for n in range(11)), strict=True))
              for r in rows if TODAY in r]  # fmt: skip
    assert [(r[0], r[1], r[-1]) for r in rows if TODAY in r] == [("", "", "")] * len(todays)
    alone = csv.DictReader(io.StringIO(write_checkin(small, ANSWERS, TODAY)[1:], newline=""))
    assert todays == list(alone)


def test_numbers_stay_numbers_and_texts_are_safe(small: Instrument) -> None:
    whole = added(small, write_checkin(small, FULL, DAYS[0]).encode()).decode()
    assert whole == (
        write_checkin(small, FULL, DAYS[0])
        + write_checkin(small, ANSWERS, TODAY).partition("\r\n")[2]
    )


def test_where_the_file_has_decimal_commas_so_have_todays_results(small: Instrument) -> None:
    table = [[c.replace(".", ",") if r[4] == "score" and n == 8 else c for n, c in enumerate(r)]
             for r in laid(small, THREE)]  # fmt: skip
    whole = added(small, saved(table, ";").encode(), {"up": 1, "down": 3}).decode()
    value = assess(small, {"up": 1, "down": 3}).scores["sum"].value
    assert value is not None
    assert value % 1
    assert f';"{str(value).replace(".", ",")}";' in whole.rpartition(f'"{TODAY}";"small"')[0]
    assert str(value) not in whole


def test_a_file_that_excel_was_told_the_delimiter_of(small: Instrument) -> None:
    earlier = b"sep=;\r\n" + saved(laid(small, THREE), ";").encode()
    assert told(read_diary(small, added(small, earlier)))[:3] == THREE


@pytest.mark.parametrize("tail", ["\r\n\r\n", ",,,,,,,,,,", ",,,,,,,,,,\r\n", "   "])
def test_empty_rows_at_the_end_stay_there(tail: str, small: Instrument) -> None:
    earlier = (saved(laid(small, THREE)) + tail).encode()
    back = told(read_diary(small, added(small, earlier)))
    assert back[:3] == THREE
    assert back[3] == (TODAY, {k: ANSWERS[k] for k in small.by_id if k in ANSWERS})


def test_saved_again_in_a_spreadsheet_it_can_be_added_to_again(small: Instrument) -> None:
    content = write_checkin(small, FULL, DAYS[0]).encode()
    for number, day in enumerate(DAYS[1:], start=2):
        content = add_to_diary(small, content, write_checkin(small, {"up": 1}, day))
        text = content.decode("utf-8-sig")
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        wide = [[*row, ""] for row in rows]  # spreadsheets like to leave some, and take their own
        content = saved(wide, ";" if number % 2 else ",").replace("true", "WAHR").encode()
        assert len(read_diary(small, content)) == number


def test_older_versions_stay_in_it_as_they_are(small: Instrument) -> None:
    old = write_checkin(small, FULL, DAYS[0]).replace('"v1.2.0"', '"1.1"')
    back = read_diary(small, added(small, old.encode()))
    assert [c.version for c in back] == ["1.1", "1.2.0"]


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "a header alone": lambda text: text.partition(b"\r\n")[0],
    "another file": lambda _: b"date,amount\r\n2025-03-09,12\r\n",
    "a picture": lambda _: b"\x89PNG\r\n\x1a\n\x00\xff",
    "a bad cell": lambda text: text.replace(b'"no"', b'"nope"'),
    "an open quote": lambda text: text + b'"',
    "cut within a row": lambda text: text.replace(b'"outcome","status"', b'"outcome').rstrip(),
    "a row of nobody": lambda text: text + b",,,,,,,,1,,\r\n",
    "a newer version": lambda text: text.replace(b'"v1.2.0"', b'"v3"'),
    "latin-1": lambda text: text.replace(b"two", b"\xe9"),
    "half a UTF-16 character": lambda text: text.decode("utf-8-sig").encode("utf-16")[:-1],
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_cannot_be_read_is_refused_and_nothing_is_made(name: str, small: Instrument) -> None:
    earlier = SPOILT[name](write_checkin(small, FULL, DAYS[0]).encode())
    with pytest.raises(CheckinError) as refused:
        read_diary(small, earlier)
    with pytest.raises(CheckinError) as caught:
        add_to_diary(small, earlier, write_checkin(small, ANSWERS, TODAY))
    assert str(caught.value) == str(refused.value)


def test_so_it_is_where_it_would_not_be_read_again(small: Instrument) -> None:
    """Today's is of the second of one whose end is missing: whose is whose could not be told."""
    earlier = "\n".join(write_checkin(small, {"up": 1, "down": 2}, TODAY).splitlines()[:2])
    with pytest.raises(CheckinError, match="cannot be put under it") as caught:
        added(small, earlier.encode())
    assert caught.value.words is small.words
