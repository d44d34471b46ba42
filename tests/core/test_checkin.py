"""A check-in file gives back the answers it was made of, whatever they are."""

import csv
import io
from datetime import UTC, datetime, timedelta, timezone

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.making import Raw, load_raw
from tests.core.strategies import answers_to, blanked, instruments
from workbook import Instrument, assess, read_checkin, write_checkin
from workbook.instrument.answers import check_answers

WHEN = datetime(2025, 3, 9, 18, 30, tzinfo=UTC)
NASTY = (
    *(
        "=1+1",
        "+1",
        "-1",
        "@A1",
        "\t=1",
        "\r=1",
        "\n=1",
        "\uff1d1",
        "'",
        "''=1",
        "'=1",
        "'a",
        '"',
        '""',
    ),
    *(
        ",",
        ";",
        "\t",
        '","',
        "a\r\nb",
        "a\rb",
        "a\nb",
        "\r\n",
        "\ufeff",
        "a\ufeffb",
        " =1",
        " ",
        "",
    ),
    *("true", "7", "None", "nan", "NA", "1e5", "{}", "%s", "\u2028", "\x85", "\x1a", "\x0b"),
    *("שלום", "\u202eabc", "👩‍👩‍👧", "e\u0301", "saved_at", "answer"),
)
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
TEXTS = st.sampled_from(NASTY) | st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30
)
NASTY_TEXTS = st.lists(TEXTS, min_size=1, max_size=3).map("".join)


def everything(instrument: Instrument, answers: Raw) -> tuple[object, ...]:
    result = assess(instrument, answers)
    return (dict(result.scores), result.outcome, result.status, dict(result.parts), result.caps)


@given(data=st.data())
def test_answers_come_back_and_mean_the_same(data: st.DataObject, friendship: Instrument) -> None:
    others = [i for i in friendship.items if i.kind == "choice" or i.id.endswith(".done")]
    answers = data.draw(answers_to(friendship)) | data.draw(blanked(others))
    texts = [i.id for i in friendship.by_id.values() if i.kind == "text"]
    answers |= data.draw(st.dictionaries(st.sampled_from(texts), NASTY_TEXTS, max_size=4))
    text = write_checkin(friendship, answers, saved_at=WHEN)
    for content in (text, text.encode()):
        back = read_checkin(friendship, content)
        assert back.answers == check_answers(friendship, answers)
        assert back.saved_at == WHEN
        assert back.dropped == ()
    assert everything(friendship, dict(back.answers)) == everything(friendship, answers)


@given(raw=instruments(), data=st.data())
def test_so_they_do_for_any_instrument(raw: Raw, data: st.DataObject) -> None:
    instrument = load_raw(raw)
    answers = data.draw(answers_to(instrument))
    back = read_checkin(instrument, write_checkin(instrument, answers))
    assert back.answers == check_answers(instrument, answers)
    assert everything(instrument, dict(back.answers)) == everything(instrument, answers)


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_a_text_comes_back_to_the_letter(text: str, small: Instrument) -> None:
    answers = {"note": text, "own.1.text": text * 2}
    back = read_checkin(small, write_checkin(small, answers).encode())
    assert dict(back.answers) == answers


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def check_no_formula(small: Instrument, text: str) -> None:
    for row in cells(write_checkin(small, {"note": text, "own.1.text": text}, saved_at=WHEN)):
        for cell in row.values():
            assert not cell.startswith(STARTS)


@pytest.mark.parametrize("start", STARTS, ids=range(len(STARTS)))
def test_no_cell_begins_like_a_formula(start: str, small: Instrument) -> None:
    for text in (start, f"{start}1", f"{start}{start}cmd|' /C calc'!A0", f"'{start}1"):
        check_no_formula(small, text)


@given(text=NASTY_TEXTS)
def test_nor_does_one_with_any_text(text: str, small: Instrument) -> None:
    check_no_formula(small, text)


