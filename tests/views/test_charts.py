"""The charts hold the numbers of `assess`, and each says them in a sentence and a table too."""

from __future__ import annotations

import itertools
from typing import TypeAlias

import bqplot as bq
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.answering import Answers, answers_to
from tests.views.walk import CAR, FRIENDSHIP, Pages, at_once, classes, find_all, full, read
from workbook import Assessment, assess
from workbook.charts.bars import Bars

NO_SCORE = "\N{EN DASH}"
FEW = settings(max_examples=30, deadline=None)


@pytest.fixture(scope="module", params=[FRIENDSHIP, CAR], ids=lambda path: path.stem)
def shared(request: pytest.FixtureRequest) -> Pages:
    """Lay out a workbook once for all made-up answers."""
    return Pages(request.param)


def draw(data: st.DataObject, pages: Pages) -> Assessment | None:
    """Answer with made-up answers; None where the scores are withheld."""
    answers: Answers = data.draw(answers_to(pages.instrument))
    at_once(lambda: pages.state.replace(answers))
    found = assess(pages.instrument, answers)
    return None if "scores" in found.withheld else found


def shown(value: float | None) -> str:
    return NO_SCORE if value is None else f"{value:.0f}"


def test_there_is_a_chart_of_scores_a_map_and_the_parts_of_each_score(pages: Pages) -> None:
    kinds = [classes(found)[-1] for found in find_all(pages.result, css="wb-chart")]
    assert kinds == ["wb-scores", "wb-map", "wb-parts", "wb-parts", "wb-profile"]


# ------------------------------------------------------------------------------------ the scores


@FEW
@given(data=st.data())
def test_marks_and_ranges_stand_at_the_scores(shared: Pages, data: st.DataObject) -> None:
    if (found := draw(data, shared)) is None:
        return
    boxes, scores = boxes_of(shared), list(found.scores.values())
    ranges, values = boxes[: len(scores)], boxes[len(scores) :]
    assert [(left, right) for left, right, *_ in ranges] == [(s.low, s.high) for s in scores]
    for score, value, around in zip(scores, values, ranges, strict=True):
        left, right, row, hue = value
        assert (row, hue) == around[2:]
        if score.value is None:
            assert right < 0  # out of sight
        else:
            assert (left + right) / 2 == pytest.approx(score.value)


def boxes_of(pages: Pages) -> list[tuple[float, float, float, str]]:
    """Return each box of the score chart: its ends, the middle of its row, its colour."""
    drawn = pages.chart("scores").ranges
    return [
        (min(x), max(x), round((min(y) + max(y)) / 2, 9), hue)
        for x, y, hue in zip(drawn.x, drawn.y, drawn.fill_colors, strict=True)
    ]


@FEW
@given(data=st.data())
def test_the_table_says_the_scores(shared: Pages, data: st.DataObject) -> None:
    if (found := draw(data, shared)) is None:
        return
    chart = shared.chart("scores")
    scales = shared.instrument.scales
    assert [row[0] for row in chart.rows] == [s.name for s in scales]
    for row, scale in zip(chart.rows, scales, strict=True):
        score = found.scores[scale.id]
        assert row[1:4] == [shown(v) for v in (score.value, score.low, score.high)]
        assert row[4] == (NO_SCORE if score.band is None else scale.band(score.band).text)
        assert row[5] == f"{score.answered} of {score.asked}"
        for cell in row[1:4] if score.value is not None else row[2:4]:
            assert f" {cell}" in chart.sentence


def test_bands_lie_where_the_instrument_says(pages: Pages) -> None:
    (labels, _) = [m for m in pages.chart("scores").marks(bq.Label) if len(m.text) == 6] + [None]
    assert labels is not None
    assert list(labels.text) == ["low", "mixed", "high", "low", "moderate", "high"]
    for place, start in zip(labels.x, [0, 40, 70] * 2, strict=True):
        assert start <= place < start + 3


# --------------------------------------------------------------------------------------- the map


