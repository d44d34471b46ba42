"""The second example, about lending a car, through the whole workbook and without a browser."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import ipywidgets as w
import pytest

from tests.views.walk import (
    CAR,
    Pages,
    classes,
    enter,
    find,
    find_all,
    marks,
    place,
    press,
    read,
    tell,
)
from workbook import Instrument, assess, load_instrument, read_checkin, write_checkin

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = CAR.parents[2] / "docs" / "writing-an-instrument.md"
SAVED_AT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
# Two ratings of trust and one of cost may stay open.
LEND: dict[str, object] = {
    "them.driving": 5,
    "them.owning-up": 4,
    "them.late": 1,
    "you.need": 1,
    "you.repair": 2,
    "trip.far": False,
    "trip.others": False,
    "papers.not-covered": "no",
}


@pytest.fixture
def pages() -> Pages:
    return Pages(CAR)


@pytest.fixture(scope="module")
def car() -> Instrument:
    return load_instrument(CAR)


def answer(pages: Pages, answers: dict[str, object]) -> None:
    """Answer through the controls, as a person does."""
    kinds = {"rating": w.IntSlider, "check": w.Checkbox, "sign": w.RadioButtons}
    kinds |= {"choice": w.Dropdown, "text": w.Textarea}
    for key, value in answers.items():
        enter(pages.find(kinds[pages.instrument.by_id[key].kind], key), value)


def test_every_part_is_there_and_none_is_about_exes(pages: Pages) -> None:
    assert list(pages.chapters) == [c.id for c in pages.instrument.chapters]
    assert all(pages.frame(item.id) for item in pages.instrument.items)
    assert len(find_all(pages.result, css="wb-drawing")) == 4
    assert pages.panel["problem"] == ""
    said = " ".join([*pages.htmls(), str(pages.panel)])
    assert not re.search(
        r"\b(ex|exes|friends?|friendship|romance|readiness)\b", said, re.IGNORECASE
    )


def test_own_items_and_services_are_optional(pages: Pages) -> None:
    assert pages.instrument.own is None
    assert pages.book.support_services is None
    assert pages.own.children == pages.parts[-2].children == ()


def test_each_question_stands_by_itself(pages: Pages, car: Instrument) -> None:
    for chapter in car.chapters:
        points = find_all(pages.chapters[chapter.id], css="wb-point")
        items, listed = car.in_chapter(chapter.id), chapter.id in car.checklists
        assert len(points) == len(items) + listed


@pytest.mark.parametrize(
    ("more", "outcome", "status"),
    [
        ({}, "lend", "settled"),
        ({"you.repair": 3}, "lend", "leaning"),
        ({"trip.far": True, "trip.others": True, "you.repair": 3}, "lend-with-terms", "settled"),
        ({"them.driving": 1}, "lend-with-terms", "settled"),
        ({"them.driving": 1, "you.repair": 3}, "lend-with-terms", "leaning"),
        ({"them.driving": 1, "you.repair": 5}, "not-now", "settled"),
        ({"papers.not-covered": "not sure"}, "not-now", "settled"),
        ({"papers.not-covered": "yes"}, "not-now", "settled"),
    ],
)
def test_the_outcome_follows_the_controls(
    pages: Pages, car: Instrument, more: dict[str, object], outcome: str, status: str
) -> None:
    answer(pages, {key: value for key, value in (LEND | more).items() if value is not False})
    if not any(more.get(box) for box in ("trip.far", "trip.others")):
        enter(pages.find(w.Checkbox, "trip.none"), value=True)
    assert pages.answers == LEND | more
    shown = pages.state.assessment
    assert (shown.outcome, shown.status) == (outcome, status)
    assert car.outcome(outcome).title in pages.panel["headline"]
    drawn = [place(m) for m in marks("".join(pages.panel["scores"]), "wb-mark")]
    assert drawn == pytest.approx([s.value for s in shown.scores.values()], abs=0.01)
    assert pages.panel["problem"] == ""


def test_taking_an_answer_back_opens_the_result(pages: Pages, car: Instrument) -> None:
    answer(pages, {key: value for key, value in LEND.items() if value is not False})
    press(find(pages.frame("papers.not-covered"), w.Button, css="wb-clear"))
    assert pages.state.assessment.outcome == "not-enough"
    assert pages.panel["headline"] == pages.book.words("signs.first-short")
    press(find(pages.frame("papers.not-covered"), w.Button, css="wb-skip"))
    assert pages.panel["short"] == car.outcome("not-enough").short


def test_a_cap_is_said_in_the_words_of_the_file(pages: Pages, car: Instrument) -> None:
    pages.state.replace(LEND | {"them.driving": 1, "them.owning-up": 5, "them.care": 5})
    assert pages.state.assessment.caps == car.caps
    assert pages.state.assessment.decided_by == car.caps
    assert any(car.caps[0].text in html for html in pages.htmls())


def test_what_would_change_it_is_said_in_the_words_of_the_file(
    pages: Pages, car: Instrument
) -> None:
    scored = [tie.id for scale in car.scales for tie in scale.items]
    assert all(car.by_id[i].if_more and car.by_id[i].if_less for i in scored)
    pages.state.replace(LEND)
    assert not pages.state.assessment.changes  # a sign is open, if only the one about the tank
    pages.state.set("papers.empty-tank", "no")
    changes = {c.outcome: c for c in pages.state.assessment.changes}
    (move,) = changes["lend-with-terms"].moves
    item = car.by_id[move.item]
    words = item.if_more if int(move.new) > int(move.old) else item.if_less
    (later,) = find_all(pages.result, css="wb-result-later")
    assert f"“lending it, on your terms” if {words} (" in read(later).text


def test_answers_of_every_kind_come_back_from_the_file(pages: Pages, car: Instrument) -> None:
    mixed = LEND | {"trip.far": True, "terms.fuel": "half", "terms.words": "=by six, “please”\nok"}
    answer(pages, {key: value for key, value in mixed.items() if value is not False})
    assert pages.answers == mixed
    text = write_checkin(car, pages.answers, saved_at=SAVED_AT)
    back = read_checkin(car, text)
    assert (dict(back.answers), back.saved_at) == (mixed, SAVED_AT)
    assert assess(car, back.answers).scores == pages.state.assessment.scores
    other = Pages(CAR)
    tell(other.files, {"type": "load"}, text.encode())
    assert other.answers == mixed
    assert other.panel == pages.panel


def test_with_the_own_items_of_the_guide(tmp_path: Path) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    (own,) = re.findall(r"```toml\n(\[own\]\n.*?)```", guide, re.DOTALL)
    file = tmp_path / "mine.toml"
    file.write_text(CAR.read_text(encoding="utf-8") + "\n" + own, encoding="utf-8")
    pages = Pages(file)
    press(find(pages.own, css="wb-add"))
    pages.state.replace(LEND)
    before = pages.state.assessment.scores
    added = {"own.1.text": "It is new", "own.1.side": "against", "own.1.rating": 10}
    pages.state.update(added)
    after = pages.state.assessment.scores
    assert after["trust"] == before["trust"]
    # need at 1 and repair at 2, each with weight 2, and 4 points for the new thing at its most
    assert after["cost"].value == (2 * 0 + 2 * 25) / 4 + 4
    assert "It is new" in {row[0] for row in pages.chart("parts", 1).rows}
    cards = [c for c in find_all(pages.own, css="wb-card") if "wb-off" not in classes(c)]
    assert len(cards) == 1
    text = write_checkin(pages.instrument, pages.answers)
    assert dict(read_checkin(pages.instrument, text).answers) == pages.answers
