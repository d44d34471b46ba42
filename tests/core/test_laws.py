"""The five laws of the verdict, over random people and every lawful questionnaire there is here.

What is worse of an item follows from the file: its scale, its direction, and which end is better.
"""

import itertools
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import Generator

from tests.core.making import Raw, load_raw
from tests.core.strategies import lawful
from workbook import Assessment, Instrument, assess
from workbook.instrument.content import own_field
from workbook.instrument.items import SIGN_ANSWERS, WORSE_SIGNS
from workbook.instrument.kinds import kind_of
from workbook.scoring.rules import Verdicts, judge
from workbook.scoring.sheet import Sheet, layout_of, sheet_from, sheet_like

STEPS = 24_000  # of friendship.toml and car.toml each
FEWER = 400  # of each made-up questionnaire
RANK = {SIGN_ANSWERS.index(answer): n for n, answer in enumerate(WORSE_SIGNS)}


def higher_is_worse(instrument: Instrument) -> dict[str, bool]:
    """Return for each item with a direction whether more of it is worse; sides by "own <id>"."""
    found: dict[str, bool] = {}
    for scale in instrument.scales:
        low = scale.better == "low"
        found |= {tie.id: low != tie.reverse for tie in scale.items if scale.better}
        for side in instrument.own.sides if instrument.own else ():
            if side.scale == scale.id and scale.better:
                found[f"own {side.id}"] = low
    for line in instrument.limits:
        better = next(s.better for s in instrument.scales if s.id == line.scale)
        harms = (line in instrument.caps) == (better == "high")
        found.setdefault(line.item, (line.above is not None) == harms)
    return found


# ---------------------------------------------------------------- law 1: nothing worse ever helps


@dataclass
class Walk:
    """Random people and, for each, the same person with one thing worse."""

    instrument: Instrument
    before: Verdicts
    after: Verdicts
    moved: list[str]

    @property
    def steps(self) -> int:
        return len(self.moved)


def people(instrument: Instrument, chance: Generator, count: int) -> Sheet:
    """Return random answers, many of them near an end, with a few blanks and own items."""
    layout = layout_of(instrument)
    values = np.full((count, len(layout.columns)), np.nan)
    kindness = chance.beta(0.7, 0.7, count)  # how good all of a person's answers tend to be
    worse = higher_is_worse(instrument)
    for key, column in layout.columns.items():
        item = instrument.by_id[key]
        every = kind_of(item).possible(item)
        good = np.clip(chance.normal(kindness, 0.25), 0, 1)
        if item.kind == "sign":
            drawn = chance.choice(len(every), count, p=[0.12, 0.76, 0.12])
        elif key.startswith("own."):
            drawn = chance.integers(0, len(every), count)
        else:
            share = 1 - good if worse.get(key) else good
            drawn = np.rint(share * (len(every) - 1)).astype(int)
        low = item.min or 0 if item.kind == "rating" else 0
        blank = chance.random(count) < (0.6 if key.startswith("own.") else 0.05)
        values[:, column] = np.where(blank, np.nan, drawn + low)
    coded = {key: values[:, column] for key, column in layout.columns.items()}
    return sheet_from(layout, coded, count)


def worsened(sheet: Sheet, chance: Generator) -> tuple[Sheet, np.ndarray, list[str]]:
    """Make one thing of each person worse, where it can be; return who, and what was moved."""
    instrument, columns = sheet.layout.instrument, sheet.layout.columns
    worse = higher_is_worse(instrument)
    values, rows, moved = sheet.values.copy(), [], []
    keys = [
        k for k in columns if k in worse or k.startswith("own.") or kind(instrument, k) == "sign"
    ]
    for row, key in enumerate(chance.choice(keys, len(values))):
        now = values[row, columns[key]]
        options = worse_answers(sheet, row, key, worse)
        if np.isnan(now) or not options:
            if not key.startswith("own.") or not adds_own(sheet, row, key, values, chance):
                continue
        else:
            values[row, columns[key]] = chance.choice(options)
        rows.append(row)
        moved.append(str(key))
    return sheet_like(sheet, values), np.array(rows), moved


def kind(instrument: Instrument, key: str) -> str:
    return instrument.by_id[key].kind


def worse_answers(sheet: Sheet, row: int, key: str, worse: dict[str, bool]) -> list[float]:
    """Return the worse values that one given answer can take."""
    instrument, columns = sheet.layout.instrument, sheet.layout.columns
    item, now = instrument.by_id[key], sheet.values[row, columns[key]]
    if np.isnan(now):
        return []
    if item.kind == "sign":
        return [float(n) for n, rank in RANK.items() if rank > RANK[int(now)]]
    if key.startswith("own."):
        return worse_own(sheet, row, key, worse)
    low = item.min or 0 if item.kind == "rating" else 0
    every = np.arange(len(kind_of(item).possible(item))) + low
    return [float(v) for v in every if (v > now if worse[key] else v < now)]


