"""The questionnaires that come with the project."""

import itertools
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.core import oracle
from workbook import Instrument, load_instrument

DATA = Path(__file__).parents[2] / "data"
FILES = [DATA / "friendship.toml", DATA / "examples" / "car.toml"]
# The points that the questions come from; those of our own stand below.
POINTS = {
    "why": ("bond", "loneliness", "confidant", "letting-go", "nostalgia"),
    "feel": ("platonic", "dependence", "unresolved", "closure"),
    "for": ("care", "circles", "respect", "moved-on"),
    "against": ("blurred", "leaning", "new-love", "agenda", "old-fights"),
    "ready": ("healed", "boundaries", "same-page", "seeing-them", "enriches"),
    "say": ("acknowledge", "own-feelings", "limits", "no-false-hope", "self-care"),
    "bound": ("frequency", "oversharing", "dating", "physical", "red-flags"),
    "walk": ("delays", "one-sided", "manipulation", "eggshells"),
    "well": ("healing", "support", "interests", "compassion"),
}
OURS = {
    "tie": ("children", "home", "work", "friends", "money"),
    "ready": ("hope",),
    "walk": ("fear", "harm"),
    "choice": ("lean", "sure", "step", "review"),
    "say": ("later",),
    "well": ("letter",),
}
# What an article asks in one question, and we in two.
SPLIT = {"for.respect", "for.moved-on", "walk.manipulation"}
NUMBERS = {"weight", "add", "below", "above", "min_answered", "at_least", "most", "bands", "when"}


def tables(raw: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table of a file with where it stands, but for the rows of a list of bands."""
    if isinstance(raw, dict):
        yield place, raw
        for key, value in raw.items():
            if key not in ("bands", "when"):
                yield from tables(value, f"{place}.{key}")
    if isinstance(raw, list):
        for n, entry in enumerate(raw):
            yield from tables(entry, f"{place}[{n}]")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_beside_every_number_stands_a_reason(file: Path) -> None:
    checked = 0
    for place, table in tables(tomllib.loads(file.read_text())):
        if NUMBERS & table.keys():
            assert table.get("reason", "").strip(), place
            checked += 1
        if "bands" in table:
            assert table["bands_reason"].strip(), place
    assert checked > 10


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_pair_of_bands_has_a_rule_and_every_rule_a_pair(file: Path) -> None:
    instrument = load_instrument(file)
    names = [s.id for s in instrument.scales]
    fired = set()
    for pair in itertools.product(*([b.id for b in s.bands] for s in instrument.scales)):
        case = dict(zip(names, pair, strict=True))
        assert oracle.from_rules(instrument, case) != "not-enough"
        fits = (r for r in instrument.rules if all(case[s] in b for s, b in r.when.items()))
        fired.add(next(fits).id)
    assert fired == {r.id for r in instrument.rules}


def test_the_questions_cover_every_point(friendship: Instrument) -> None:
    points, ours = (
        {f"{chapter}.{point}" for chapter, ends in table.items() for point in ends}
        for table in (POINTS, OURS)
    )
    assert len(points) == 41
    asked = [i for i in friendship.items if i.source]
    # the tone of a message is no point of its own; the closing thought is four last questions
    assert [i.id for i in friendship.items if not i.source] == ["say.tone"]
    assert {i.source for i in asked} == points | ours | {"close.decide"}
    for item in (i for i in asked if i.chapter != "close"):
        assert item.id.startswith(item.source) or item.source in SPLIT
        assert item.source.startswith(f"{item.chapter}.")
    assert {s: sum(i.source == s for i in asked) for s in SPLIT} == dict.fromkeys(SPLIT, 2)


def test_chapters_stand_in_the_order_agreed(friendship: Instrument) -> None:
    order = ["why", "feel", "tie", "walk", "for", "ready", "against", "choice"]
    order += ["say", "bound", "well"]
    assert [c.id for c in friendship.chapters if c.counted] == order
    assert [c.id for c in friendship.chapters if not c.counted] == ["close"]


def test_what_counts_and_how(friendship: Instrument) -> None:
    readiness, risk = friendship.scales
    assert {t.id: t.weight for t in readiness.ratings} == {
        "ready.healed": 3,
        "ready.boundaries": 3,
        "ready.same-page": 2,
        "ready.seeing-them": 2,
        "ready.enriches": 2,
        "ready.hope": 2,
        "for.care": 2,
        "for.my-no": 2,
        "for.their-no": 1,
        "for.moved-on-me": 2,
        "for.moved-on-them": 1,
    }
    assert {t.id: t.weight for t in risk.ratings} == {
        "against.blurred": 3,
        "against.leaning": 2,
        "against.new-love": 2,
        "against.agenda": 3,
        "against.old-fights": 2,
    }
    assert {t.id: t.add for t in readiness.adding} == {"for.circles": 4}
    assert {t.id: t.add for t in risk.adding} == {
        "feel.dependence": 4,
        "feel.unresolved": 6,
        "why.letting-go": 6,
        "why.nostalgia": 3,
    }
    assert [t.id for s in friendship.scales for t in s.items if t.reverse] == ["ready.hope"]


def test_no_sign_is_left_without_a_gate(friendship: Instrument) -> None:
    for when in ("yes", "blank", "not sure"):
        watched = {i for g in friendship.gates if g.when == when for i in g.items}
        assert watched == {i.id for i in friendship.signs}


def test_nothing_that_counts_has_a_score_in_both(friendship: Instrument) -> None:
    one, other = ({t.id for t in s.items} for s in friendship.scales)
    assert not one & other
