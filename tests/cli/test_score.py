"""Scoring files on the command line: one table comes out, whatever the files hold."""

import csv
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.running import DATA, SHIPPED, rows_of, run
from tests.core.making import Raw
from tests.core.strategies import answers_to
from workbook import assess, load_instrument, read_checkin, read_diary, write_checkin, write_diary
from workbook.records.stream import wide

FRIENDSHIP = load_instrument(SHIPPED)
CAR = DATA / "examples" / "car.toml"
SCORE = [sys.executable, "-m", "workbook", "score"]
RATED = "them.driving,them.owning-up,them.late"  # all that trust asks for


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA.parent)


def score(folder: Path, *files: object, words: tuple[object, ...] = (), code: int = 0) -> str:
    """Score files into scores.csv and rejects.csv of a folder; return what was said."""
    places = ("--out", folder / "scores.csv", "--rejects", folder / "rejects.csv")
    result = run("score", *files, *places, *words)
    assert result.exit_code == code, result.stderr
    assert result.stdout == ""
    return result.stderr


def car(folder: Path, content: str | bytes, *, code: int = 0) -> str:
    """Score one file about lending a car."""
    file = folder / "in.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return score(folder, file, words=("--instrument", CAR), code=code)


def trust(folder: Path) -> list[str]:
    return [row["trust"] for row in rows_of(folder / "scores.csv")]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people=st.lists(answers_to(FRIENDSHIP), min_size=1, max_size=6))