def worse_own(sheet: Sheet, row: int, key: str, worse: dict[str, bool]) -> list[float]:
    """Return worse values of a part of an own item: to the other side, stronger or weaker."""
    instrument, columns = sheet.layout.instrument, sheet.layout.columns
    own, now = instrument.own, sheet.values[row, columns[key]]
    assert own is not None
    side = sheet.values[row, columns[own_field(key, "side")]]
    if np.isnan(side):
        return []
    bad = worse.get(f"own {own.sides[int(side)].id}")
    if bad is None:
        return []
    if key.endswith(".side"):
        turned = [float(n) for n, s in enumerate(own.sides) if worse.get(f"own {s.id}")]
        return [] if bad else turned
    item = instrument.by_id[key]
    every = range(item.min or 0, (item.max or 0) + 1)
    return [float(v) for v in every if (v > now if bad else v < now)]


def adds_own(sheet: Sheet, row: int, key: str, values: np.ndarray, chance: Generator) -> bool:
    """Add an own item against, in the place of one that does not count yet."""
    instrument, columns = sheet.layout.instrument, sheet.layout.columns
    own, worse = instrument.own, higher_is_worse(instrument)
    assert own is not None
    bad = [n for n, s in enumerate(own.sides) if worse.get(f"own {s.id}")]
    side, rating = (columns[own_field(key, field)] for field in ("side", "rating"))
    counts = not np.isnan(sheet.values[row, [side, rating]]).any()
    if counts or not bad:
        return False
    values[row, side] = chance.choice(bad)
    values[row, rating] = chance.integers(own.min, own.max + 1)
    return True


def walk(instrument: Instrument, seed: int, count: int) -> Walk:
    chance = np.random.default_rng(seed)
    sheet = people(instrument, chance, count)
    after, rows, moved = worsened(sheet, chance)
    if not len(rows):
        rows = np.array([], np.int64)
    return Walk(
        instrument,
        judge(sheet_like(sheet, sheet.values[rows])),
        judge(sheet_like(sheet, after.values[rows])),
        moved,
    )


def check_law_1(walked: Walk) -> None:
    """See that no score moved to its better side, and no outcome to an earlier one."""
    instrument = walked.instrument
    for n, scale in enumerate(instrument.scales):
        rise = walked.after.scores[n].value - walked.before.scores[n].value
        band = walked.after.bands[n] - walked.before.bands[n]
        given_ = ~np.isnan(rise)
        better = {"high": 1, "low": -1, "": 0}[scale.better]
        assert not (given_ & (rise * better > 2e-9)).any(), scale.id
        assert not (given_ & (band * better > 0)).any(), scale.id
    ordered = np.array([*(o.ordered for o in instrument.outcomes), False])
    before, after = walked.before.outcome, walked.after.outcome
    earlier = ordered[before] & ordered[after] & (after < before)
    assert not earlier.any(), [walked.moved[n] for n in np.flatnonzero(earlier)[:5]]


@pytest.mark.parametrize("name", ["friendship", "car"])
def test_nothing_worse_helps_in_the_shipped_questionnaires(
    name: str, request: pytest.FixtureRequest
) -> None:
    walked = walk(request.getfixturevalue(name), seed=1, count=2 * STEPS)
    assert walked.steps >= STEPS, walked.steps
    check_law_1(walked)
    outcomes = set(walked.before.outcome.tolist())
    assert len(outcomes) >= len(walked.instrument.outcomes) - 1  # people of every kind
    assert (walked.before.outcome != walked.after.outcome).sum() > 500


@given(raw=lawful(), seed=st.integers(0, 10_000))
def test_nothing_worse_helps_in_any_questionnaire_that_the_loader_takes(
    raw: Raw, seed: int
) -> None:
    check_law_1(walk(load_raw(raw), seed, FEWER))


# ------------------------------------------------ law 2: no single worst answer is outvoted


VITAL = ("ready.healed", "for.my-no", "for.their-no", "ready.boundaries")
CLOSING = (
    "ready.hope",
    "for.moved-on-me",
    "for.moved-on-them",
    "ready.same-page",
    "ready.seeing-them",
    "ready.enriches",
    "against.agenda",
    "against.blurred",
)


def best(instrument: Instrument, **worst: bool) -> Raw:
    """Return all at its best, but for the items in ``worst``."""
    bad = higher_is_worse(instrument)
    answers: Raw = {sign.id: "no" for sign in instrument.signs}
    for key in bad:
        item = instrument.by_id.get(key)
        if item is not None:
            every = kind_of(item).possible(item)
            answers[key] = every[-1] if bad[key] == worst.get(key, False) else every[0]
    return answers


def test_each_vital_answer_at_its_worst_means_not_yet_or_further(friendship: Instrument) -> None:
    order = [o.id for o in friendship.outcomes if o.ordered]
    assert assess(friendship, best(friendship)).outcome == "friends"
    for key in VITAL:
        outcome = assess(friendship, best(friendship, **{key: True})).outcome
        assert order.index(str(outcome)) >= order.index("not-yet"), key