def regions(pages: Pages) -> list[tuple[float, float, float, float, str, str]]:
    """Return each region of the map: its edges, its name, its colour."""
    chart = pages.chart("map")
    lines = next(m for m in chart.marks(bq.Lines) if m.fill_colors and len(m.fill_colors) > 1)
    (names,) = chart.marks(bq.Label)
    found = []
    for xs, ys, x, y, name, colour in zip(
        lines.x, lines.y, names.x, names.y, names.text, lines.fill_colors, strict=True
    ):
        assert min(xs) < x < max(xs)
        assert min(ys) < y < max(ys)
        found.append((min(xs), max(xs), min(ys), max(ys), name, colour))
    return found


def region_at(pages: Pages, x: float, y: float) -> str:
    """Return the name of the region a point lies in; an upper edge belongs to the next one."""
    names = [
        name
        for x0, x1, y0, y1, name, _ in regions(pages)
        if (x0 <= x < x1 or x == x1 == 100) and (y0 <= y < y1 or y == y1 == 100)
    ]
    assert len(names) == 1
    return str(names[0])


@FEW
@given(data=st.data())
def test_the_point_lies_in_the_region_of_the_outcome(shared: Pages, data: st.DataObject) -> None:
    if (found := draw(data, shared)) is None:
        return
    (point,) = shared.chart("map").marks(bq.Scatter)
    across, up = (found.scores[s.id] for s in shared.instrument.rule_scales)
    assert found.outcome is not None
    if across.value is None or up.value is None:
        assert (point.x.tolist(), point.y.tolist()) == ([], [])
        return
    assert (point.x.tolist(), point.y.tolist()) == ([across.value], [up.value])
    outcome = shared.instrument.outcome(found.outcome)
    assert region_at(shared, across.value, up.value) == outcome.name
    assert outcome.title in shared.chart("map").sentence


@FEW
@given(data=st.data())
def test_the_frame_goes_from_lowest_to_highest(shared: Pages, data: st.DataObject) -> None:
    if (found := draw(data, shared)) is None:
        return
    lines = shared.chart("map").marks(bq.Lines)
    frame = next(m for m in lines if m.line_style == "dashed")
    across, up = (found.scores[s.id] for s in shared.instrument.rule_scales)
    corners = set(zip(frame.x.tolist(), frame.y.tolist(), strict=True))
    if (across.low, up.low) == (across.high, up.high):
        assert corners == {(0.0, 0.0)}  # nothing is open
        return
    assert corners == set(itertools.product((across.low, across.high), (up.low, up.high)))


Regions: TypeAlias = list[tuple[str, ...]]
# Outcomes by readiness (low, mixed, high), from low to high risk.
PLAIN: Regions = [
    ("not yet", "with limits", "friends"),
    ("not yet", "not yet", "with limits"),
    ("no contact", "not yet", "not yet"),
]
CAPPED: Regions = [(low, mixed, mixed) for low, mixed, _ in PLAIN]
LOW: Regions = [(low, low, low) for low, _, _ in PLAIN]
SITUATIONS: list[tuple[str, dict[str, object], Regions]] = [
    ("no sign", {}, PLAIN),
    ("two signs", {"walk.eggshells": "yes", "walk.guilt": "yes"}, [("no contact",) * 3] * 3),
    (
        "a sign",
        {"walk.eggshells": "yes"},
        [("not yet",) * 3, ("not yet",) * 3, ("no contact", "not yet", "not yet")],
    ),
    (
        "a sign open",
        {"walk.fear": None},
        [
            ("not yet", "still open", "still open"),
            ("not yet", "not yet", "still open"),
            ("no contact", "not yet", "not yet"),
        ],
    ),
    (
        "a sign not sure",
        {"walk.delays": "not sure"},
        [("not yet",) * 3, ("not yet",) * 3, ("no contact", "not yet", "not yet")],
    ),
    ("hardly healed", {"ready.healed": 2}, LOW),
    ("healed a little", {"ready.healed": 4}, CAPPED),
    ("limits slip", {"ready.boundaries": 2}, LOW),
    ("limits hold a little", {"ready.boundaries": 3}, CAPPED),
    ("a floor", {"against.agenda": 7}, [PLAIN[1], PLAIN[1], PLAIN[2]]),
]


