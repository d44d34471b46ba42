"""What spreadsheets do to a check-in file: what loses nothing is read, the rest says what to do."""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.core.making import load_raw
from workbook import CheckinError, Instrument, read_checkin, stack_checkins, write_checkin
from workbook.text.truth import WORDS

WHEN = datetime(2025, 3, 9, 18, 30, tzinfo=UTC)
ANSWERS = {"up": -1, "down": 3, "box": True, "sign": "no", "pick": "left", "note": "two, b\r\n'c"}
Table = list[list[str]]
AT = {name: at for at, name in enumerate(
    ("saved_at", "instrument", "version", "fingerprint", "kind", "id", "chapter", "question",
     "value", "label", "weight")
)}  # fmt: skip


@pytest.fixture
def text(small: Instrument) -> str:
    return write_checkin(small, ANSWERS, saved_at=WHEN)


@pytest.fixture
def table(text: str) -> Table:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def saved(table: Table, delimiter: str = ",") -> str:
    """Return the table as a spreadsheet writes it."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    return out.getvalue()


def column(table: Table, name: str, change: Callable[[str], str]) -> Table:
    at = AT[name]
    return [table[0], *([*r[:at], change(r[at]), *r[at + 1 :]] for r in table[1:])]


def refused(instrument: Instrument, content: str | bytes) -> CheckinError:
    with pytest.raises(CheckinError) as caught:
        read_checkin(instrument, content)
    assert len(str(caught.value)) < 250
    return caught.value


# ----------------------------------------------------------------------------------- columns

COLUMNS: dict[str, Callable[[Table], Table]] = {
    "empty columns behind": lambda t: [[*r, "", ""] for r in t],
    "empty columns in front": lambda t: [["", "", *r] for r in t],
    "an empty column between": lambda t: [[*r[:8], "", *r[8:]] for r in t],
    "empty columns, the header not as wide": lambda t: [t[0], *([*r, "", ""] for r in t[1:])],
    "notes with a header": lambda t: [[*r, "my notes" if r is t[0] else "hm"] for r in t],
    "notes with a header in front": lambda t: [["!" if r is t[0] else "hm", *r] for r in t],
    "notes in two rows": lambda t: [[*r, "why?" if n in (2, 4) else ""] for n, r in enumerate(t)],
    "a note in a row that is wider": lambda t: [[*r, "why?"] if n == 2 else r
                                                for n, r in enumerate(t)],
    "a note under a header of no other row": lambda t: [[*t[0], "notes"], *t[1:]],
    "a row with a note alone": lambda t: [[*t[0], "notes"], [""] * 11 + ["hm"], *t[1:]],
    "two columns of notes with one name": lambda t: [[*r, *["n" if r is t[0] else "x"] * 2]
                                                     for r in t],
    "capitals and spaces": lambda t: [[f" {c.title()} " for c in t[0]], *t[1:]],
    "empty cells at the end left out": lambda t: [t[0], *(
        r[: max(n for n, c in enumerate(r) if c) + 1] if r[4] == "answer" else r for r in t[1:]
    )],
    "empty lines": lambda t: [[], [""] * 11, t[0], [], *t[1:3], [""] * 14, *t[3:], [], []],
    "rows in another order": lambda t: [t[0], *reversed(t[1:])],
}  # fmt: skip


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_and_rows_of_no_meaning_are_left_alone(
    name: str, delimiter: str, table: Table, small: Instrument
) -> None:
    back = read_checkin(small, saved(COLUMNS[name](table), delimiter))
    assert dict(back.answers) == ANSWERS
    assert back.saved_at == WHEN
    assert not back.cut


@pytest.mark.parametrize("line", ["sep=;\r\n", "SEP=;\n", '"sep=;"\r\n', "sep=;;;;\r\n"])
def test_excels_line_on_top_says_the_delimiter_and_is_no_row(
    line: str, table: Table, small: Instrument
) -> None:
    assert dict(read_checkin(small, line + saved(table, ";")).answers) == ANSWERS
    table[2][AT["value"]] = "7"
    assert refused(small, line + saved(table, ";")).row == 3


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_text_of_excel(encoding: str, table: Table, small: Instrument) -> None:
    table = column(table, "value", lambda v: v.replace("two", "דו 👩"))
    mark = "" if encoding == "utf-16" else "\ufeff"
    content = (mark + saved(table, "\t")).encode(encoding)
    assert read_checkin(small, content).answers["note"] == "דו 👩, b\r\n'c"


SHIFTS = [("twice", at) for at in range(8)] + [
    (how, at) for how in ("gone", "blank") for at in range(9)
]


def shifted(row: list[str], how: str, at: int) -> list[str]:
    if how == "gone":
        return [*row[:at], *row[at + 1 :]]
    return [*row[:at], row[at] if how == "twice" else "", *row[at:]]


@pytest.mark.parametrize("number", range(1, 7))
@pytest.mark.parametrize(("how", "at"), SHIFTS)
def test_cells_under_the_wrong_heading_are_never_taken_for_an_answer(
    number: int, how: str, at: int, table: Table, small: Instrument
) -> None:
    table[number] = shifted(table[number], how, at)
    assert refused(small, saved(table)).row in (2, number + 1)  # of the head, the second row tells


# ------------------------------------------------------------------------------------- cells


@pytest.mark.parametrize("language", WORDS)
def test_true_and_false_in_the_languages_of_spreadsheets(language: str, small: Instrument) -> None:
    for word, truth in zip(WORDS[language], (True, False), strict=True):
        text = write_checkin(small, {"box": truth})
        for shown in (word, word.lower(), word.title(), f" {word} "):
            changed = re.sub('"(true|false)"', shown, text)
            assert dict(read_checkin(small, changed).answers) == {"box": truth}


@pytest.mark.parametrize("cell", ["3", " 3 ", "3.0", "3,0", "3,00", "+3", "\u00a03"])
def test_numbers_as_spreadsheets_write_them(cell: str, table: Table, small: Instrument) -> None:
    table[2][AT["value"]] = cell
    assert read_checkin(small, saved(table, ";")).answers["down"] == 3
    assert dict(stack_checkins(small, [saved(table, ";")]).iloc[0]) == ANSWERS


@pytest.mark.parametrize("cell", ["3,5", "3.000", "3.", "03.01.2025", "3 3", "3e0", "", "x"])
def test_what_is_no_such_number_is_refused(cell: str, table: Table, small: Instrument) -> None:
    table[2][AT["value"]] = cell
    if cell == "3.":
        assert read_checkin(small, saved(table)).answers["down"] == 3
    else:
        assert refused(small, saved(table)).column == "value"


@pytest.mark.parametrize(("cell", "truth"), [("1", True), ("0", False), ("1,0", True)])
def test_one_and_nought_are_true_and_false(
    cell: str, table: Table, small: Instrument, *, truth: bool
) -> None:
    table[3][AT["value"]] = cell
    assert read_checkin(small, saved(table)).answers["box"] is truth


def test_names_may_have_spaces_and_capitals_round_them(table: Table, small: Instrument) -> None:
    for name in ("kind", "id", "instrument", "saved_at", "version"):
        table = column(table, name, lambda v: f" {v}  ")
    table = column(table, "kind", str.title)
    table[4][AT["value"]] = " No"
    table[5][AT["value"]] = "left "
    assert dict(read_checkin(small, saved(table)).answers) == ANSWERS


TURNED = (
    *("0171234567", "12:30", "1e5", "1-2", "1/2", "=1+1", " 7 ", "7", "1,5", "-3", "50%", "(5)"),
    *("$5", "5 €", "EUR 5", "5. März 2025", "March 5, 2025", "5 pm", "Mar 5 3:30 p.m.", "TRUE"),
    *("wahr", "quarta-feira, 5 de março de 2025", "2025年3月9日", "2025-03-09T18:30:00", "'7"),
    *("9" * 80, "1" * 40 + "e9", "٣", "1 000", "1'000", "2:30:15,5", "5d"),
)


@pytest.mark.parametrize("answer", TURNED)
def test_a_text_that_could_be_turned_is_shielded(answer: str, small: Instrument) -> None:
    written = write_checkin(small, {"note": answer, "own.1.text": answer})
    cells = [r["value"] for r in csv.DictReader(io.StringIO(written)) if r["kind"] == "answer"]
    assert cells == [f"'{answer}"] * 2
    assert dict(read_checkin(small, written).answers) == {"note": answer, "own.1.text": answer}


@pytest.mark.parametrize(
    "answer",
    [
        *("Walk 30 minutes a day", "We met in 2019, and I still like her", "no", "March", "Soup"),
        *("I would like to hear from you at most 2 times", "“it is”", "a, b; c"),
    ],
)
def test_other_texts_stand_there_as_they_are(answer: str, small: Instrument) -> None:
    assert f'"{answer}"' in write_checkin(small, {"note": answer})


def test_names_that_look_like_numbers_or_truths_are_shielded_too() -> None:
    options = [{"id": i, "text": i} for i in ("1-2", "true", "1e5", "r1")]
    rating = {"id": "1.10", "kind": "rating", "text": "?", "min": 0, "max": 1}
    instrument = load_raw({
        "id": "2025", "version": "1.1.0",
        "item": [{"id": "07", "kind": "choice", "text": "?", "options": options}, rating],
        "scale": [{"id": "3", "bands": [{"id": "all"}], "items": [{"id": "1.10", "weight": 1}]}],
    })  # fmt: skip
    for option in ("1-2", "true", "1e5", "r1"):
        answers = {"07": option, "1.10": 1}
        text = write_checkin(instrument, answers)
        assert '"\'2025","v1.1.0"' in text
        assert '"\'07"' in text
        assert f'"{option}","{option}"' not in text or option == "r1"
        assert dict(read_checkin(instrument, text).answers) == answers


# ------------------------------------------------------------------------- versions and times


@pytest.mark.parametrize("version", ["v1.2.0", "1.2.0", "V1.2.0", " v1.2.0 "])
def test_a_version_is_read_with_and_without_its_mark(
    version: str, table: Table, small: Instrument
) -> None:
    assert dict(
        read_checkin(small, saved(column(table, "version", lambda _: version))).answers
    ) == ANSWERS  # fmt: skip


@pytest.mark.parametrize(
    "turned", ["01/02/2000", "01.02.2000", "2000-02-01", "1/2/00", "01.02.00", "1,2"]
)
def test_a_version_that_is_a_date_now_is_read_if_the_fingerprint_is_ours(
    turned: str, table: Table, small: Instrument
) -> None:
    table = column(table, "version", lambda _: turned)
    assert dict(read_checkin(small, saved(table)).answers) == ANSWERS
    error = refused(small, saved(column(table, "fingerprint", lambda _: "0" * 15 + "a")))
    assert (error.row, error.column) == (2, "version")
    assert error.reason == (
        f"{turned} is a version that a spreadsheet has turned; write v1.2.0 in every row, "
        "or load the file as it was first saved."
    )


@pytest.mark.parametrize(
    ("turned", "second"),
    [
        ("09.03.2025 18:30", 0), ("9.3.2025 18:30:15", 15), ("2025/03/09 18:30", 0),
        ("2025-03-09 18:30", 0), ("3/25/2025 6:30 PM", 0), ("25/03/2025 18:30", 0),
        ("03/03/2025 06:30:00 pm", 0), ("09.03.2025, 18:30", 0), ("3/25/2025 12:30 AM", 0),
    ],
)  # fmt: skip
def test_a_time_in_another_style_is_read_where_it_has_one_meaning(
    turned: str, second: int, table: Table, small: Instrument
) -> None:
    back = read_checkin(small, saved(column(table, "saved_at", lambda _: turned)))
    assert dict(back.answers) == ANSWERS
    when = back.saved_at
    day = 25 if "25/" in turned.replace("2025", "") else 3 if "03/03" in turned else 9
    hour = 0 if "12:30 AM" in turned else 18
    assert (when.year, when.month, when.day, when.hour) == (2025, 3, day, hour)
    assert (when.minute, when.second, when.tzinfo) == (30, second, None)


@pytest.mark.parametrize(
    ("turned", "reason"),
    [
        ("03/09/2025 18:30", "in 03/09/2025 18:30, day and month may be either; write it like"),
        ("09.03.2025", "09.03.2025 is not a date and time; write it like 2025-03-09T18:30"),
        ("09.03.25 18:30", "09.03.25 18:30 is not a date and time; write it like"),
        ("45725,77", "45725,77 is not a date and time; write it like"),
        ("31.02.2025 18:30", "31.02.2025 18:30 is not a date and time; write it like"),
    ],
)
def test_another_time_is_refused_with_the_way_to_mend_it(
    turned: str, reason: str, table: Table, small: Instrument
) -> None:
    error = refused(small, saved(column(table, "saved_at", lambda _: turned)))
    assert (error.row, error.column) == (2, "saved_at")
    assert error.reason.startswith(reason)
    assert error.reason.endswith("in every row, or load the file as it was first saved.")


# ------------------------------------------------------------------- rows that belong nowhere


@pytest.mark.parametrize("at", [1, 4, 10])
def test_a_row_that_belongs_to_nothing_is_named(at: int, table: Table, small: Instrument) -> None:
    table.insert(at, ["", "", "", "", "", "", "", "", "21", "", ""])
    error = refused(small, saved(table))
    assert (error.row, error.column) == (at + 1, "saved_at")
    assert error.reason == (
        "this cell is empty, so the row belongs to no check-in; delete the row, or fill it in like "
        "the others."
    )


def test_a_row_without_a_kind_is_named_too(table: Table, small: Instrument) -> None:
    table[3][AT["kind"]] = ""
    error = refused(small, saved(table))
    assert (error.row, error.column) == (4, "kind")
