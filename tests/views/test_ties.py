"""What keeps people in touch anyway shapes what is offered, and what stepping away leaves."""

from __future__ import annotations

import ipywidgets as w
import pytest

from tests.views.walk import Pages, enter, find, find_all, full, read
from workbook.page.telling import Phase
from workbook.reflection.plan import starts
from workbook.reflection.ties import standing, what_stands

OFTEN = "bound.frequency.setting"
TIED = [
    (item.id, option.id, option.only_with[0])
    for item in Pages().instrument.items
    for option in item.options
    if option.only_with
]


def offered(pages: Pages, key: str) -> list[str]:
    return [value for _, value in pages.find(w.Dropdown, key).options if value]


@pytest.mark.parametrize(("key", "option", "tie"), TIED)
def test_an_option_is_offered_only_while_its_tie_is_ticked(
    pages: Pages, key: str, option: str, tie: str
) -> None:
    assert option not in offered(pages, key)
    enter(pages.find(w.Checkbox, tie), True)  # noqa: FBT003
    assert option in offered(pages, key)
    enter(pages.find(w.Checkbox, tie), False)  # noqa: FBT003
    assert option not in offered(pages, key)


def test_what_was_chosen_stays_while_the_list_changes(pages: Pages) -> None:
    enter(pages.find(w.Dropdown, OFTEN), "month")
    changes: list[object] = []
    pages.state.tell(Phase.DRAW, lambda: changes.append(pages.answers.get(OFTEN)))
    enter(pages.find(w.Checkbox, "tie.work"), True)  # noqa: FBT003
    assert set(changes) == {"month"}
    enter(pages.find(w.Dropdown, OFTEN), "work")
    enter(pages.find(w.Checkbox, "tie.work"), False)  # noqa: FBT003
    assert pages.answers[OFTEN] == "work"  # it is not forgotten, and can be seen
    assert pages.find(w.Dropdown, OFTEN).value == "work"
    enter(pages.find(w.Dropdown, OFTEN), "month")
    assert "work" not in offered(pages, OFTEN)
    assert pages.find(w.Dropdown, OFTEN).value == "month"


def test_a_place_in_an_older_list_is_not_taken(pages: Pages) -> None:
    control = pages.find(w.Dropdown, OFTEN)
    turn = pages.state.turn
    enter(pages.find(w.Checkbox, "tie.work"), True)  # noqa: FBT003
    assert pages.state.is_overruled(control.model_id, turn)


def test_a_file_with_a_tie_and_its_option_shows_both(pages: Pages) -> None:
    pages.state.replace({"tie.children": True, OFTEN: "parents"})
    assert pages.find(w.Dropdown, OFTEN).value == "parents"
    pages.state.replace({OFTEN: "month"})
    assert pages.find(w.Dropdown, OFTEN).value == "month"
    assert not pages.state.problem


def test_a_wording_is_offered_only_while_its_tie_is_ticked(pages: Pages) -> None:
    message = pages.instrument.message
    assert message is not None
    for wording in [wd for wd in message.wording if wd.only_with]:
        base = full(pages, 1) | {message.tone: wording.tone or None}
        pages.state.replace(base)
        assert wording.text not in _wordings(pages)
        pages.state.update({wording.only_with[0]: True})
        outcome = pages.state.assessment.outcome
        fits = not wording.outcomes or outcome in wording.outcomes
        assert (wording.text in _wordings(pages)) is fits


def _wordings(pages: Pages) -> set[str]:
    lists = find_all(pages.chapters["say"], w.Dropdown, css="wb-wordings")
    return {value for control in lists for _, value in control.options}


def test_the_plan_never_starts_with_what_is_not_offered(pages: Pages) -> None:
    for outcome in pages.instrument.outcomes:
        begun = starts(pages.instrument, {}, outcome.id)
        assert not {(k, v) for k, v, _ in TIED} & set(begun.items())


def test_stepping_away_names_what_stays_as_it_is(pages: Pages) -> None:
    two = {sign.id: "yes" for sign in pages.instrument.signs[:2]}
    pages.state.replace(full(pages, 5) | two)
    assert pages.state.assessment.outcome == "no-contact"
    said = find(pages.result, css="wb-result-said")
    start = pages.book.words("outcome.stands", stands="").rstrip(".")
    assert start not in said.value
    pages.state.update({"tie.children": True, "tie.work": True})
    texts = read(said).texts("p")
    children, work = (pages.instrument.by_id[k].stands for k in ("tie.children", "tie.work"))
    assert f"{start}{children} and {work}." in texts
    summary = find(pages.book.summary(), css="wb-summary-page").value
    assert f"{start}{children} and {work}." in summary
    cards = find(pages.chapters["choice"], css="wb-ways").value
    assert cards.count(start) == 1
    assert cards.index(start) > cards.index("wb-way-step-away")
    # Another outcome has nothing to leave.
    pages.state.update(dict.fromkeys(two, "no"))
    assert pages.state.assessment.outcome != "no-contact"
    assert start not in said.value


def test_three_things_that_stay_are_said_in_a_row(pages: Pages) -> None:
    ties = {i.id: True for i in pages.instrument.items if i.stands}
    left = standing(pages.instrument, ties)
    assert len(left) == len(ties) > 2
    said = what_stands(pages.instrument, ties, pages.book.words)
    assert said.endswith(f"{', '.join(left[:-1])} and {left[-1]}.")
    assert what_stands(pages.instrument, {}, pages.book.words) == ""
