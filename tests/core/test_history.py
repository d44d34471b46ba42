"""Check-ins over time: in order, each scored as today's would be, and told in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import answers_to
from workbook import assess
from workbook.reflection.history import History, history_of, seconds
from workbook.reflection.later import instant
from workbook.reflection.moves import last_moved, moved
from workbook.reflection.retelling import (
    say_course,
    say_lean,
    say_moved,
    say_notes,
    say_outcomes,
    say_steps,
)

if TYPE_CHECKING:
    from workbook import Instrument

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
ZONES: Any = st.none() | st.integers(-12, 14).map(lambda h: timezone(timedelta(hours=h)))
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=ZONES)  # noqa: DTZ001


@dataclass(frozen=True)
class Saved:
    """A check-in as a history takes it."""

    answers: Any
    saved_at: datetime = START
    version: str = ""


def full(instrument: Instrument, rating: int = 6, **more: object) -> dict[str, object]:
    """Return an answer to all that counts; ``more`` names items with _ for the dot."""
    answers: dict[str, object] = {i.id: "no" for i in instrument.signs}
    answers |= {i.id: rating for i in instrument.items if i.kind == "rating"}
    return answers | {key.replace("_", ".", 1).replace("_", "-"): v for key, v in more.items()}


def story(instrument: Instrument, *days: tuple[int, dict[str, object]]) -> History:
    """Return a history of answers, each so many days after the start."""
    return history_of(
        instrument,
        [Saved(answers, START + timedelta(days=n)) for n, answers in days],
    )


@given(st.lists(TIMES, max_size=8))
def test_points_stand_in_order_of_time_and_those_of_one_time_as_they_came(
    car: Instrument, times: list[datetime]
) -> None:
    moments = [Saved({"them.late": 1 + n % 5}, when) for n, when in enumerate(times)]
    points = history_of(car, moments).points
    assert [p.at for p in points] == sorted(times, key=instant)
    came = {id(m.saved_at): n for n, m in enumerate(moments)}
    for a, b in pairwise(points):
        assert seconds(a) < seconds(b) or came[id(a.at)] < came[id(b.at)]


@given(st.data())
def test_each_point_is_scored_as_today_would_be(car: Instrument, data: st.DataObject) -> None:
    answers = data.draw(answers_to(car))
    (point,) = history_of(car, [Saved(answers, version="0.9")]).points
    found = assess(car, answers)
    assert (point.assessment.scores, point.assessment.outcome) == (found.scores, found.outcome)


def test_what_is_added_later_leaves_the_others_as_they_were(friendship: Instrument) -> None:
    before = story(friendship, (0, full(friendship)), (9, full(friendship, 7)))
    after = before.and_then(Saved(full(friendship, 8), START + timedelta(days=3)))
    assert [p.at.day for p in after.points] == [5, 8, 14]
    assert (after.points[0], after.points[2]) == before.points


@pytest.mark.parametrize("answer", ["yes", "not sure"])
def test_a_serious_sign_looks_like_too_few_answers(friendship: Instrument, answer: str) -> None:
    lean = {"choice.lean": "friends", "choice.sure": 9}
    alarmed = full(friendship, walk_fear=answer) | lean
    (point,) = story(friendship, (0, alarmed)).points
    assert not point.open
    assert [point.score(s.id) for s in friendship.scales] == [None, None]
    assert (point.outcome, point.status, point.lean, point.sure) == (None, None, None, None)
    told = [
        (
            *say_notes(h, friendship.words),
            *(say_course(h, s, friendship.words) for s in h.instrument.scales),
            say_outcomes(h, friendship.words),
            say_lean(h, friendship.words),
            say_moved(last_moved(h), friendship.words),
        )
        for h in (story(friendship, (0, full(friendship)), (7, now)) for now in (alarmed, {}))
    ]
    assert told[0] == told[1]


def test_nothing_is_compared_with_a_time_that_is_not_shown(friendship: Instrument) -> None:
    first, last = full(friendship, 6), full(friendship, 6, ready_healed=9)
    alarmed = full(friendship, 1, walk_fear="yes")
    found = last_moved(story(friendship, (0, first), (7, alarmed), (14, last)))
    assert found is not None
    assert found.before.at.day == START.day
    (change,) = found.changes
    assert change.item == "ready.healed"
    assert change.share == pytest.approx(0.3)
    assert last_moved(story(friendship, (0, first), (7, alarmed))) is None


@given(st.data())
def test_a_move_is_a_share_of_the_range_and_back_again_is_its_opposite(
    car: Instrument, data: st.DataObject
) -> None:
    a, b = (data.draw(answers_to(car)) for _ in range(2))
    one, two = history_of(car, [Saved(a), Saved(b)]).points
    there, back = moved(car, one, two), moved(car, two, one)
    shares = [abs(c.share) for c in there.changes]
    assert shares == sorted(shares, reverse=True)
    for change in (*there.changes, *there.ticked):
        item = car.by_id[change.item]
        assert (a[change.item], b[change.item]) == (change.before, change.after)
        if item.kind == "rating":
            wide = (item.max or 0) - (item.min or 0)
            assert change.share * wide == pytest.approx(int(change.after) - int(change.before))
    opposite = {c.item: -c.share for c in (*back.changes, *back.ticked)}
    assert {c.item: c.share for c in (*there.changes, *there.ticked)} == pytest.approx(opposite)


def test_an_own_item_is_compared_only_while_it_is_the_same(friendship: Instrument) -> None:
    own = full(friendship) | {"own.1.text": "Rent", "own.1.side": "against", "own.1.rating": 4}
    other = own | {"own.1.text": "Noise"}
    for after, count in ((own, 1), (other, 0)):
        now = after | {"own.1.rating": 9}
        found = last_moved(story(friendship, (0, own), (7, now)))
        assert found is not None
        assert len(found.changes) == count


def test_what_moved_is_told_with_its_size_and_its_way(friendship: Instrument) -> None:
    before = full(friendship, 5, walk_guilt="no", why_bond=True)
    after = full(friendship, 5, ready_healed=9, ready_hope=4, walk_guilt="not sure", why_bond=False)
    said = say_moved(last_moved(story(friendship, (0, before), (7, after))), friendship.words)
    assert said.startswith("Since 5 January 2026, this has moved most: Guilt: No → Not sure; ")
    assert "Healing: 5 → 9, much higher; Hope of more: 5 → 4, a little lower." in said
    assert said.endswith("No longer ticked: “Old friendship”.")


def test_gaps_versions_and_days_with_two_are_said(friendship: Instrument) -> None:
    days = [0, 7, 14, 100, 100.1]
    moments = [
        Saved(
            full(friendship), START + timedelta(days=d), "1.0.0" if d < 10 else friendship.version
        )
        for d in days
    ]
    history = history_of(friendship, moments)
    (gap,) = history.gaps
    assert [(p.at.month, p.at.day) for p in gap] == [(1, 19), (4, 15)]
    first, *_, one, two = history.days.values()
    assert first == "5 January 2026"
    assert (one, two) == ("15 April 2026, 09:00", "15 April 2026, 11:24")
    notes = " ".join(say_notes(history, friendship.words))
    assert "5 check-ins, from 5 January 2026 to 15 April 2026, 11:24." in notes
    assert "2 were saved with another version" in notes
    assert "lie 12 weeks without a check-in" in notes


def test_a_course_tells_its_ends_and_its_turns(friendship: Instrument) -> None:
    readiness = next(s for s in friendship.scales if s.id == "readiness")
    history = story(friendship, *((7 * n, full(friendship, r)) for n, r in enumerate((4, 8, 3, 6))))
    values = [f"{s.value:.0f}" for _, s in history.scored("readiness")]
    said = say_course(history, readiness, friendship.words)
    assert f"from {values[0]} (5 January 2026) to {values[3]}" in said
    assert f"down to {values[2]} (19 January 2026)" in said
    assert f"up to {values[1]} (12 January 2026)" in said
    alone = story(friendship, (0, full(friendship)))
    assert "One score makes no line yet" in say_course(alone, readiness, friendship.words)
    assert "no score" in say_course(story(friendship, (0, {})), readiness, friendship.words)


def test_a_step_counts_once_and_is_done_once_it_was_marked(friendship: Instrument) -> None:
    walk: dict[str, object] = {"well.healing.step": "A walk", "well.healing.day": "mon"}
    done = walk | {"well.healing.done": True, "well.support.step": "Soup"}
    history = story(friendship, (0, walk), (7, done), (14, walk))
    assert say_steps(history, friendship.words) == "1 of 2 planned steps are marked as done."
    (first, *_), *_ = (p.steps for p in history.points)
    assert (first.text, first.day, first.done) == ("A walk", "Monday", False)


def test_a_letter_that_is_never_sent_is_no_step(friendship: Instrument) -> None:
    answers: dict[str, object] = {"well.letter.text": "All of it.", "choice.step": "Sleep on it"}
    (point,) = story(friendship, (0, answers)).points
    assert [(s.text, s.done) for s in point.steps] == [("Sleep on it", None)]


def test_a_step_that_is_private_is_left_out(friendship: Instrument) -> None:
    answers: dict[str, object] = {"well.healing.step": "A walk", "well.healing.done": True}
    items = [replace(i, private=i.id == "well.healing.step") for i in friendship.items]
    (point,) = story(replace(friendship, items=tuple(items)), (0, answers)).points
    assert point.steps == ()
    (point,) = story(friendship, (0, answers)).points
    assert len(point.steps) == 1


def test_no_history_has_nothing_to_say(friendship: Instrument) -> None:
    empty = history_of(friendship, [])
    assert list(say_notes(empty, friendship.words)) == []
    assert last_moved(empty) is None