@pytest.mark.parametrize(
    ("more", "expected"), [s[1:] for s in SITUATIONS], ids=[s[0] for s in SITUATIONS]
)
def test_regions_are_the_outcomes_under_caps_and_signs(
    pages: Pages, more: dict[str, object], expected: list[tuple[str, ...]]
) -> None:
    pages.state.replace(full(pages) | more)
    middles = (20, 55, 85)
    named = [tuple(region_at(pages, x, y) for x in middles) for y in middles]
    assert named == expected


def test_regions_of_one_outcome_have_one_colour(pages: Pages) -> None:
    pages.state.replace(full(pages))
    colours: dict[str, set[str]] = {}
    for *_, name, colour in regions(pages):
        colours.setdefault(name, set()).add(colour)
    assert all(len(of_one) == 1 for of_one in colours.values())
    assert len(set.union(*colours.values())) == len(colours) == 4


@pytest.mark.parametrize("more", [s[1] for s in SITUATIONS], ids=[s[0] for s in SITUATIONS])
def test_the_table_of_the_map_says_the_regions(pages: Pages, more: dict[str, object]) -> None:
    pages.state.replace(full(pages) | more)
    rows = pages.chart("map").rows
    assert [row[0] for row in rows] == ["high", "moderate", "low"]
    for row, y in zip(rows, (85, 55, 20), strict=True):
        assert row[1:] == [region_at(pages, x, y) for x in (20, 55, 85)]


# ------------------------------------------------------------------------------------- the parts


@FEW
@given(data=st.data())
def test_parts_add_up_to_the_score(shared: Pages, data: st.DataObject) -> None:
    if (found := draw(data, shared)) is None:
        return
    for number, scale in enumerate(shared.instrument.scales):
        possible, given_points = shared.chart("parts", number).marks(bq.Bars)
        assert np.all(given_points.y <= possible.y + 1e-9)
        value = found.scores[scale.id].value
        if value is not None:
            assert min(100.0, float(given_points.y.sum())) == pytest.approx(value, abs=1e-6)


@FEW
@given(data=st.data())
def test_bars_and_table_say_the_same(shared: Pages, data: st.DataObject) -> None:
    if draw(data, shared) is None:
        return
    for number, _ in enumerate(shared.instrument.scales):
        chart = shared.chart("parts", number)
        possible, given_points = chart.marks(bq.Bars)
        names = [row[0] for row in chart.rows]
        assert len(set(given_points.x)) == len(names)
        assert list(given_points.x) == list(possible.x)
        assert list(given_points.scales["x"].domain)[::-1] == list(given_points.x)
        for row, name, points, most in zip(
            chart.rows, given_points.x, given_points.y, possible.y, strict=True
        ):
            assert name.startswith(row[0])
            assert row[1] == f"{points:.1f}" or (row[1] == "not answered" and points == 0)
            assert row[2] == f"{most:.1f}"
        assert possible.scales["y"].max >= max(possible.y)


def test_the_parts_are_those_of_the_score(pages: Pages) -> None:
    pages.state.replace(full(pages, 10, feel_dependence=True))
    ready, risk = pages.chart("parts", 0).rows, pages.chart("parts", 1).rows
    assert [row[0] for row in risk] == [
        *("Blurred lines", "Leaning", "New love", "Winning you back", "Old fights"),
        *("Missing support", "Hidden feelings", "Holding on", "Rosy memories"),
    ]
    assert ready[0] == ["Healing", "13.6", "13.6"]  # weight 3 of 22
    assert ["Hope of more: low", "0.0", "9.1"] in ready  # weight 2, reversed
    assert ready[-1] == ["Shared circles", "4.0", "4.0"]  # adds, and is no part of the mean
    assert risk[0] == ["Blurred lines", "25.0", "25.0"]  # weight 3 of 12
    assert risk[5] == ["Missing support", "4.0", "4.0"]
    assert risk[6] == ["Hidden feelings", "0.0", "6.0"]


