"""What a result still needs: counts that add up, and where to answer, in named situations."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.views.walk import CAR, Pages
from workbook.reflection.progress import progress_of

READY = ("healed", "boundaries", "same-page", "seeing-them", "enriches")
FOR = ("care", "circles", "respect", "moved-on")
AGAINST = ("blurred", "leaning", "new-love", "agenda", "old-fights")
SIGNS = ("delays", "one-sided", "manipulation", "eggshells", "afraid")


@dataclass(frozen=True)
class Situation:
    """How many of each are answered, and what is then needed as (scale, count)."""

    name: str
    ready: int
    favour: int
    against: int
    signs: int
    needs: list[tuple[str | None, int]]
    following: str | None


SITUATIONS = [
    Situation(
        "nothing", 0, 0, 0, 0,
        [("readiness", 4), ("readiness", 1), ("risk", 3), (None, 5)], "for.care",
    ),
    Situation(
        "only the side questions", 0, 4, 0, 0,
        [("readiness", 4), ("risk", 3), (None, 5)], "against.blurred",
    ),
    Situation(
        "three about oneself", 3, 0, 3, 5, [("readiness", 1), ("readiness", 1)], "for.care",
    ),
    Situation("four about oneself", 4, 0, 3, 5, [("readiness", 1)], "for.care"),
    Situation("four, and one beside", 4, 1, 3, 5, [], "why.bond"),
    Situation("all about oneself", 5, 0, 3, 5, [], "why.bond"),
    Situation("three, all beside", 3, 4, 3, 5, [("readiness", 1)], "ready.seeing-them"),
    Situation("two worries", 5, 0, 2, 5, [("risk", 1)], "against.new-love"),
    Situation("no sign", 5, 0, 3, 0, [(None, 5)], "walk.delays"),
    Situation("all but one sign", 5, 0, 3, 4, [(None, 1)], "walk.fear"),
]  # fmt: skip


def answers_of(situation: Situation) -> dict[str, object]:
    counted = (
        ("ready", READY[: situation.ready], 8),
        ("for", FOR[: situation.favour], 8),
        ("against", AGAINST[: situation.against], 1),
        ("walk", SIGNS[: situation.signs], "no"),
    )
    return {f"{chapter}.{name}": value for chapter, names, value in counted for name in names}


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.name)
def test_needs_add_up_to_what_is_missing(pages: Pages, situation: Situation) -> None:
    progress = progress_of(pages.instrument, answers_of(situation))  # type: ignore[arg-type]
    assert [(n.scale, n.count) for n in progress.needs] == situation.needs
    assert progress.next == situation.following


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.name)
def test_the_panel_says_what_is_missing(pages: Pages, situation: Situation) -> None:
    pages.state.replace(answers_of(situation))
    said = " ".join(n["text"] for n in pages.panel["needs"])
    assert pages.panel["next"] == situation.following
    for scale, count in situation.needs:
        start = "" if scale is None else f"{scale.capitalize()} needs "
        thing = "sign" if scale is None else "more answer"
        assert f"{start}{count} {thing}{'' if count == 1 else 's'}" in said
    assert (pages.state.assessment.status == "open") == bool(situation.needs)


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.name)
def test_giving_just_what_is_needed_is_enough(pages: Pages, situation: Situation) -> None:
    answers = answers_of(situation)
    # The counts of a scale add up: what is answered for one need does not serve the next.
    for need in progress_of(pages.instrument, answers).needs:  # type: ignore[arg-type]
        left = [i for i in need.items if i not in answers]
        value = "no" if need.scale is None else 5
        answers |= dict.fromkeys(left[: need.count], value)
    pages.state.replace(answers)
    assert pages.state.progress.needs == ()
    assert pages.state.assessment.status != "open"


def test_a_note_names_the_chapters_where_answers_count(pages: Pages) -> None:
    titles = {c.id: c.title for c in pages.instrument.chapters}
    notes = [n["text"] for n in pages.panel["needs"]]
    about_you = next(n for n in notes if n.startswith("Readiness needs 4"))
    assert titles["ready"] in about_you
    assert titles["for"] not in about_you
    any_of_them = next(n for n in notes if n.startswith("Readiness needs 1"))
    assert titles["ready"] in any_of_them
    assert titles["for"] in any_of_them
    signs = next(n for n in notes if "signs" in n)
    assert titles["walk"] in signs


def test_each_need_leads_to_an_open_question(pages: Pages) -> None:
    pages.state.set("ready.healed", 5)
    for said, need in zip(pages.panel["needs"], pages.state.progress.needs, strict=True):
        assert said["key"] in need.items
        assert said["key"] in pages.state.progress.open


def test_a_sign_that_sets_no_gate_is_not_needed() -> None:
    instrument = Pages(CAR).instrument
    progress = progress_of(instrument, {})
    assert [(n.scale, n.count) for n in progress.needs] == [
        ("trust", 1),
        ("trust", 2),
        ("cost", 2),
        (None, 1),
    ]
    assert progress.needs[-1].items == ("papers.not-covered",)


def test_a_list_is_one_question_and_open_until_it_is_answered(pages: Pages) -> None:
    assert pages.state.progress.open[:2] == ("why.bond", "feel.platonic")
    pages.state.tick_none("why", on=True)
    assert pages.state.progress.open[0] == "feel.platonic"
    assert pages.state.progress.answered == 1