@pytest.mark.parametrize("count", [1, 2])
def test_what_closes_friends_closes_it_alone_and_with_another(
    count: int, friendship: Instrument
) -> None:
    for keys in itertools.combinations((*VITAL, *CLOSING), count):
        answers = best(friendship, **dict.fromkeys(keys, True))
        result = assess(friendship, answers)
        assert "friends" not in result.reachable, keys
        assert result.outcome in {"limits", "not-yet", "no-contact"}, keys


# ------------------------------------------------ law 3: doubt comes before all but danger


SERIOUS = ("walk.pressure", "walk.fear", "walk.harm")


def gated(instrument: Instrument, chance: Generator, **signs: str) -> Assessment:
    ratings = {
        i.id: int(chance.integers(i.min or 0, (i.max or 0) + 1))
        for i in instrument.of_kind("rating")
        if i.scored
    }
    others = {s.id: str(chance.choice(SIGN_ANSWERS)) for s in instrument.signs}
    return assess(instrument, {**ratings, **others, **dict.fromkeys(SERIOUS, "no"), **signs})


@pytest.mark.parametrize("sign", SERIOUS)
@pytest.mark.parametrize(
    ("answer", "outcome"), [("not sure", "talk-first"), ("yes", "safety-first")]
)
def test_doubt_about_danger_outranks_everything_but_danger(
    sign: str, answer: str, outcome: str, friendship: Instrument
) -> None:
    chance = np.random.default_rng(0)
    for _ in range(50):
        result = gated(friendship, chance, **{sign: answer})
        assert result.outcome == outcome
        assert result.gate
        assert result.gate.opens
        assert {"scores", "message", "boundaries", "choice"} <= result.withheld
        assert result.changes == ()


@pytest.mark.parametrize("sign", SERIOUS)
def test_danger_outranks_doubt(sign: str, friendship: Instrument) -> None:
    chance = np.random.default_rng(0)
    unsure = dict.fromkeys(SERIOUS, "not sure")
    assert gated(friendship, chance, **{**unsure, sign: "yes"}).outcome == "safety-first"


# ------------------------------------------------ law 4: a question counts for what it measures


def test_shared_circles_add_and_never_take_away(friendship: Instrument) -> None:
    chance = np.random.default_rng(4)
    sheet = people(friendship, chance, 2_000)
    column = sheet.layout.columns["for.circles"]
    values = [sheet.values.copy() for _ in range(3)]
    for given_, answer in zip(values, (np.nan, 0, 10), strict=True):
        given_[:, column] = answer
    blank, least, most = (judge(sheet_like(sheet, v)).scores[0].value for v in values)
    np.testing.assert_array_equal(blank, least)
    assert (most[~np.isnan(most)] >= least[~np.isnan(least)]).all()


def test_ties_are_not_scored_at_all(friendship: Instrument) -> None:
    ties = [i.id for i in friendship.in_chapter("tie")]
    assert ties
    answers = best(friendship)
    without, with_ = (
        assess(friendship, {**answers, **dict.fromkeys(ties, b)}) for b in (False, True)
    )
    assert (without.scores, without.outcome) == (with_.scores, with_.outcome)
    counted = {t.id for s in friendship.scales for t in s.items}
    assert not counted & {*ties, "choice.sure", "choice.lean"}


def test_guesses_add_a_little_risk_and_can_be_taken_back(friendship: Instrument) -> None:
    answers = best(friendship)
    guesses = [t.id for t in friendship.scales[1].adding]
    for guess in guesses:
        plain, guessed = (assess(friendship, {**answers, guess: tick}) for tick in (False, True))
        more = (guessed.scores["risk"].value or 0) - (plain.scores["risk"].value or 0)
        assert 0 < more <= 6
        assert guessed.scores["readiness"] == plain.scores["readiness"]


# ------------------------------------------------ law 5: what decides is what is said


def free_of_limits(raw: Raw) -> Raw:
    return {**raw, "cap": [], "floor": []}


@settings(max_examples=max(30, settings().max_examples // 2))
@given(raw=lawful(), seed=st.integers(0, 10_000))
def test_what_decides_is_the_gate_or_all_limits_that_bind_where_without_them_it_would_differ(
    raw: Raw, seed: int
) -> None:
    instrument, free = load_raw(raw), load_raw(free_of_limits(raw))
    sheet = people(instrument, np.random.default_rng(seed), 12)
    for row in sheet.values:
        answers = {
            key: kind_of(instrument.by_id[key]).possible(instrument.by_id[key])[
                int(row[column]) - (instrument.by_id[key].min or 0)
            ]
            for key, column in sheet.layout.columns.items()
            if not np.isnan(row[column])
        }
        result = assess(instrument, answers)
        if result.gate:
            assert result.decided_by == (result.gate,)
        elif assess(free, answers).outcome != result.outcome:
            assert result.decided_by == (*result.caps, *result.floors)
            assert result.decided_by
        else:
            assert result.decided_by is None
