"""One way for news: in phases, in order, each callback once, and none stopped by another."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING, Never

import pytest

from tests.views.walk import FRIENDSHIP, ROOT
from workbook import load_instrument
from workbook.page.state import State
from workbook.page.telling import DEBOUNCE, Phase

if TYPE_CHECKING:
    from collections.abc import Callable

READY, LIMITS = "ready.healed", "ready.boundaries"
# Prints the widgets that a page's change speaks of, in order.
SPOKEN = """
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances
from tests.views.walk import Pages, full
pages = Pages()
names = {widget: n for n, widget in enumerate(_instances.values())}
Widget._send = lambda self, said, buffers=None: print(names.get(self), list(said["state"]))
pages.state.replace(full(pages))
pages.state.update({"ready.healed": 2, "why.bond": True, "walk.delays": "not sure"})
"""


@pytest.fixture
def state() -> State:
    return State(load_instrument(FRIENDSHIP))


@pytest.fixture
def heard(state: State) -> list[str]:
    """Note which phases are told, by callbacks that asked in another order than that of phases."""
    calls: list[str] = []
    for name in ("b", "a"):
        for phase in reversed(Phase):
            state.tell(phase, partial(calls.append, f"{phase.name} {name}"))
    calls.clear()
    return calls


def test_phases_come_in_order_and_in_each_who_asked_first(state: State, heard: list[str]) -> None:
    state.update({READY: 5, LIMITS: 3})
    rested = ["REST b", "REST a"]  # outside an event loop the hand rests at once
    assert heard == ["DRAW b", "DRAW a", "SAY b", "SAY a", *rested, *rested]
    heard.clear()
    state.replace({})
    assert heard[:4] == ["CLEAR b", "CLEAR a", "DRAW b", "DRAW a"]
    heard.clear()
    state.skip("walk.fear")
    assert heard == ["DRAW b", "DRAW a", "SAY b", "SAY a", *rested, *rested]
    heard.clear()
    state.skip("walk.fear")
    state.set(READY, None)
    assert heard == []


def test_what_a_change_says_comes_in_the_same_order_whatever_python_hashes() -> None:
    said = [
        subprocess.Popen(
            [sys.executable, "-c", SPOKEN],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2", "3")
    ]
    first, *others = [process.communicate()[0] for process in said]
    assert first.count("\n") > 30
    assert others == [first, first]


def test_one_change_is_told_once_however_many_answers_it_has(state: State) -> None:
    calls: list[object] = []
    state.tell(Phase.DRAW, lambda: calls.append(dict(state.answers)), [READY, LIMITS, "walk.fear"])
    assert calls == [{}]  # at once
    state.update({READY: 5, LIMITS: 3})
    assert calls[1:] == [{READY: 5, LIMITS: 3}]
    state.set("why.bond", True)  # noqa: FBT003  # an answer
    state.skip("walk.guilt")
    assert len(calls) == 2  # it has asked for others
    state.skip("walk.fear")
    state.replace({"why.bond": True})  # no more skipped, and two answers gone
    assert len(calls) == 4


def fail(calls: list[str]) -> Never:
    calls.append("failed")
    raise ZeroDivisionError("what a person wrote")


@pytest.mark.parametrize("phase", [Phase.CLEAR, Phase.DRAW, Phase.SAY, Phase.REST])
def test_one_that_fails_is_said_at_once_and_stops_no_other(state: State, phase: Phase) -> None:
    calls: list[str] = []
    broken: list[Callable[[], None]] = []
    state.tell(Phase.FAIL, lambda: calls.append(state.problem))
    state.tell(phase, lambda: broken[0]() if broken else None)
    state.tell(phase, lambda: calls.append("next"))
    calls.clear()
    broken.append(partial(fail, calls))
    state.replace({READY: 5})
    failed, problem, following, *rest = calls
    assert (failed, following) == ("failed", "next")
    assert problem.startswith("ZeroDivisionError: test_telling.py, line ")
    assert "wrote" not in problem
    assert rest == (["failed", "next"] if phase is Phase.REST else [])  # the first fault stays
    assert state.answers == {READY: 5}


def test_what_shows_a_fault_may_fail_as_well(state: State) -> None:
    state.tell(Phase.FAIL, lambda: fail([]) if state.problem else None)
    state.tell(Phase.SAY, lambda: fail([]) if state.answers else None)
    state.set(READY, 5)
    assert state.problem


def test_what_waits_is_told_that_the_hand_moves_and_once_that_it_rests(state: State) -> None:
    heard: list[object] = []

    def hear() -> None:
        heard.append(state.rested and state.rested.answers.get(READY, -1))

    async def move() -> None:
        state.tell(Phase.REST, hear)
        for value in (5, 6, 7):
            state.set(READY, value)
            await asyncio.sleep(0)
        over = asyncio.Event()  # after all that a change may have set going
        asyncio.get_running_loop().call_later(2 * DEBOUNCE, over.set)
        await over.wait()

    asyncio.run(asyncio.wait_for(move(), 10))
    assert heard == [-1, None, None, None, 7]


def test_what_another_step_shows_waits_for_its_step(state: State) -> None:
    heard: list[object] = []

    async def walk() -> None:
        state.tell(Phase.SAY, lambda: heard.append(state.answers.get(READY)), step="result")
        state.set(READY, 4)  # nobody knows what is shown: at once
        state.show("ready")
        state.set(READY, 5)
        state.set(READY, 6)
        heard.append("shown")
        state.show("result")
        state.set(READY, 7)
        state.show("ready")
        state.set(READY, 8)
        rests = asyncio.Event()
        state.tell(Phase.REST, lambda: rests.set() if state.rested else None)
        rests.clear()
        await rests.wait()
        heard.append("rests")
        state.show("why")
        state.show("result")
        state.show("")

    asyncio.run(asyncio.wait_for(walk(), 10))
    assert heard == [None, 4, "shown", 6, 7, "rests", 8]


def test_what_waits_for_the_hand_as_well_hears_once_that_it_moves(state: State) -> None:
    heard: list[object] = []
    state.tell(
        Phase.REST,
        lambda: heard.append(state.rested and state.rested.answers.get(READY)),
        step="result",
    )
    state.show("ready")
    heard.clear()

    async def move() -> None:
        state.set(READY, 4)
        state.set(READY, 5)
        state.show("result")  # it still moves
        state.show("ready")
        state.set(READY, 6)

    asyncio.run(move())
    assert heard == [None]
    assert [*state.late] == ["result"]
    state.set(READY, 7)  # outside an event loop the hand rests at once
    assert heard == [None]
    state.show("result")
    assert heard == [None, 7]
    assert not state.late
    state.set(READY, 8)
    assert heard[2:] == [None, 8]


def test_where_other_things_are_withheld_all_steps_are_told_at_once(state: State) -> None:
    heard: list[object] = []
    for phase in (Phase.SAY, Phase.REST):
        state.tell(phase, lambda: heard.append(state.assessment.outcome), step="result")
    state.show("ready")
    state.set(READY, 4)
    heard.clear()

    async def answer() -> None:
        for value in ("no", "yes", "yes"):
            state.set("walk.fear", value)

    asyncio.run(answer())
    assert heard == ["safety-first"] * 2
    state.set("walk.harm", "yes")
    assert len(heard) == 2


def test_who_asks_while_others_are_told_is_told_once(state: State) -> None:
    calls: list[str] = []

    def ask() -> None:
        if state.answers and "late" not in calls:
            state.tell(Phase.DRAW, lambda: calls.append("late"), [READY])

    state.tell(Phase.DRAW, ask)
    state.set(READY, 5)
    assert calls == ["late"]
    state.set(READY, 6)
    assert calls == ["late", "late"]


def test_a_state_that_was_let_go_tells_nobody_and_holds_nothing(
    state: State, heard: list[str]
) -> None:
    state.set(READY, 5)
    heard.clear()
    state.let_go()
    assert (state.told, state.answers) == (0, {})
    state.set(READY, 4)
    assert heard == []