def test_texts_of_the_instrument_are_shielded_too() -> None:
    pick = {"id": "pick", "kind": "choice", "text": "=1", "options": [{"id": "a", "text": "+1"}]}
    rating = {"id": "r", "kind": "rating", "text": "@x", "min": 0, "max": 1, "max_label": "-most"}
    bands = [{"id": "low", "below": 50, "text": "=low"}, {"id": "up", "text": "=up"}]
    scale = {"id": "p", "title": "=p", "bands": bands, "items": [{"id": "r", "weight": 1}]}
    instrument = load_raw({"id": "f", "version": "1", "item": [pick, rating], "scale": [scale]})
    rows = cells(write_checkin(instrument, {"pick": "a", "r": 1}, saved_at=WHEN))
    assert [r["question"][:3] for r in rows[:2]] == ["'=1", "'@x"]
    assert [r["label"] for r in rows[:3]] == ["'+1", "'-most", "'=up"]
    assert not [c for r in rows for c in r.values() if c.startswith(STARTS)]


def test_numbers_stay_numbers_even_below_zero(small: Instrument) -> None:
    written = write_checkin(small, {"up": -2, "down": 4, "box": False}, saved_at=WHEN)
    assert ',"up","one","More is more",-2,"",2\r\n' in written
    assert ',"score","sum","","sum, 0 to 100",0.0,' in written


def test_an_item_on_two_scales_says_each_weight_that_differs() -> None:
    ids = ("both", "alike", "once")
    scales = [
        ("p", {"both": 3, "alike": 2, "once": 1}),
        ("q", {"both": 2, "alike": 2}),
    ]
    raw: Raw = {
        "id": "two",
        "version": "1",
        "item": [{"id": i, "kind": "rating", "text": "?", "min": 0, "max": 1} for i in ids],
        "scale": [
            {
                "id": s,
                "bands": [{"id": "all"}],
                "items": [{"id": i, "weight": w} for i, w in weights.items()],
            }
            for s, weights in scales
        ],
    }
    written = write_checkin(load_raw(raw), dict.fromkeys(ids, 1), saved_at=WHEN)
    assert [r["weight"] for r in cells(written)][:3] == ["p: 3; q: 2", "2", "1"]
    assert ',1,"",2\r\n' in written  # and a number where there is one


def test_pandas_sees_no_formula_and_lays_files_under_each_other(friendship: Instrument) -> None:
    one = write_checkin(friendship, {"say.limits.text": "=1+1", "ready.healed": 7}, saved_at=WHEN)
    later = WHEN + timedelta(days=1)
    two = write_checkin(friendship, {"say.limits.text": "@x", "why.bond": True}, saved_at=later)
    frame = pd.concat([pd.read_csv(io.StringIO(t.removeprefix("\ufeff"))) for t in (one, two)])
    assert list(frame.saved_at.unique()) == [WHEN.isoformat(), later.isoformat()]
    answers = frame[frame.kind == "answer"]
    assert list(answers.id) == ["ready.healed", "say.limits.text", "why.bond", "say.limits.text"]
    assert list(answers.value) == ["7", "'=1+1", "true", "'@x"]
    cells = frame.drop(columns="weight").fillna("").to_numpy().ravel()
    assert not [cell for cell in cells if str(cell).startswith(("=", "+", "-", "@"))]
    whole = one + two.removeprefix("\ufeff").split("\r\n", 1)[1]
    assert len(pd.read_csv(io.BytesIO(whole.encode()))) == len(frame)


@pytest.mark.parametrize(
    "when",
    [
        WHEN,
        datetime(2025, 3, 9, 18, 30, 1, 250),  # noqa: DTZ001  # a time without a zone
        datetime(2025, 3, 9, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
    ],
    ids=["utc", "naive", "zone"],
)
def test_the_time_comes_back(when: datetime, small: Instrument) -> None:
    for given_as in (when, when.isoformat()):
        back = read_checkin(small, write_checkin(small, {"up": 1}, saved_at=given_as))
        assert back.saved_at == when
        assert back.saved_at.utcoffset() == when.utcoffset()


def test_without_a_time_it_is_now(small: Instrument) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    back = read_checkin(small, write_checkin(small, {"up": 1}))
    assert before <= back.saved_at <= datetime.now(UTC)
    assert back.saved_at.microsecond == 0
    assert back.saved_at.utcoffset() == timedelta(0)
