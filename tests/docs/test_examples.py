"""The invented check-ins of data/examples/: made by a script, and said to be invented."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from scripts.example import files
from workbook import Checkin, assess, load_instrument, read_diary

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "examples"
INSTRUMENT = load_instrument(ROOT / "data" / "friendship.toml")
FILES = dict(files(INSTRUMENT))
OUTCOMES = {
    "recovery": ["not-enough", *["not-yet"] * 4, *["limits"] * 3],
    "relapse": ["limits", "friends", *["not-yet"] * 4, "limits"],
    "safety": ["limits", "not-yet", "talk-first", *["safety-first"] * 3],
}


@pytest.fixture(scope="module")
def stories() -> dict[str, tuple[Checkin, ...]]:
    return {n: read_diary(INSTRUMENT, (FOLDER / f"{n}.csv").read_bytes()) for n in OUTCOMES}


@pytest.mark.parametrize("name", FILES)
def test_the_files_are_what_the_script_writes(name: str) -> None:
    assert (FOLDER / name).read_bytes() == FILES[name].encode()
    assert FILES.keys() == {f.name for f in FOLDER.glob("*.csv")}


@pytest.mark.parametrize("name", OUTCOMES)
def test_each_diary_tells_its_story(name: str, stories: dict[str, tuple[Checkin, ...]]) -> None:
    story = stories[name]
    assert [assess(INSTRUMENT, c.answers).outcome for c in story] == OUTCOMES[name]
    assert 6 <= len(story) <= 10
    assert not any(c.cut for c in story)
    days = (story[-1].saved_at - story[0].saved_at).days
    assert 90 <= days <= 250
    steps = [sum(v is True for k, v in c.answers.items() if k.endswith(".done")) for c in story]
    assert max(steps) >= 1


def test_between_them_they_have_what_is_hard_to_show(
    stories: dict[str, tuple[Checkin, ...]],
) -> None:
    everything = [c for story in stories.values() for c in story]
    gaps = [
        (b.saved_at - a.saved_at).days for story in stories.values() for a, b in pairwise(story)
    ]
    assert min(gaps) == 0
    assert max(gaps) > 120
    assert {c.version for c in everything} == {"1.0.0", INSTRUMENT.version}
    assert any(c.dropped and c.taken_over for c in everything)
    assert any(c.answers.get("own.1.text") for c in everything)
    assert any("scores" in assess(INSTRUMENT, c.answers).withheld for c in everything)


@pytest.mark.parametrize("page", ["README.md", "docs/check-in.md"])
def test_wherever_they_are_named_they_are_said_to_be_invented(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    told = [p for p in text.split("\n\n") if any(f"{name}.csv" in p for name in OUTCOMES)]
    assert told
    assert all("invented" in paragraph.casefold() for paragraph in told)