def test_each_row_is_what_the_person_alone_would_get(
    people: list[Raw], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("score")
    keys = sorted({key for person in people for key in person} | {"ready.healed"})
    with (folder / "in.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ["who", *keys])
        writer.writeheader()
        writer.writerows({"who": f"p{n}", **person} for n, person in enumerate(people))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wide, "BLOCK", 600)  # a row or two at once
        score(folder, folder / "in.csv")
    found = rows_of(folder / "scores.csv")
    assert [(row["who"], row["row"]) for row in found] == [
        (f"p{n}", str(n + 2)) for n in range(len(people))
    ]
    for row, person in zip(found, people, strict=True):
        result = assess(FRIENDSHIP, person)
        assert row["outcome"] == result.outcome
        for scale, given_score in result.scores.items():
            told = [row[scale], row[f"{scale}.low"], row[f"{scale}.high"]]
            exact = [given_score.value, given_score.low, given_score.high]
            assert [float(cell) if cell else None for cell in told] == exact
            assert row[f"{scale}.answered"] == str(given_score.answered)
            assert row[f"{scale}.band"] == (given_score.band or "")


def test_files_of_every_sort_make_one_table(tmp_path: Path) -> None:
    checkin = DATA / "examples" / "checkin.csv"
    days = ("2026-03-16T18:30:00+00:00", "2026-03-09T18:30:00+00:00")
    diary = tmp_path / "diary.csv"
    diary.write_text(
        "".join(write_checkin(FRIENDSHIP, {"ready.healed": 3}, saved_at=d) for d in days)
    )
    table = tmp_path / "table.csv"
    table.write_text("who,ready.healed\nann,5\n")
    said = score(tmp_path, checkin, diary, table)
    assert said == "4 people were scored.\n"
    found = rows_of(tmp_path / "scores.csv")
    assert [row["file"] for row in found] == [str(checkin), str(diary), str(diary), str(table)]
    assert [row["saved_at"] for row in found] == ["2026-01-31T20:15:00+00:00", days[1], days[0], ""]
    assert [row["who"] for row in found] == ["", "", "", "ann"]
    alone = assess(FRIENDSHIP, read_checkin(FRIENDSHIP, checkin.read_bytes()).answers)
    assert float(found[0]["readiness"]) == alone.scores["readiness"].value
    assert rows_of(tmp_path / "rejects.csv") == []


@pytest.mark.parametrize(
    "content",
    [
        f"{RATED}\n4,5,2\n",
        f"{RATED}\r\n4,5,2",
        f"\ufeff{RATED}\n4,5,2\n",
        f"{RATED}\n4,5,2\n".replace(",", ";"),
        f"sep=;\r\n{RATED}\r\n4,5,2\r\n".replace(",", ";"),
        f"{RATED}\n4,5,2\n".replace(",", "\t").encode("utf-16"),
        f"\n,,\n{RATED}\n4,5,2\n",
        f"{RATED},\n4,5,2,\n",
        ' them.driving , them.owning-up,"them.late"\n4,"5", 2 \n',
        f'{RATED}\n4.0,5.,"2,0"\n',
        f'{RATED},me.note\n4,5,2,"two\nlines"\n'.replace(",me.note", ",note"),
        f"{RATED},them.care\n4,5,2,NA\n",
    ],
    ids=range(12),
)
def test_a_table_in_every_dress_of_a_spreadsheet(content: str | bytes, tmp_path: Path) -> None:
    car(tmp_path, content)
    assert trust(tmp_path) == ["83.333333333"]


def test_the_table_in_the_guide_is_scored(tmp_path: Path) -> None:
    guide = (DATA.parent / "docs" / "many.md").read_text(encoding="utf-8")
    file = tmp_path / "in.csv"
    file.write_text("person," + guide.partition("```\nperson,")[2].partition("```")[0])
    assert score(tmp_path, file) == "2 people were scored.\n"
    found = rows_of(tmp_path / "scores.csv")
    assert [(row["person"], row["site"]) for row in found] == [("a-01", "north"), ("a-02", "north")]
    assert found[1]["outcome"] == "talk-first"
    assert (tmp_path / "scores.csv").stat().st_mode & 0o077 == 0  # nobody else can read it


def test_rows_without_anything_are_nobody(tmp_path: Path) -> None:
    car(tmp_path, f"who,{RATED}\n\nann,4,5,2\n,,,\n \nbo,,,\n")
    found = rows_of(tmp_path / "scores.csv")
    assert [(row["who"], row["row"]) for row in found] == [("ann", "3"), ("bo", "6")]
    assert trust(tmp_path) == ["83.333333333", ""]


# What stands in a file, and what is said of it: row, column, the reason's first words.
REFUSED: dict[str, tuple[str | bytes, list[tuple[str, str, str]]]] = {
    "number": ("them.late\n2\n17\n", [("3", "them.late", "this is no answer")]),
    "fraction": ("them.late\n2\n4.2\n", [("3", "them.late", "this is no answer")]),
    "several": (
        "them.late,them.driving\nx,y\n2,2\n",
        [("2", "them.late", "this is no answer"), ("2", "them.driving", "this is no answer")],
    ),
    "truth": ("them.late\n2\ntrue\n", [("3", "them.late", "this is no answer")]),
    "few cells": (
        "who,them.late\nann\nbo,2\n",
        [("2", "", "cells in this row: 1; in the header: 2")],
    ),
    "many cells": ("who,them.late\nbo,2\nann,2,3\n", [("3", "", "cells in this row: 3;")]),
    "quotes": (
        'who,them.late\nbo,2\n"ann,2\ncy,3\n',
        [("3", "", "from this row on the file was not read: the quotes do not match")],
    ),
    "no text in a row with a cell too many": (
        b"who,them.late\nbo,2\nJos\xe9,3,4\ncy,4\n",
        [("3", "", "cells in this row: 3; in the header: 2")],
    ),
    "no text": (
        b"who,them.late\nbo,2\nJos\xe9,3\ncy,\xb2\ndee,4\n",
        [("3", "who", "it is not a UTF-8 text"), ("4", "them.late", "this is no answer")],
    ),
    "half a character": (
        ("them.late\n" + "2\n" * 20_000).encode("utf-16") + b"\0",
        [("20002", "them.late", "this is no answer")],
    ),
    "doubled": ("them.late,them.late\n2,2\n", [("", "them.late", "two columns have this name")]),
    "foreign": ("who,what\nann,2\n", [("", "", "it is neither a check-in nor a table")]),
    "empty": ("", [("", "", "it holds no answers")]),
    "no text at all": (b"\xff\xd8\xff\xe0", [("", "", "it is not a UTF-8 text file")]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_named(name: str, tmp_path: Path) -> None:
    content, expected = REFUSED[name]
    good = tmp_path / "good.csv"
    good.write_text("them.late\n3\n")
    file = tmp_path / "in.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    said = score(tmp_path, good, file, words=("--instrument", CAR), code=1)
    found = rows_of(tmp_path / "rejects.csv")
    assert [(r["row"], r["column"]) for r in found] == [(row, key) for row, key, _ in expected]
    for row, (_, _, reason) in zip(found, expected, strict=True):
        assert row["file"] == str(file)
        assert row["reason"].startswith(reason)
    assert "could not be used." in said
    scored = {(row["file"], row["row"]) for row in rows_of(tmp_path / "scores.csv")}
    assert (str(good), "2") in scored
    assert not scored & {(row["file"], row["row"]) for row in found}


def test_no_answer_stands_in_what_is_said_or_listed(tmp_path: Path) -> None:
    private = "h7x-private"
    table = tmp_path / "table.csv"
    table.write_text(f"ready.healed,walk.fear\n{private},{private}\n")
    sound = write_checkin(FRIENDSHIP, {"ready.healed": 3, "walk.fear": "yes"})
    files = [table]
    for n, (old, new) in enumerate(
        [
            ('"Yes"', '"Yes"'),
            ('"yes"', f'"{private}"'),
            ('"walk.fear"', f'"{private}"'),
            ('"answer"', f'"{private}"'),
        ]
    ):
        file = tmp_path / f"checkin-{n}.csv"
        file.write_text(sound.replace(old, new))
        files.append(file)
    places = ("--out", tmp_path / "scores.csv")
    told = run("score", *files, *places).stderr
    listed = score(tmp_path, *files, code=1)
    for text in (told, listed, (tmp_path / "rejects.csv").read_text()):
        assert private not in text
    assert len(rows_of(tmp_path / "rejects.csv")) >= 5
    assert "allowed" in told


def test_without_a_list_the_first_few_are_told(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("them.late\n" + "9\n" * 12 + "2\n")
    result = run("score", file, "--out", tmp_path / "scores.csv", "--instrument", CAR)
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert [line.split(":")[0] for line in lines[:5]] == [
        f"{file}, row {row}, column them.late" for row in range(2, 7)
    ]
    assert lines[5] == "… and 7 more. --rejects FILE lists them all."
    assert lines[6] == "1 person was scored. 12 could not be used."


def test_rows_are_numbered_as_in_a_spreadsheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wide, "BLOCK", 40)
    kinds = ["2", "2,3", "9", "", "3"]  # sound, a cell too many, no answer, nothing, sound
    lines = [kinds[n % 5] for n in range(200)]
    car(tmp_path, "them.late\n" + "\n".join(lines) + "\n", code=1)
    wanted = {kind: [n + 2 for n, line in enumerate(lines) if line == kind] for kind in kinds}
    scored = [int(row["row"]) for row in rows_of(tmp_path / "scores.csv")]
    refused = [int(row["row"]) for row in rows_of(tmp_path / "rejects.csv")]
    assert scored == sorted(wanted["2"] + wanted["3"])
    assert refused == sorted(wanted["2,3"] + wanted["9"])


def test_a_column_that_nearly_is_an_item_is_told(tmp_path: Path) -> None:
    said = car(tmp_path, "Them.Late,them.drivin,them.owning-up,shoe size\n2,3,4,40\n")
    assert "column Them.Late is no question" in said
    assert "Was them.late meant?" in said
    assert "Was them.driving meant?" in said
    assert "shoe size" not in said
    row = rows_of(tmp_path / "scores.csv")[0]
    assert (row["Them.Late"], row["them.drivin"], row["shoe size"]) == ("2", "3", "40")


def test_other_columns_pass_through_as_they_are(tmp_path: Path) -> None:
    said = car(tmp_path, 'n,file,trust,them.late,,text\n007,a,b,2,x,"a ""b"", c"\n-5,,,3,,=1+1\n')
    found = rows_of(tmp_path / "scores.csv")
    assert [row["n"] for row in found] == ["007", "-5"]
    assert [row["file.given"] for row in found] == ["a", ""]
    assert [row["trust.given"] for row in found] == ["b", ""]
    assert [row["text"] for row in found] == ['a "b", c', "'=1+1"]  # no spreadsheet runs it
    assert "column trust is called trust.given" in said
    assert "1 column has no name" in said


def test_it_reads_and_writes_streams() -> None:
    content = f"{RATED}\n4,5,2\n".encode()
    result = run("score", "-", "--out", "-", "--instrument", CAR, given=content)
    assert result.exit_code == 0
    found = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["trust"] for row in found] == ["83.333333333"]
    checkin = (DATA / "examples" / "checkin.csv").read_bytes()
    result = run("score", "-", "--out", "-", given=checkin)
    assert [row["outcome"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["limits"]


def test_it_ends_well_when_nobody_reads_on(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("them.late\n" + "3\n" * 200_000)
    command = [*SCORE, str(file), "--out", "-", "--instrument", str(CAR)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_nothing_that_is_read_is_written_over(tmp_path: Path) -> None:
    file, link = tmp_path / "in.csv", tmp_path / "link.csv"
    file.write_text("them.late\n3\n")
    link.symlink_to(file)
    for words in (("--out", file), ("--out", link), ("--out", "-", "--rejects", file)):
        result = run("score", file, *words, "--instrument", CAR)
        assert (result.exit_code, file.read_text()) == (2, "them.late\n3\n")
        assert "it would be lost" in " ".join(result.stderr.split())
    both = run("score", file, "--out", tmp_path / "x.csv", "--rejects", tmp_path / "x.csv")
    assert (both.exit_code, (tmp_path / "x.csv").exists()) == (2, False)


def test_half_a_table_never_takes_the_place_of_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    car(tmp_path, f"{RATED}\n4,5,2\n")
    before = (tmp_path / "scores.csv").read_bytes()
    monkeypatch.setattr(wide, "BLOCK", 40)
    taken = []

    def fail(texts: object) -> object:
        taken.append(texts)
        if len(taken) > 3:
            raise OSError(28, "No space left on device")
        return texts

    monkeypatch.setattr("workbook.records.stream.scoring.shielded", fail)
    said = car(tmp_path, "who,them.late\n" + "ann,3\n" * 100, code=2)
    assert "No space left" in said
    assert (tmp_path / "scores.csv").read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {"in.csv", "rejects.csv", "scores.csv"}


def test_a_device_or_a_link_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    file, link, target = (tmp_path / name for name in ("in.csv", "link.csv", "real.csv"))
    file.write_text("them.late\n3\n")
    ours, theirs = os.openpty()
    device = os.ttyname(theirs)
    assert run("score", file, "--out", device, "--instrument", CAR).exit_code == 0
    assert os.read(ours, 10_000).startswith(b'"file","row"')
    assert Path(device).is_char_device()
    os.close(ours)
    os.close(theirs)
    link.symlink_to(target)
    assert run("score", file, "--out", link, "--instrument", CAR).exit_code == 0
    assert link.is_symlink()
    assert len(rows_of(target)) == 1


def test_a_long_table_of_a_diary_is_scored_like_the_diary(tmp_path: Path) -> None:
    diary = DATA / "examples" / "recovery.csv"
    long = tmp_path / "long.csv"
    long.write_text(write_diary(FRIENDSHIP, read_diary(FRIENDSHIP, diary.read_bytes())))
    score(tmp_path, diary, long)
    found = [{**row, "file": ""} for row in rows_of(tmp_path / "scores.csv")]
    assert found[: len(found) // 2] == found[len(found) // 2 :]
    assert len(found) == 16


def test_files_that_are_not_there_are_named_and_the_rest_is_scored(tmp_path: Path) -> None:
    good = shutil.copy(DATA / "examples" / "checkin.csv", tmp_path)
    score(tmp_path, tmp_path / "none.csv", tmp_path, good, code=1)
    reasons = [row["reason"] for row in rows_of(tmp_path / "rejects.csv")]
    assert reasons[0] == "the file cannot be read (No such file or directory)."
    assert reasons[1] == "the file cannot be read (Is a directory)."
    assert len(rows_of(tmp_path / "scores.csv")) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("none.csv", "--out", "OUT"), "0 people were scored. 1 could not be used."),
        (("-", "-", "--out", "OUT"), "standard input can be read once"),
        (("x.csv",), "Missing option"),
        ((), "Missing argument"),
        (("x.csv", "--out", "data"), "data is a folder"),
        (("data/examples/checkin.csv", "--out", "no/where.csv"), "No such file"),
        (("x.csv", "--out", "OUT", "--instrument", "none.toml"), "none.toml"),
    ],
    ids=range(7),
)
def test_a_call_that_can_do_nothing_ends_with_2(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    out = tmp_path / "scores.csv"
    result = run("score", *(str(out) if word == "OUT" else word for word in words))
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", " ").split())
    assert not list(tmp_path.iterdir())


def test_a_bar_is_drawn_where_somebody_watches(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("them.late\n" + "3\n" * 5000)
    ours, theirs = os.openpty()
    command = [*SCORE, str(file), "--out", str(tmp_path / "out.csv"), "--instrument", str(CAR)]
    subprocess.run(command, stderr=theirs, check=True)
    os.close(theirs)
    said = os.read(ours, 10_000).decode()
    os.close(ours)
    assert "100%" in said
    assert "5000 people were scored." in said