def test_the_sentence_names_the_largest_part_and_the_largest_gap(pages: Pages) -> None:
    pages.state.replace(full(pages, 5, ready_healed=10, ready_boundaries=0))
    sentence = pages.chart("parts", 0).sentence
    assert "“Healing” (13.6 points)" in sentence
    assert "“Keeping limits” leaves the most open (13.6 points)" in sentence


def test_own_items_join_the_parts_by_the_name_a_person_gave(pages: Pages) -> None:
    own = {"own.1.text": "our dog", "own.1.side": "for", "own.1.rating": 10, "own.1.weight": 1}
    pages.state.replace(full(pages) | own)
    rows = pages.chart("parts", 0).rows
    assert rows[-1] == ["our dog", "4.0", "4.0"]
    pages.state.replace(full(pages))
    assert len(pages.chart("parts", 0).rows) == len(rows) - 1


def test_own_items_of_one_name_are_told_apart(pages: Pages) -> None:
    own: dict[str, object] = {}
    for n in (1, 2, 3):
        own |= {f"own.{n}.text": "our dog", f"own.{n}.side": "for", f"own.{n}.rating": n}
    pages.state.replace(full(pages) | own | {"own.3.text": "our dog (11)"})
    bars = pages.chart("parts", 0).marks(bq.Bars)[1]
    assert len(set(bars.x)) == len(bars.x) == 15


@pytest.mark.parametrize(
    "names",
    [
        *itertools.product(("a", "a (2)", "a (3)"), repeat=3),
        *(("x" * 39 + end, "x" * 41, "x" * 42) for end in ("x", "…", "")),
        ("", "", " "),
    ],
)
def test_a_bar_has_a_place_of_its_own_whatever_its_name(names: tuple[str, ...]) -> None:
    bars = Bars("black", 5)
    bars.show(names, [1.0, 2.0, 3.0], [4.0, 5.0, 6.0])
    drawn = bars.figure.marks[1]
    assert len(set(drawn.x)) == len(drawn.x) == 3
    assert list(drawn.scales["x"].domain) == list(drawn.x)[::-1]
    for place, name in zip(drawn.x, names, strict=True):
        assert place.startswith(name[:39])


# ---------------------------------------------------------------------------------- every chart


@FEW
@given(data=st.data())
def test_each_chart_has_one_sentence_and_one_table_with_headings(
    shared: Pages, data: st.DataObject
) -> None:
    found = draw(data, shared)
    for whole in find_all(shared.result, css="wb-chart"):
        text = read(find_all(whole, css="wb-chart-text")[0])
        if found is None:
            assert text.text == ""
            continue
        assert len(text.texts("p")) == 1
        assert text.texts("p")[0].endswith(".")
        (table,) = text.all("table")
        (heading,) = table.texts("caption")
        assert heading in read(find_all(whole)[1]).texts("h3")
        columns = len(table.all("thead")[0].all("th"))
        for row in table.all("tbody")[0].all("tr"):
            assert [cell.attributes.get("scope") for cell in row.all("th")] == ["row"]
            assert 1 + len(row.all("td")) == columns


def test_before_any_answer_the_charts_say_what_they_wait_for(pages: Pages) -> None:
    assert "too few answers" in pages.chart("scores").sentence
    assert pages.chart("map").sentence.startswith("Your point appears here once")
    assert pages.chart("parts").sentence.startswith("Once Readiness can be given")


def test_figures_have_their_height_before_scores_are_shown() -> None:
    pages = Pages(skip=False)
    heights = [figure.layout.height for figure in find_all(pages.result, bq.Figure)]
    pages.state.replace(full(pages))
    assert heights == [figure.layout.height for figure in find_all(pages.result, bq.Figure)]
