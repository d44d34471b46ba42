"""Named cases, worked out by hand: answers in, what must come out. They stand in ``cases/``.

``all`` answers every rating, box and sign whose id begins so; ``answers`` comes on top, with
"blank" to take one back. Of what is expected, "none" stands for None.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workbook import Assessment, Instrument, assess

FOLDER = Path(__file__).parent / "cases"
KEYS = {"name", "instrument", "all", "answers", "expect"}


def cases() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.toml")):
        for case in tomllib.loads(file.read_text()).get("case", ()):
            assert case.keys() <= KEYS, case
            assert case["expect"], case
            yield pytest.param(case, id=case["name"])


def answers_of(instrument: Instrument, case: dict[str, Any]) -> dict[str, object]:
    answers: dict[str, object] = {}
    for start, value in case.get("all", {}).items():
        ids = [i.id for i in instrument.items if i.id.split(".")[0] == start]
        assert ids, start
        answers |= dict.fromkeys(ids, value)
    answers |= case.get("answers", {})
    return {key: value for key, value in answers.items() if value != "blank"}


def said(result: Assessment, key: str) -> object:
    if key in ("rule", "gate"):
        entry = getattr(result, key)
        return entry and entry.id
    if key == "caps":
        return sorted(c.item for c in result.caps)
    found = getattr(result, key)
    return sorted(found) if isinstance(found, frozenset) else found


def check(found: object, wanted: object) -> None:
    if wanted == "none":
        assert found is None
    elif isinstance(wanted, float | int):
        assert found == pytest.approx(wanted, rel=0, abs=1e-9)
    else:
        assert found == (sorted(wanted) if isinstance(wanted, list) else wanted)


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    instrument: Instrument = request.getfixturevalue(case.get("instrument", "nineteen"))
    result = assess(instrument, answers_of(instrument, case))
    for key, wanted in case["expect"].items():
        if key not in result.scores:
            check(said(result, key), wanted)
            continue
        for field, number in wanted.items():
            check(getattr(result.scores[key], field), number)


def test_no_two_cases_have_one_name() -> None:
    names = [case.id for case in cases()]
    assert len(names) == len(set(names))
