"""What a check-in file looks like, and in how many dresses it may come back."""

import csv
import io
from datetime import UTC, datetime
from typing import Literal

import pytest

from workbook import AnswerError, Instrument, assess, read_checkin, write_checkin

HEADER = "saved_at,instrument,version,fingerprint,kind,id,chapter,question,value,label,weight"
WHEN = datetime(2025, 3, 9, 18, 30, tzinfo=UTC)
ANSWERS = {
    **dict.fromkeys(("ready.healed", "ready.boundaries", "ready.same-page"), 10),
    **dict.fromkeys(("ready.seeing-them", "ready.enriches", "for.care", "for.my-no"), 6),
    **dict.fromkeys(("against.blurred", "against.agenda", "against.leaning"), 0),
    "why.letting-go": True,
    "why.bond": False,
    "walk.delays": "not sure",
    "bound.frequency.setting": "month",
    "say.limits.text": "two, \"three\"; 'four'\r\nfive\tsix",
    "own.1.text": "=dog",
    "own.1.side": "for",
    "own.1.rating": 9,
    "own.1.weight": 2,
}


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.fixture
def text(friendship: Instrument) -> str:
    return write_checkin(friendship, ANSWERS, saved_at=WHEN)


def test_header_byte_order_mark_and_line_ends(text: str) -> None:
    assert text.startswith("\ufeff")
    first = text.removeprefix("\ufeff").split("\r\n")[0]
    assert first.replace('"', "") == HEADER
    outside = text.replace("five", "").replace("\r\n", "")
    assert "\n" not in outside
    assert "\r" not in outside
    assert text.endswith("\r\n")


def test_every_row_says_whose_it_is(text: str, friendship: Instrument) -> None:
    head = (WHEN.isoformat(), "ex-friendship", f"v{friendship.version}", friendship.fingerprint)
    for row in rows_of(text):
        assert tuple(row.values())[:4] == head


def test_a_row_an_answer_in_the_order_of_the_questions(text: str, friendship: Instrument) -> None:
    rows = [r for r in rows_of(text) if r["kind"] == "answer"]
    assert [r["id"] for r in rows] == [i for i in friendship.by_id if i in ANSWERS]
    by_id = {r["id"]: r for r in rows}
    healed = by_id["ready.healed"]
    assert (healed["chapter"], healed["value"], healed["weight"]) == ("ready", "10", "3")
    assert healed["question"] == friendship.by_id["ready.healed"].text
    assert healed["label"] == friendship.by_id["ready.healed"].max_label
    assert by_id["why.letting-go"]["value"] == "true"
    assert by_id["why.bond"]["value"] == "false"
    assert by_id["walk.delays"]["label"] == "Not sure"
    assert by_id["bound.frequency.setting"]["label"] == "About once a month"
    assert by_id["own.1.text"]["value"] == "'=dog"
    assert by_id["own.1.rating"]["weight"] == "2"


def test_results_are_the_assessment(text: str, friendship: Instrument) -> None:
    result = assess(friendship, ANSWERS)
    rows = {r["id"]: r for r in rows_of(text) if r["kind"] != "answer"}
    for scale, score in result.scores.items():
        assert float(rows[scale]["value"]) == score.value
        assert float(rows[f"{scale}.low"]["value"]) == score.low
        assert float(rows[f"{scale}.high"]["value"]) == score.high
        assert rows[scale]["kind"] == "score"
    assert rows["outcome"]["value"] == result.outcome
    assert rows["status"]["value"] == result.status


def test_numbers_are_not_quoted_and_texts_are(text: str) -> None:
    for row in text.split("\r\n"):
        if '"ready.healed"' in row:
            assert row.endswith(',10,"It is part of the past",3')
        if '"readiness.low"' in row:
            bare = row.split(",")[-3]
            assert float(bare) > 0


def test_a_gate_keeps_the_scores_out_of_the_file(friendship: Instrument) -> None:
    gated = write_checkin(friendship, {**ANSWERS, "walk.fear": "yes"}, saved_at=WHEN)
    rows = rows_of(gated)
    assert {r["kind"] for r in rows} == {"answer", "outcome"}
    assert {r["value"] for r in rows if r["kind"] == "outcome"} == {"safety-first", "settled"}
    assert "score" not in {r["kind"] for r in rows}
    back = read_checkin(friendship, gated)
    assert dict(back.answers) == {**ANSWERS, "walk.fear": "yes"}


def test_a_score_that_is_not_given_is_an_empty_cell(friendship: Instrument) -> None:
    rows = {r["id"]: r for r in rows_of(write_checkin(friendship, {"ready.healed": 7}))}
    assert (rows["readiness"]["value"], rows["readiness"]["label"]) == ("", "")
    assert rows["outcome"]["value"] == "not-enough"


def test_a_wrong_answer_is_not_written(friendship: Instrument) -> None:
    with pytest.raises(AnswerError):
        write_checkin(friendship, {"ready.healed": 11})


def dressed(text: str, delimiter: str, end: str, *, quoted: bool) -> str:
    out = io.StringIO()
    quoting: Literal[0, 1] = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerows(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_files_that_a_spreadsheet_has_saved_again(
    delimiter: str, end: str, text: str, friendship: Instrument, *, quoted: bool
) -> None:
    again = dressed(text, delimiter, end, quoted=quoted)
    for content in (again, again.encode(), "\ufeff" + again, again.encode("utf-8-sig")):
        assert dict(read_checkin(friendship, content).answers) == ANSWERS


def test_columns_may_stand_in_another_order(text: str, friendship: Instrument) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(reversed(HEADER.split(","))))
    writer.writeheader()
    writer.writerows(rows_of(text))
    assert dict(read_checkin(friendship, out.getvalue()).answers) == ANSWERS


def test_result_rows_do_not_matter(text: str, friendship: Instrument) -> None:
    lines = text.removeprefix("\ufeff").split("\r\n")
    results = [n for n, line in enumerate(lines) if '"score"' in line or '"outcome"' in line]
    assert len(results) == 8
    without = "\r\n".join(line for n, line in enumerate(lines) if n not in results)
    altered = text.replace('"not-enough"', '"friends"').replace('"low"', '"high"')
    assert altered != text
    for content in (without, altered):
        assert dict(read_checkin(friendship, content).answers) == ANSWERS


def test_words_around_an_answer_do_not_matter(text: str, friendship: Instrument) -> None:
    altered = text.replace("About once a month", "?").replace(friendship.fingerprint, "0" * 16)
    altered = altered.replace("How far have you healed?", "=HYPERLINK()")
    assert dict(read_checkin(friendship, altered).answers) == ANSWERS


def test_empty_lines_and_capital_true(text: str, friendship: Instrument) -> None:
    altered = text.replace('"true"', "TRUE").replace('"false"', "FALSE") + "\r\n,,,,,,,,,,\r\n"
    assert dict(read_checkin(friendship, altered).answers) == ANSWERS
