"""A check-in as text on the command line."""

import re
from pathlib import Path

import pytest

from tests.cli.running import DATA, SHIPPED, run
from workbook import load_instrument, write_checkin

FRIENDSHIP = load_instrument(SHIPPED)
EXAMPLE = DATA / "examples" / "checkin.csv"
SERIOUS = {"ready.healed": 8, "walk.fear": "yes"}


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA.parent)


def show(*checkins: tuple[str, dict]) -> str:
    text = "".join(write_checkin(FRIENDSHIP, answers, saved_at=day) for day, answers in checkins)
    result = run("show", "-", given=text.encode())
    assert (result.exit_code, result.stderr) == (0, "")
    return str(result.stdout)


def test_a_checkin_in_words() -> None:
    result = run("show", EXAMPLE)
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert said.startswith("31 January 2026, 20:15 Your answers line up with: being friendly")
    assert "Readiness is 66 of 100, mixed; with the open questions it lies between" in said
    assert "Risk is 37 of 100, low." in said
    assert all(len(line) <= 88 for line in result.stdout.splitlines())


def test_what_a_result_still_needs() -> None:
    said = show(("2026-03-09T18:30:00+00:00", {"ready.healed": 8}))
    assert "Not enough answered yet" in said
    assert "more answers in:" in said


def test_of_a_diary_the_newest_and_a_list() -> None:
    said = show(
        ("2026-03-16T18:30:00+00:00", SERIOUS),
        ("2026-03-09T18:30:00+00:00", {"ready.healed": 8}),
    )
    assert said.startswith("16 March 2026, 18:30\n")
    assert re.findall(r"^\d+ March.*", said, re.MULTILINE)[1:] == [
        "9 March 2026, 18:30: still open",
        "16 March 2026, 18:30: safety first",
    ]


def test_a_serious_sign_shows_no_score() -> None:
    said = show(("2026-03-09T18:30:00+00:00", SERIOUS))
    assert "of 100" not in said
    assert "Readiness" not in said
    assert "People who can help" in said or "people who can help" in said


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it holds no answers"),
        (b"who,what\n1,2\n", "it is not a check-in file"),
        (EXAMPLE.read_bytes().replace(b"2.0.0", b"9.0.0"), "newer version"),
    ],
)
def test_what_is_no_checkin_gets_a_sentence(content: bytes, reason: str) -> None:
    result = run("show", "-", given=content)
    assert (result.exit_code, result.stdout) == (1, "")
    assert reason in result.stderr


def test_no_answer_stands_in_an_error() -> None:
    private = write_checkin(FRIENDSHIP, SERIOUS).replace('"yes"', '"h7x-private"')
    result = run("show", "-", given=private.encode())
    assert result.exit_code == 1
    assert "h7x-private" not in result.stderr
    assert "row 2, column value" in result.stderr


def test_elsewhere_it_asks_for_the_questionnaire(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("show", EXAMPLE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--instrument" in result.stderr
    assert run("show", EXAMPLE, "--instrument", SHIPPED).exit_code == 0


def test_a_file_that_is_not_there_or_a_questionnaire_that_is_not() -> None:
    assert run("show", "none.csv").exit_code == 1
    result = run("show", EXAMPLE, "--instrument", "none.toml")
    assert (result.exit_code, result.stdout) == (2, "")
