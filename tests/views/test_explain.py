"""Why the result is so, how firm it is, and what would change it, as a person reads it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.views.walk import find, full, read
from workbook.page.state import DEBOUNCE

if TYPE_CHECKING:
    import ipywidgets as w

    from tests.views.walk import Pages


def said(pages: Pages) -> str:
    """Return what the result says at once."""
    return read(find(pages.result, css="wb-result-said")).text


def later(pages: Pages) -> w.Widget:
    return find(pages.result, css="wb-result-later")


def answers(pages: Pages, **more: object) -> dict[str, object]:
    """Return full answers that line up with "friends"."""
    good = {i: 9 for i in full(pages) if i.startswith(("ready.", "for."))}
    low = {i: 1 for i in full(pages) if i.startswith("against.")}
    return {**full(pages), **good, **low, **more}


def test_the_rule_that_fired_gives_its_reason(pages: Pages) -> None:
    pages.state.replace(answers(pages))
    rule = pages.state.assessment.rule
    assert rule is not None
    assert rule.outcome == "friends"
    assert rule.reason in said(pages)
    assert "Closed" not in said(pages)


def test_a_cap_is_said_openly_with_its_reason_and_what_it_closes(pages: Pages) -> None:
    pages.state.replace(answers(pages, **{"ready.healed": 3}))
    assert pages.state.assessment.outcome == "limits"
    (cap,) = pages.state.assessment.caps
    text = said(pages)
    assert cap.text in text
    assert cap.reason in text
    assert "Closed while these answers stand: being friends again." in text
    rule = pages.state.assessment.rule
    assert rule is not None
    assert text.index(cap.text) < text.index(rule.reason)


def test_a_sign_that_is_not_sure_says_what_the_scores_alone_would_be(pages: Pages) -> None:
    pages.state.replace(answers(pages, **{"walk.delays": "not sure"}))
    text = said(pages)
    assert "By the scores alone it would be “being friends again”." in text
    gate = pages.state.assessment.gate
    assert gate is not None
    assert gate.text in text
    assert gate.reason in text
    assert "Closed while these answers stand: being friends again or being friendly" in text


def test_a_sign_that_is_a_yes_comes_before_the_scores(pages: Pages) -> None:
    pages.state.replace(answers(pages, **{"walk.eggshells": "yes"}))
    text = said(pages)
    assert "A sign comes before the scores" in text
    assert "By the scores alone" not in text
    rule = pages.state.assessment.rule
    assert rule is not None
    assert rule.reason not in text


@pytest.mark.parametrize(
    ("blank", "sentence"),
    [
        ((), "Nothing is open that counts."),
        (("for.circles",), "Settled: even the worst answer to the 1 open question would not"),
        (("for.circles", "against.new-love"), "even the worst answers to the 2 open questions"),
        (
            ("ready.healed", "for.care", "for.respect"),
            "Leaning: the 3 open questions could still turn this towards being friendly",
        ),
    ],
)
def test_how_firm_it_is(pages: Pages, blank: tuple[str, ...], sentence: str) -> None:
    pages.state.replace(answers(pages, **dict.fromkeys(blank)))
    assert sentence in read(later(pages)).text


def test_what_would_change_it_is_said_as_something_that_would_be_true(pages: Pages) -> None:
    pages.state.replace(answers(pages))
    first = pages.state.assessment.changes[0]
    (move,) = first.moves
    item = pages.instrument.by_id[move.item]
    assert f"would line up with “{pages.instrument.outcome(first.outcome).title}” if" in read(
        later(pages)
    ).text.replace("\n", " ")
    assert f"{item.if_less} ({move.new} instead of {move.old})" in read(later(pages)).text


def test_the_share_of_weightings_is_told_in_words_without_a_number(pages: Pages) -> None:
    pages.state.replace(full(pages, 6))
    weighting = pages.state.assessment.sensitivity
    assert weighting is not None
    text = read(later(pages)).text
    assert pages.instrument.words(f"firm.{weighting.firmness}") in text.replace("\n", " ")
    assert "%" not in text
    assert str(weighting.share) not in text


def test_nothing_is_said_of_an_outcome_that_is_withheld(pages: Pages) -> None:
    pages.state.replace(answers(pages, **{"walk.afraid": "yes"}))
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
        assert pages.state.debounced is None
        rests = asyncio.Event()
        pages.state.observe(lambda _: rests.set(), "debounced")
        await rests.wait()
        assert pages.state.debounced is pages.state.assessment

    asyncio.run(move())
    assert pages.state.answers["ready.healed"] == 4
    assert read(later(pages)).text not in {"…", before}
