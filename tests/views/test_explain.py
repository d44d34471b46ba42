"""Why the result is so, how firm it is, and what would change it, as a person reads it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.views.walk import find, full, read
from workbook.page.telling import DEBOUNCE, Phase
from workbook.reflection.deciding import told_changes

if TYPE_CHECKING:
    import ipywidgets as w

    from tests.views.walk import Pages


TIES = tuple(f"tie.{about}" for about in ("children", "home", "work", "friends", "money"))


def said(pages: Pages) -> str:
    """Return what the result says at once."""
    return read(find(pages.result, css="wb-result-said")).text


def later(pages: Pages) -> w.Widget:
    return find(pages.result, css="wb-result-later")


def answers(pages: Pages, **more: object) -> dict[str, object]:
    """Return full answers that line up with "friends"."""
    good = {i: 9 for i in full(pages) if i.startswith(("ready.", "for."))}
    low = {i: 1 for i in full(pages) if i.startswith("against.")}
    return {**full(pages), **good, "ready.hope": 1, **low, **more}


def test_the_rule_that_fired_gives_its_reason(pages: Pages) -> None:
    pages.state.replace(answers(pages))
    assert pages.state.assessment.decided_by is None
    rule = pages.state.assessment.rule
    assert rule is not None
    assert rule.outcome == "friends"
    assert rule.reason in said(pages)
    assert "Not suggested" not in said(pages)


def test_a_cap_that_decides_is_said_first_with_its_reason_and_what_it_closes(pages: Pages) -> None:
    pages.state.replace(answers(pages, **{"ready.healed": 4}))
    assert pages.state.assessment.outcome == "limits"
    (cap,) = pages.state.assessment.caps
    text = said(pages).split("Why this result")[1]
    assert text.startswith(f"One answer decides here: {cap.text}")
    assert "Without that it would be “being friends again”." in text
    assert f"The reason for this rule: {cap.reason}" in text
    assert "Not suggested with these answers: being friends again." in text
    rule = pages.state.assessment.rule
    assert rule is not None
    assert text.index(cap.text) < text.index(rule.reason)


def test_of_two_caps_on_one_answer_the_stricter_is_named(
    pages: Pages,
) -> None:
    pages.state.replace(answers(pages, **{"ready.healed": 1}))
    strict, mild = (c.text for c in pages.instrument.caps if c.item == "ready.healed")
    assert "One answer decides here" in said(pages)
    assert strict in said(pages)
    assert mild not in said(pages)


def test_a_floor_decides_as_a_cap_does(pages: Pages) -> None:
    pages.state.replace(answers(pages, **{"against.agenda": 8}))
    assert pages.state.assessment.outcome == "limits"
    (floor,) = pages.state.assessment.floors
    assert f"One answer decides here: {floor.text}" in said(pages)


def test_caps_and_floors_together_are_all_named(pages: Pages) -> None:
    more = {"for.moved-on-them": 2, "against.agenda": 8}
    pages.state.replace(answers(pages, **more))
    found = pages.state.assessment
    assert found.decided_by is not None
    assert f"{len(found.decided_by)} of your answers decide here:" in said(pages)
    texts = [c.text for c in found.caps] + [f.text for f in found.floors]
    assert all(text in said(pages) for text in texts)


def test_a_cap_that_decides_nothing_is_explained_after_what_does(pages: Pages) -> None:
    high = {i: 10 for i in full(pages) if i.startswith("against.")}
    pages.state.replace(answers(pages, **{**high, "ready.healed": 4}))
    found = pages.state.assessment
    assert found.decided_by is None
    assert found.rule is not None
    (cap,) = found.caps
    text = said(pages).split("Why this result")[1]
    assert text.startswith(found.rule.reason)
    assert cap.text in text
    assert "decide here" not in text
    assert "decides here" not in text


@pytest.mark.parametrize(
    ("when", "named"),
    [
        ("not sure", "You are not sure about: Setbacks."),
        ("yes", "You said yes to: Setbacks."),
        (None, "Still open: Setbacks."),
    ],
)
def test_a_milder_sign_comes_first_by_name_with_what_there_would_be_without(
    pages: Pages, when: str | None, named: str
) -> None:
    pages.state.replace(answers(pages, **{"walk.delays": when}))
    text = said(pages).split("Why this result")[1]
    gate = pages.state.assessment.gate
    assert gate is not None
    assert text.startswith(gate.text)
    assert named in text
    assert "By the scores alone it would be “being friends again”." in text
    assert gate.reason in text
    assert "Not suggested with these answers: being friends again or being friendly" in text
    assert "How firm" not in read(later(pages)).text


def test_two_signs_come_before_the_scores(pages: Pages) -> None:
    pages.state.replace(answers(pages, **{"walk.eggshells": "yes", "walk.guilt": "yes"}))
    text = said(pages)
    assert "You said yes to: Watching words and Guilt." in text
    assert "By the scores alone" not in text
    rule = pages.state.assessment.rule
    assert rule is not None
    assert rule.reason not in text


def test_doubt_about_danger_names_no_sign_and_speaks_of_no_scores(pages: Pages) -> None:
    pages.state.replace(answers(pages, **{"walk.fear": "not sure"}))
    text = said(pages)
    gate = pages.state.assessment.gate
    assert gate is not None
    assert gate.text in text
    assert "You are not sure about:" not in text
    assert "By the scores alone" not in text
    assert later(pages).value == ""


@pytest.mark.parametrize(
    ("blank", "sentence"),
    [
        ((), "No question that counts is open."),
        (("for.circles",), "Even the worst answer to the one open question would not change"),
        (("for.circles", *TIES), "Even the worst answers to the 2 open questions"),
        (("for.care", "ready.same-page"), "The 2 open questions could change this result to"),
    ],
)
def test_how_firm_it_is_where_the_weights_decide(
    pages: Pages, blank: tuple[str, ...], sentence: str
) -> None:
    pages.state.replace(answers(pages, **dict.fromkeys(blank)))
    assert sentence in read(later(pages)).text


@pytest.mark.parametrize(
    "more", [{"ready.healed": 4}, {"against.blurred": 8}, {"walk.guilt": "yes"}]
)
def test_nothing_is_said_of_weights_where_something_else_decides(
    pages: Pages, more: dict[str, object]
) -> None:
    pages.state.replace(answers(pages, **more))
    assert pages.state.assessment.decided_by is not None
    text = read(later(pages)).text
    assert "How firm" not in text
    assert "weigh" not in text


def test_while_a_wound_decides_nothing_is_said_to_lead_closer(pages: Pages) -> None:
    pages.state.replace(answers(pages, **{"ready.healed": 1}))
    assert {"friends", "limits"} & {c.outcome for c in pages.state.assessment.changes}
    text = read(later(pages)).text
    assert "being friends again" not in text
    assert "being friendly" not in text


def test_nobody_is_told_what_would_be_if_it_still_hurt_more(pages: Pages) -> None:
    worse = pages.instrument.by_id["ready.healed"].if_less
    for healed in range(11):
        pages.state.replace(full(pages, 7) | {"ready.healed": healed, "ready.hope": 0})
        assert worse not in read(later(pages)).text


def test_what_would_change_it_is_said_as_something_that_would_be_true(pages: Pages) -> None:
    pages.state.replace(answers(pages))
    first = told_changes(pages.state.assessment)[0]
    (move,) = first.moves
    item = pages.instrument.by_id[move.item]
    assert f"would line up with “{pages.instrument.outcome(first.outcome).title}” if" in read(
        later(pages)
    ).text.replace("\n", " ")
    text = item.if_more if int(move.new) > int(move.old) else item.if_less
    assert f"{text} ({move.new} instead of {move.old})" in read(later(pages)).text


def test_the_share_of_weightings_is_told_in_words_without_a_number(pages: Pages) -> None:
    pages.state.replace(full(pages, 6) | {"ready.hope": 4})
    assert pages.state.assessment.decided_by is None
    weighting = pages.state.assessment.sensitivity
    assert weighting is not None
    text = read(later(pages)).text
    assert pages.instrument.words(f"firm.{weighting.firmness}") in text.replace("\n", " ")
    assert "%" not in text
    assert str(weighting.share) not in text


def test_nothing_is_said_of_an_outcome_that_is_withheld(pages: Pages) -> None:
    pages.state.replace(answers(pages, **{"walk.fear": "yes"}))
    assert later(pages).value == ""
    assert "Why this result" not in said(pages)


def test_it_follows_when_the_hand_rests_and_never_tells_of_older_answers(pages: Pages) -> None:
    pages.state.replace(answers(pages))
    before = read(later(pages)).text

    async def move() -> None:
        pages.state.set("ready.healed", 5)
        assert read(later(pages)).text == "…"
        await asyncio.sleep(DEBOUNCE / 2)
        pages.state.set("ready.healed", 4)
        await asyncio.sleep(DEBOUNCE * 0.7)  # more than DEBOUNCE after the first change
        assert pages.state.rested is None
        rests = asyncio.Event()
        pages.state.tell(Phase.REST, lambda: rests.set() if pages.state.rested else None)
        await rests.wait()
        assert pages.state.rested is pages.state.assessment

    asyncio.run(move())
    assert pages.state.answers["ready.healed"] == 4
    assert read(later(pages)).text not in {"…", before}
