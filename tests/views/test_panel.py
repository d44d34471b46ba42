"""The panel that stays in view says what `assess` finds, whatever the answers are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import ipywidgets as w
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.answering import Answers, answers_to
from tests.views.walk import CAR, FRIENDSHIP, Pages, at_once, enter, full, marks, place, read
from workbook import assess
from workbook.page.views.frame import Frame
from workbook.text.words import load_words

if TYPE_CHECKING:
    from workbook.instrument.model import Instrument

WORDS = load_words()
FEW = settings(max_examples=30, deadline=None)


@pytest.fixture(scope="module", params=[FRIENDSHIP, CAR], ids=lambda path: path.stem)
def shared(request: pytest.FixtureRequest) -> Pages:
    """Lay out a workbook once for all made-up answers."""
    pages = Pages(request.param)
    # each card of an own item is made now: what is made in a test is closed after it
    pages.state.replace({i.id: "a" for i in pages.instrument.own_items if i.kind == "text"})
    pages.state.reset()
    return pages


def draw(data: st.DataObject, pages: Pages) -> Answers:
    """Answer with made-up answers."""
    answers = data.draw(answers_to(pages.instrument))
    at_once(lambda: pages.state.replace(answers))
    assert pages.state.problem == ""
    return answers


def drawings(pages: Pages) -> str:
    return "".join(pages.panel["scores"])


def band_name(instrument: Instrument, scale: str, band: str | None) -> str:
    if band is None:
        return ""
    bands = next(s.bands for s in instrument.scales if s.id == scale)
    return next(b.text for b in bands if b.id == band)


@FEW
@given(st.data())
def test_scores_are_those_of_assess(shared: Pages, data: st.DataObject) -> None:
    answers = draw(data, shared)
    found = assess(shared.instrument, answers)
    shown = marks(drawings(shared), "wb-score")
    if "scores" in found.withheld:
        assert shared.panel["scores"] == []
        return
    assert len(shown) == len(found.scores)
    for (key, score), drawing in zip(found.scores.items(), shown, strict=True):
        assert f"wb-score-{key}" in drawing.attrib["class"]
        said, *_ = (e.text for e in drawing.findall("div/span/span"))
        name = band_name(shared.instrument, key, score.band)
        assert "".join(drawing.findall("div/span")[0].itertext()) == (
            f"{said} · {name}" if name else said
        )
        if score.value is None:
            assert not any(c.isdigit() for c in str(said))
        else:
            assert abs(int(str(said)) - score.value) <= 0.5
        sentence = drawing.attrib["aria-label"]
        assert str(round(score.low or 0)) in sentence
        assert str(round(score.high or 0)) in sentence
        assert (f" {said} of 100" in sentence) == (score.value is not None)


@FEW
@given(st.data())
def test_the_bar_shows_every_band_from_0_to_100(shared: Pages, data: st.DataObject) -> None:
    draw(data, shared)
    for drawing in marks(drawings(shared), "wb-track"):
        bands = [e for e in drawing if e.get("class") == "wb-band"]
        ends = [place(b) + place(b, "width") for b in bands]
        assert [0, *ends] == [*(place(b) for b in bands), 100]


@FEW
@given(st.data())
def test_the_headline_names_the_outcome_and_how_firm_it_is(
    shared: Pages, data: st.DataObject
) -> None:
    found = assess(shared.instrument, draw(data, shared))
    assert found.outcome is not None
    outcome = shared.instrument.outcome(found.outcome)
    headline, short = shared.panel["headline"], shared.panel["short"]
    if "scores" in found.withheld:
        assert (headline, short) == (outcome.title, outcome.name)
    else:
        assert headline == WORDS(f"headline.{found.status}", outcome=outcome.title)
        assert short == WORDS(f"headline-short.{found.status}", outcome=outcome.name)
    said = read(shared.result.children[1])
    assert said.texts("h3")[0] == headline
    assert outcome.text in said.texts("p")


@FEW
@given(st.data())
def test_the_panel_says_no_more_than_that(shared: Pages, data: st.DataObject) -> None:
    """What is open, what decides and what else there is to know stands with the result."""
    draw(data, shared)
    said = {"headline", "short", "problem", "scores"}
    assert shared.panel.keys() == said | {"next", "quiet", "charts"}
    assert not re.search(r"\d", shared.panel["headline"])


@FEW
@given(st.data())
def test_the_next_question_is_open_and_leads_to_a_control(
    shared: Pages, data: st.DataObject
) -> None:
    found = assess(shared.instrument, draw(data, shared))
    shown, progress = shared.panel["next"], shared.state.progress
    if "scores" in found.withheld or not progress.open:
        assert shown is None
        return
    assert shown in progress.open
    assert shown not in shared.state.answers
    assert shared.frame(shown)
    needed = [i for i in progress.open if any(i in need.items for need in progress.needs)]
    if needed:
        assert shown == needed[0]


def test_the_panel_follows_a_slider_at_once(pages: Pages) -> None:
    pages.state.replace(full(pages))
    before = place(marks(drawings(pages), "wb-mark")[0])
    enter(pages.find(w.IntSlider, "ready.healed"), 10)
    after = place(marks(drawings(pages), "wb-mark")[0])
    assert before == 52  # and 2 points that are added
    value = assess(pages.instrument, pages.answers).scores["readiness"].value
    assert after == pytest.approx(value, abs=0.01)
    assert after > before


def test_the_panel_starts_with_what_is_missing(pages: Pages) -> None:
    panel = pages.panel
    assert panel["headline"] == "Not enough answered yet"
    assert marks(drawings(pages), "wb-mark") == []
    assert [m.text for m in marks(drawings(pages), "wb-figure")] == ["\N{EN DASH}"] * 2
    assert panel["problem"] == ""


def test_the_fixed_words_of_the_frame_are_there(pages: Pages) -> None:
    words = pages.start.children[0].words
    script = str(Frame._esm)  # noqa: SLF001
    notes = {"kept-loaded", "kept-remembered", "kept-saved", "kept-unsaved"}
    assert "words[`kept-${code}`]" in script
    assert {"title", "support", "leave", "leave-to", *notes} <= words.keys()
    for code in words.keys() - notes:
        assert words[code]
        assert f"words.{code}" in script or f'words["{code}"]' in script
