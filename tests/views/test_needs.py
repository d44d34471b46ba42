"""What a result still needs: counts that add up, and where to answer, in named situations."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.views.walk import CAR, Pages, find, read
from workbook.reflection.progress import progress_of

READY = ("healed", "boundaries", "same-page", "seeing-them", "enriches", "hope")
FOR = ("my-no", "care", "their-no", "moved-on-me", "moved-on-them")
AGAINST = ("blurred", "leaning", "new-love", "agenda", "old-fights")
SIGNS = ("delays", "one-sided", "eggshells", "guilt", "pressure", "fear", "harm")


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


R, K = "readiness", "risk"
SITUATIONS = [
    Situation("nothing", 0, 0, 0, 0, [(R, 3), (R, 2), (R, 1), (K, 3), (None, 7)], "walk.delays"),
    Situation("only beside", 0, 5, 0, 0, [(R, 2), (R, 2), (K, 3), (None, 7)], "walk.delays"),
    Situation("three about oneself", 3, 0, 3, 7, [(R, 1), (R, 1), (R, 1)], "for.care"),
    Situation("four about oneself", 4, 0, 3, 7, [(R, 1), (R, 1)], "for.care"),
    Situation("four, and one beside", 4, 1, 3, 7, [(R, 1)], "for.care"),
    Situation("four, and two beside", 4, 2, 3, 7, [], "why.bond"),
    Situation("all about oneself", 6, 0, 3, 7, [(R, 1)], "for.my-no"),
    Situation("three, all beside", 3, 5, 3, 7, [(R, 1)], "ready.seeing-them"),
    Situation("two worries", 6, 1, 2, 7, [(K, 1)], "against.new-love"),
    Situation("no sign", 6, 1, 3, 0, [(None, 7)], "walk.delays"),
    Situation("all but one sign", 6, 1, 3, 6, [(None, 1)], "walk.harm"),
]


def answers_of(situation: Situation) -> dict[str, object]:
    counted = (
        ("ready", READY[: situation.ready], 8),
        ("for", FOR[: situation.favour], 8),
        ("against", AGAINST[: situation.against], 1),
        ("walk", SIGNS[: situation.signs], "no"),
    )
    given: dict[str, object] = {
        f"{chapter}.{name}": value for chapter, names, value in counted for name in names
    }
    if "ready.hope" in given:
        given["ready.hope"] = 1  # here less is better
    return given


def needed(pages: Pages) -> list[tuple[str, str]]:
    """Return what the result says that it needs, each with the key of the question to go to."""
    said = read(find(pages.result, css="wb-result-said"))
    ways = [way for way in said.all("button") if "data-wb-goto" in way.attributes]
    keys = [way.attributes["data-wb-goto"].replace("\\", "") for way in ways]
    return [(w.text, key.removeprefix(".wb-k-")) for w, key in zip(ways, keys, strict=True)]


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.name)
def test_needs_add_up_to_what_is_missing(pages: Pages, situation: Situation) -> None:
    progress = progress_of(pages.instrument, answers_of(situation))  # type: ignore[arg-type]
    assert [(n.scale, n.count) for n in progress.needs] == situation.needs
    assert progress.next == situation.following


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.name)
def test_the_result_says_what_is_missing(pages: Pages, situation: Situation) -> None:
    pages.state.replace(answers_of(situation))
    said = " ".join(text for text, _ in needed(pages))
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
    needs = progress_of(pages.instrument, answers).needs  # type: ignore[arg-type]
    before, missing = len(answers), sum(n.count for n in needs)
    for need in needs:
        left = [i for i in need.items if i not in answers]
        value = "no" if need.scale is None else 5
        answers |= dict.fromkeys(left[: need.count], value)
    assert len(answers) - before == missing
    pages.state.replace(answers)
    assert pages.state.progress.needs == ()
    assert pages.state.assessment.status != "open"


def test_a_note_names_the_chapters_where_answers_count(pages: Pages) -> None:
    titles = {c.id: c.title for c in pages.instrument.chapters}
    notes = [text for text, _ in needed(pages)]
    about_you = next(n for n in notes if n.startswith("Readiness needs 2"))
    assert titles["ready"] in about_you
    assert titles["for"] not in about_you
    for start in ("Readiness needs 3", "Readiness needs 1"):
        either = next(n for n in notes if n.startswith(start))
        assert titles["ready"] in either
        assert titles["for"] in either
    signs = next(n for n in notes if "signs" in n)
    assert titles["walk"] in signs


def test_each_need_leads_to_an_open_question(pages: Pages) -> None:
    pages.state.set("ready.healed", 5)
    for (_, key), need in zip(needed(pages), pages.state.progress.needs, strict=True):
        assert key in need.items
        assert key in pages.state.progress.open
        assert pages.frame(key)


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
    assert pages.state.progress.open[:3] == ("why.bond", "feel.platonic", "tie.children")
    pages.state.tick_none("why", on=True)
    assert pages.state.progress.open[0] == "feel.platonic"
    assert pages.state.progress.answered == 1
