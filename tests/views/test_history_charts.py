"""The drawings of a history hold its numbers: to scale, with gaps where there are none."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.making import load_raw
from tests.core.strategies import answers_to, instruments
from tests.views.walk import FRIENDSHIP, drawn, marks, place
from workbook import Checkin, load_instrument
from workbook.charts.drawing import Chart, markup
from workbook.charts.history import history_charts
from workbook.charts.lines import Level, Spot, thin
from workbook.reflection.history import History, history_of
from workbook.text.words import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
INSTRUMENT = load_instrument(FRIENDSHIP)
WORDS = load_words()
LEAN: dict[str, object] = {"choice.lean": "limits", "choice.sure": 7}
STEP: dict[str, object] = {"well.healing.step": "A walk", "well.healing.done": True}


def full(rating: int = 6, **more: object) -> dict[str, object]:
    answers: dict[str, object] = {i.id: "no" for i in INSTRUMENT.signs}
    answers |= {i.id: rating for i in INSTRUMENT.items if i.kind == "rating"}
    return answers | {key.replace("_", ".", 1).replace("_", "-"): v for key, v in more.items()}


def story(*days: tuple[float, dict[str, object]]) -> History:
    checkins = [Checkin(a, START + timedelta(days=d)) for d, a in days]  # type: ignore[arg-type]
    return history_of(INSTRUMENT, checkins)


def chart(history: History, kind: str, number: int = 0) -> tuple[Chart[History], str]:
    """Return a chart of this kind, and its drawing."""
    found = [c for c in history_charts(history, WORDS) if c.kind == kind][number]
    return found, markup(found.draw(history))


def spots(drawing: str) -> list[tuple[float, float]]:
    return [(place(m, "cx"), 100 - place(m, "cy")) for m in marks(drawing, "wb-spot")]


def lines(drawing: str, css: str = "wb-line") -> list[int]:
    """Return of how many points each stretch of a line is."""
    paths = [m.attrib["d"] for m in marks(drawing, css) if m.attrib["class"] == css]
    return [s.count("L") + 1 for p in paths for s in p.split("M") if s]


def test_what_has_nothing_to_show_is_not_there() -> None:
    kinds = [c.kind for c in history_charts(story((0, full()), (7, full() | LEAN | STEP)), WORDS)]
    assert kinds == ["course", "course", "ribbon", "moved", "lean", "steps"]
    assert [c.kind for c in history_charts(story((0, {})), WORDS)] == ["course", "course"]
    assert history_charts(story(), WORDS) == []


def test_points_stand_to_scale_in_time_and_height() -> None:
    history = story((0, full(4)), (10, full(6)), (40, full(8)))
    _, drawing = chart(history, "course")
    found = spots(drawing)
    first, middle, last = (x for x, _ in found)
    assert (middle - first) / (last - first) == pytest.approx(10 / 40, abs=1e-3)
    values = [s.value for _, s in history.scored("readiness")]
    assert [y for _, y in found] == pytest.approx(values, abs=0.01)
    assert lines(drawing) == [3]


def test_one_point_stands_in_the_middle_and_shows_its_range() -> None:
    answers = full()
    del answers["ready.seeing-them"]
    history = story((0, answers))
    ((_, score),) = history.scored("readiness")
    _, drawing = chart(history, "course")
    assert [x for x, _ in spots(drawing)] == [50]
    (reach,) = marks(drawing, "wb-reach")
    ends = [100 - place(reach, y) for y in ("y1", "y2")]
    assert ends == pytest.approx([score.low, score.high], abs=0.01)
    assert lines(drawing) == []


@pytest.mark.parametrize("without", [{}, full(walk_fear="yes"), full(walk_fear="not sure")])
def test_a_line_has_a_gap_where_there_is_no_score(without: dict[str, object]) -> None:
    days = [*((7 * n, full(n + 3)) for n in range(2)), (14, without), (21, full(5)), (28, full(6))]
    found, drawing = chart(story(*days), "course")
    assert lines(drawing) == [2, 2]
    assert len(spots(drawing)) == 4
    rows = found.table(story(*days)).rows
    assert len(rows) == 5
    assert rows[2] == ("19 January 2026", *"\N{EN DASH}" * 4)


def test_nothing_tells_a_serious_sign_from_too_few_answers() -> None:
    def all_of_it(without: dict[str, object]) -> list[object]:
        days = [(0, full(4) | LEAN), (7, without | STEP), (14, full(7) | LEAN)]
        history = story(*days)
        charts = [c for c in history_charts(history, WORDS) if c.kind != "moved"]
        return [
            (markup(c.draw(history)), c.say(history), c.table(history), c.legend(history))
            for c in charts
        ]

    few: dict[str, object] = {"ready.enriches": 3}
    assert all_of_it(full(walk_harm="yes") | LEAN) == all_of_it(few)
    assert all_of_it(full(walk_harm="no") | LEAN) != all_of_it(few)


def test_a_long_time_without_a_check_in_is_a_broken_line() -> None:
    _, drawing = chart(story(*((d, full()) for d in (0, 7, 14, 160, 167))), "course")
    assert lines(drawing) == [3, 2]
    assert len(list(marks(drawing, "wb-broken"))) == 1
    _, steady = chart(story(*((d, full()) for d in (0, 100, 200, 300))), "course")
    assert marks(steady, "wb-broken") == []


def test_a_band_that_is_held_has_a_hollow_point() -> None:
    history = story((0, full(6)), (7, full(6, ready_healed=2)))
    found, drawing = chart(history, "course")
    assert ["wb-spot-held" in m.attrib["class"] for m in marks(drawing, "wb-spot")] == [False, True]
    assert len(found.legend(history)) == 1


def test_the_ribbon_has_a_lane_for_each_outcome_in_the_words_of_the_data() -> None:
    history = story((0, full(2)), (7, full(2)), (14, full(9, **dict.fromkeys(("ready_hope",), 0))))
    found, drawing = chart(history, "ribbon")
    outcomes = [p.outcome for p in history.points]
    names = [o.name for o in INSTRUMENT.outcomes if o.id in outcomes]
    tree = drawn(drawing)
    assert [e.text for e in tree.iter("span")] == names
    pieces = [len(list(lane.iter("rect"))) - 1 for lane in tree.iter("li")]
    assert pieces == [1] * len(names)
    titles = {o.id: o.title for o in INSTRUMENT.outcomes}
    assert [row[1] for row in found.table(history).rows] == [titles[str(o)] for o in outcomes]


def test_versions_stand_in_the_table_where_they_are_not_all_todays() -> None:
    moments = [Checkin(full(), START, version="1.0.0"), Checkin(full(), START, version="2.0.0")]  # type: ignore[arg-type]
    history = history_of(INSTRUMENT, moments)
    found, _ = chart(history, "ribbon")
    assert [row[-1] for row in found.table(history).rows] == ["1.0.0", "2.0.0"]
    plain = story((0, full()))
    assert len(chart(plain, "ribbon")[0].table(plain).head) == 3


def test_moves_point_the_way_they_went() -> None:
    history = story((0, full(5)), (7, full(5, ready_healed=9, for_care=4)))
    found, drawing = chart(history, "moved")
    bars = [(place(m), place(m, "width")) for m in marks(drawing, "wb-far")]
    assert bars == [(50, 20), (45, 5)]
    table = found.table(history)
    assert [row[1:] for row in table.rows] == [("5", "9", "+40%"), ("5", "4", "\N{MINUS SIGN}10%")]


def test_a_thousand_check_ins_are_thinned_in_the_drawing_and_whole_in_the_table() -> None:
    base, changing = full(), ("ready.healed", "against.blurred")
    days = [
        (n, base | {key: (n * 7 + k) % 11 for k, key in enumerate(changing)}) for n in range(1000)
    ]
    history = story(*days)
    for found in history_charts(history, WORDS):
        made = markup(found.draw(history))
        assert len(made) < 40_000, found.kind
        assert made.count("<") < 600, found.kind
        if found.kind in ("course", "ribbon"):
            assert len(found.table(history).rows) == 1000
    _, drawing = chart(history, "course")
    heights = [100 - float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", _line(drawing))]
    values = [s.value for _, s in history.scored("readiness")]
    assert (min(heights), max(heights)) == pytest.approx((min(values), max(values)), abs=0.01)  # type: ignore[type-var]


def _line(drawing: str) -> str:
    (path,) = marks(drawing, "wb-line")
    return path.attrib["d"]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_questionnaire_and_any_answers_can_be_drawn(data: st.DataObject) -> None:
    instrument = load_raw(data.draw(instruments()))
    days = data.draw(st.lists(st.integers(0, 900), max_size=5))
    checkins = [Checkin(data.draw(answers_to(instrument)), START + timedelta(days=d)) for d in days]
    history = history_of(instrument, checkins)
    charts = history_charts(history, WORDS)
    assert len(charts) >= (len(instrument.scales) if days else 0)
    for found in charts:
        drawn(markup(found.draw(history)))  # well formed
        assert found.say(history)
        table = found.table(history)
        assert {len(row) for row in table.rows} <= {len(table.head)}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 100), min_size=1, max_size=400), st.integers(4, 60))
def test_what_is_thinned_keeps_its_ends_and_its_extremes(heights: list[int], most: int) -> None:
    run = [Spot(n, Level(y, y, y), "joined") for n, y in enumerate(heights)]
    kept = thin(run, most)
    assert len(kept) <= most + 2
    assert (kept[0], kept[-1]) == (run[0], run[-1])
    assert {min(heights), max(heights)} <= {s.level.y for s in kept}
    places: Sequence[float] = [s.x for s in kept]
    assert list(places) == sorted(set(places))


@pytest.mark.parametrize(
    ("days", "named"),
    [
        ([0], ["5 January 2026"]),
        ([0, 0.2], ["5 January 2026"]),
        ([0, 2], ["6 Jan", "7 Jan"]),
        ([0, 20], ["5 Jan", "12 Jan", "19 Jan"]),
        ([0, 100], ["Feb 2026", "Mar", "Apr"]),
        ([0, 420], ["Apr 2026", "Jul", "Oct", "Jan 2027"]),
        ([0, 1400], ["2027", "2028", "2029"]),
        ([0, 40_000], ["2050", "2100"]),
    ],
)
def test_days_are_named_as_finely_as_there_is_room(days: list[float], named: list[str]) -> None:
    _, drawing = chart(story(*((d, full()) for d in days)), "course")
    (axis,) = marks(drawing, "wb-days")
    shown = [str(t.text) for t in axis.iter("text")]
    assert 1 <= len(shown) <= 4
    assert shown[: len(named)] == named
    places = [place(t) for t in axis.iter("text")]
    assert all(0 <= x <= 100 for x in places)
