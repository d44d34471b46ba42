"""The charts hold the numbers of `assess`, and each says them in a sentence and a table too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.answering import Answers, answers_to
from tests.views.walk import (
    CAR,
    FRIENDSHIP,
    Pages,
    at_once,
    classes,
    drawn,
    find,
    find_all,
    full,
    marks,
    place,
    read,
)
from workbook import Assessment, assess
from workbook.charts import drawing_style
from workbook.charts.bars import Bar, draw_bars
from workbook.charts.palette import PALETTE
from workbook.page.scripts import style
from workbook.page.views.text import TextOut

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LEAST = 0.4  # of 100: a range that is nothing is drawn as wide
NO_SCORE = "\N{EN DASH}"
FEW = settings(max_examples=15, deadline=None)


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


def within(drawing: Element, css: str) -> list[Element]:
    """Return what is drawn in a part of a drawing with this class."""
    return [e for e in drawing.iter() if css in e.get("class", "").split()]


def test_there_is_a_chart_of_scores_a_map_and_the_parts_of_each_score(pages: Pages) -> None:
    kinds = [classes(found)[-1] for found in find_all(pages.result, css="wb-chart")]
    assert kinds == ["wb-scores", "wb-map", "wb-parts", "wb-parts", "wb-profile"]


# ------------------------------------------------------------------------------------ the scores


@FEW
@given(data=st.data())
def test_marks_and_ranges_stand_at_the_scores(shared: Pages, data: st.DataObject) -> None:
    if (found := draw(data, shared)) is None:
        return
    drawings = shared.chart("scores").marks("wb-score")
    assert len(drawings) == len(found.scores)
    for drawing, score in zip(drawings, found.scores.values(), strict=True):
        (range_,) = within(drawing, "wb-range")
        assert score.low is not None
        assert score.high is not None
        assert place(range_) == pytest.approx(score.low, abs=0.01)
        wide = place(range_, "width")
        assert wide == pytest.approx(max(score.high - score.low, LEAST), abs=0.01)
        values = within(drawing, "wb-mark")
        numbers = list(drawing.iter("text"))
        assert [place(v) for v in values] == [place(n) for n in numbers]
        if score.value is None:
            assert values == []
        else:
            assert place(values[0]) == pytest.approx(score.value, abs=0.01)
            assert numbers[0].text == f"{score.value:.0f}"


@FEW
@given(data=st.data())
def test_a_band_that_is_held_is_drawn_as_such(shared: Pages, data: st.DataObject) -> None:
    """What the points alone would give is hatched, and an arrow leads to what is given."""
    if (found := draw(data, shared)) is None:
        return
    for drawing, scale in zip(
        shared.chart("scores").marks("wb-score"), shared.instrument.scales, strict=True
    ):
        score = found.scores[scale.id]
        free = None if score.value is None else scale.band_at(score.value).id
        limited = {cap.scale for cap in found.caps} | {floor.scale for floor in found.floors}
        assert (free != score.band) == (scale.id in limited)
        strong = [e.text for e in drawing.findall("div/span/b")]
        assert strong == ([] if score.band is None else [scale.band(score.band).name])
        hatched, arrows = within(drawing, "wb-hatch"), within(drawing, "wb-arrow")
        if free == score.band:
            assert (hatched, arrows) == ([], [])
            continue
        (hatch,), (arrow,) = hatched, arrows
        start, end = scale.span(str(free))
        assert start <= place(hatch, "x1") < place(hatch, "x2") <= end
        assert place(arrow, "x1") == pytest.approx(score.value, abs=0.01)
        start, end = scale.span(str(score.band))
        assert start <= place(arrow, "x2") <= end
        assert scale.band(str(free)).name in drawing.attrib["aria-label"].split(". ")[-1]


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
    for drawing in pages.chart("scores").marks("wb-score"):
        bands = within(drawing, "wb-band")
        assert [place(b) for b in bands] == [0, 40, 70]
        assert [place(b, "width") for b in bands] == [40, 30, 30]
        names = drawing.findall("div/span[@style]")
        assert [n.get("style") for n in names] == ["width:40%", "width:30%", "width:30%"]
        assert [n.text for n in names] in (["low", "mixed", "high"], ["low", "moderate", "high"])


def test_the_same_drawing_is_in_the_panel_the_result_the_summary_and_the_file(
    pages: Pages,
) -> None:
    view = pages.book.summary()
    pages.state.replace(full(pages, 8, ready_healed=4))
    drawing = pages.chart("scores").drawing.value
    assert drawing == "".join(pages.panel["scores"])
    page, file = find(view, css="wb-summary-page").value, find(view, TextOut).text
    for whole in (page, file):
        assert whole.count(drawing) == whole.count(pages.chart("map").drawing.value) == 1
    assert drawing_style() in file
    assert drawing_style() in style()


# --------------------------------------------------------------------------------------- the map


Regions: TypeAlias = list[tuple[float, float, float, float, str, str, bool]]


def regions(pages: Pages) -> Regions:
    """Return each region of the map: its edges, its name, its tint, whether it is hatched."""
    found: Regions = []
    (field,) = pages.chart("map").marks("wb-field")
    for part in field.findall("svg"):
        left, top = place(part), place(part, "y")
        edges = (left, left + place(part, "width"), 100 - top - place(part, "height"), 100 - top)
        hatched = bool(within(part, "wb-hatch"))
        found.append((*edges, str(part.findtext("text")), part.attrib["class"].split()[0], hatched))
    return found


def region_at(pages: Pages, x: float, y: float) -> str:
    """Return the name of the region a point lies in; an upper edge belongs to the next one."""
    names = [
        name
        for x0, x1, y0, y1, name, *_ in regions(pages)
        if (x0 <= x < x1 or x == x1 == 100) and (y0 <= y < y1 or y == y1 == 100)
    ]
    assert len(names) == 1
    return str(names[0])


@FEW
@given(data=st.data())
def test_the_point_lies_in_the_region_of_the_outcome(shared: Pages, data: st.DataObject) -> None:
    if (found := draw(data, shared)) is None:
        return
    points = shared.chart("map").marks("wb-point")
    here = shared.chart("map").marks("wb-here")
    across, up = (found.scores[s.id] for s in shared.instrument.rule_scales)
    assert found.outcome is not None
    if across.value is None or up.value is None:
        assert (points, here) == ([], [])
        return
    (point,), (frame,) = points, here
    x, y = place(point, "cx"), 100 - place(point, "cy")
    assert (x, y) == pytest.approx((across.value, up.value), abs=0.01)
    assert place(frame) <= x <= place(frame) + place(frame, "width")
    assert place(frame, "y") <= 100 - y <= place(frame, "y") + place(frame, "height")
    outcome = shared.instrument.outcome(found.outcome)
    assert region_at(shared, across.value, up.value) == outcome.name
    assert outcome.title in shared.chart("map").sentence


@FEW
@given(data=st.data())
def test_the_frame_goes_from_lowest_to_highest(shared: Pages, data: st.DataObject) -> None:
    if (found := draw(data, shared)) is None:
        return
    frames = shared.chart("map").marks("wb-frame-open")
    across, up = (found.scores[s.id] for s in shared.instrument.rule_scales)
    if (across.low, up.low) == (across.high, up.high):
        assert frames == []  # nothing is open
        return
    (frame,) = frames
    if frame.tag == "line":  # what is open moves one score only
        assert across.low == across.high or up.low == up.high
        left, right, top, bottom = (place(frame, n) for n in ("x1", "x2", "y1", "y2"))
    else:
        left, top = place(frame), place(frame, "y")
        right, bottom = left + place(frame, "width"), top + place(frame, "height")
    edges = (across.low, across.high, up.low, up.high)
    assert (left, right, 100 - bottom, 100 - top) == pytest.approx(edges, abs=0.02)


@FEW
@given(data=st.data())
def test_what_an_answer_closes_is_hatched_and_the_legend_says_so(
    shared: Pages, data: st.DataObject
) -> None:
    if (found := draw(data, shared)) is None:
        return
    rules, scales = shared.instrument.rules, shared.instrument.rule_scales
    closed = 0
    for x0, _, y0, _, _, _, hatched in regions(shared):
        bands = [scale.band_at(edge) for scale, edge in zip(scales, (x0, y0), strict=True)]
        case = {scale.id: band.id for scale, band in zip(scales, bands, strict=True)}
        rule = next(rule for rule in rules if rule.fits(case))
        cell = tuple(s.bands.index(b) for s, b in zip(scales, bands, strict=True))
        assert hatched == (found.regions[cell] != rule.outcome)
        closed += hatched
    swatches = marks(shared.chart("map").text.value, "wb-ground-hatched")
    assert len(swatches) == (1 if closed else 0)


Outcomes: TypeAlias = list[tuple[str, ...]]
# Outcomes by readiness (low, mixed, high), from low to high risk.
PLAIN: Outcomes = [
    ("not yet", "with limits", "friends"),
    ("not yet", "not yet", "with limits"),
    ("no contact", "not yet", "not yet"),
]
CAPPED: Outcomes = [(low, mixed, mixed) for low, mixed, _ in PLAIN]
LOW: Outcomes = [(low, low, low) for low, _, _ in PLAIN]
SITUATIONS: list[tuple[str, dict[str, object], Outcomes]] = [
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
    for *_, name, colour, _ in regions(pages):
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
def test_bars_are_as_long_as_the_parts_and_add_up_to_the_score(
    shared: Pages, data: st.DataObject
) -> None:
    if (found := draw(data, shared)) is None:
        return
    for number, scale in enumerate(shared.instrument.scales):
        parts = sorted(found.parts[scale.id], key=lambda p: -round(p.possible, 9))
        full_length = parts[0].possible or 1
        for bar, part in zip(shared.chart("parts", number).bars, parts, strict=True):
            _, length, most, said = bar
            assert most == pytest.approx(100 * part.possible / full_length, abs=0.01)
            assert length == pytest.approx(100 * (part.points or 0) / full_length, abs=0.01)
            assert said == ("not answered" if part.points is None else f"{part.points:.1f}")
        value = found.scores[scale.id].value
        if value is not None:
            total = sum(p.points or 0 for p in parts)
            assert min(100.0, total) == pytest.approx(value, abs=1e-6)


@FEW
@given(data=st.data())
def test_bars_and_table_say_the_same(shared: Pages, data: st.DataObject) -> None:
    if draw(data, shared) is None:
        return
    for number, _ in enumerate(shared.instrument.scales):
        chart = shared.chart("parts", number)
        assert [[name, said] for name, _, _, said in chart.bars] == [r[:2] for r in chart.rows]
        possible = [float(row[2]) for row in chart.rows]
        assert possible == sorted(possible, reverse=True)  # what counts most comes first
    if shared.instrument.themes:
        chart = shared.chart("profile")
        told = [[name, said] for name, _, _, said in chart.bars]
        assert told == [[name, f"{ticked}/{boxes}"] for name, ticked, boxes in chart.rows]


def test_the_parts_are_those_of_the_score(pages: Pages) -> None:
    pages.state.replace(full(pages, 10, feel_dependence=True))
    ready, risk = pages.chart("parts", 0).rows, pages.chart("parts", 1).rows
    assert [row[0] for row in risk] == [
        *("Blurred lines", "Winning you back", "Leaning", "New love", "Old fights"),
        *("Hidden feelings", "Holding on", "Missing support", "Rosy memories"),
    ]
    assert ready[0] == ["Healing", "13.6", "13.6"]  # weight 3 of 22
    assert ["Hope of more: low", "0.0", "9.1"] in ready  # weight 2, reversed
    assert ready[-1] == ["Shared circles", "4.0", "4.0"]  # adds, and is no part of the mean
    assert risk[0] == ["Blurred lines", "25.0", "25.0"]  # weight 3 of 12
    assert ["Missing support", "4.0", "4.0"] in risk
    assert ["Hidden feelings", "0.0", "6.0"] in risk


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


def test_own_items_of_one_name_have_a_bar_each(pages: Pages) -> None:
    own: dict[str, object] = {}
    for n in (1, 2, 3):
        own |= {f"own.{n}.text": "our dog", f"own.{n}.side": "for", f"own.{n}.rating": n}
    pages.state.replace(full(pages) | own)
    bars = pages.chart("parts", 0).bars
    assert len(bars) == 15
    assert [said for name, *_, said in bars if name == "our dog"] == ["0.4", "0.8", "1.2"]


def test_without_any_part_there_is_no_bar() -> None:
    assert list(drawn(str(draw_bars([], "", "none"))).iter("li")) == []
    whole, bar = drawn(str(draw_bars([Bar("a", 0.0, 0.0, "0")], "", "none"))).iter("rect")
    assert place(whole, "width") == place(bar, "width") == 0


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


@FEW
@given(data=st.data())
def test_who_does_not_see_a_drawing_is_told_its_sentence_and_once(
    shared: Pages, data: st.DataObject
) -> None:
    if draw(data, shared) is None:
        return
    for whole in find_all(shared.result, css="wb-chart"):
        drawing = drawn(find(whole, css="wb-drawing").value)
        images = [e for e in drawing.iter() if e.get("role") == "img"]
        assert images == list(drawing)  # so that nothing in them is read out besides
        (said,) = read(find(whole, css="wb-chart-text")).all("p")
        labels = " ".join(i.attrib["aria-label"] for i in images)
        assert said.text.split() == labels.split()  # an own text may hold lines
        assert said.attributes["aria-hidden"] == "true"


def test_drawings_have_the_colours_of_the_palette_only() -> None:
    css = drawing_style()
    used = set(re.findall(r"var\(--wb-([\w-]+)", css)) - {"ground"}
    assert used <= PALETTE.keys()
    colours = re.findall(r"(?:fill|stroke|color|background): ?([^;}]+)", css)
    plain = {"none", "Canvas", "CanvasText", "Highlight"}
    assert all("var(--" in colour or colour in plain for colour in colours)


def test_before_any_answer_the_charts_say_what_they_wait_for(pages: Pages) -> None:
    assert "too few answers" in pages.chart("scores").sentence
    assert pages.chart("map").sentence.startswith("Your point appears here once")
    assert pages.chart("parts").sentence.startswith("Once Readiness can be given")
