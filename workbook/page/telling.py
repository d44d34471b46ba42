"""Who hears of a change, and when: the one way for news within the page."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from collections.abc import Set as AbstractSet

_Callback = Callable[[], None]
_Asked = tuple[_Callback, "frozenset[str] | None", str]
DEBOUNCE = 0.15  # seconds without a change after which the hand is taken to rest


class Phase(Enum):
    """When a view is told. At a change, each phase is over before the next one begins.

    Within a phase callbacks run in the order in which they asked, each once, however much has
    changed. What a phase has brought about leaves for the page before the next one begins.
    """

    CLEAR = "all answers are replaced: what was begun and is no answer goes"
    DRAW = "what stands beside the answer itself, and the figures"
    SAY = "the texts that follow"
    REST = "what waits for the hand to rest: told that it moves, and once more when it rests"
    LATE = "other steps than before show older answers than these; within any phase, as its last"
    FAIL = "something went wrong, in any phase; told at once, and only of the first fault"


class Outbox:
    """Brings what widgets say to the page: each speaks for itself, as soon as it can."""

    def carry(self, *widgets: Any) -> None:
        """Take over what ``widgets`` have to say."""

    def hold(self) -> None:
        """Hold back what they say, until it is sent off."""

    def send_off(self) -> None:
        """Let all that has been said leave for the page now, before more is worked out.

        In a kernel a thread of its own does the sending, in order, and gets no turn while another
        is at work. It also sends what is printed: a flush waits until all before it has left.
        """
        sys.stdout.flush()


class Telling:
    """Calls what has asked to be told; one that fails stops no other.

    What a step shows that is not on the screen is owed: it is called once the step is shown, or
    asked for.

    ``problem`` says what went wrong in a view and where in the code, or is empty; ``moving``
    whether the last change is so new that another may follow; ``shown`` which step is alone on the
    screen, empty where all of them are, or where nobody knows.
    """

    def __init__(self, outbox: Outbox | None = None) -> None:
        self.outbox = outbox or Outbox()
        self.problem, self.moving, self.shown = "", False, ""
        self._asked: dict[Phase, list[_Asked]] = {phase: [] for phase in Phase}
        self._owed: dict[_Callback, tuple[Phase, str]] = {}  # in order, with the step it is for
        self._wanted: set[str] = set()
        self._late: tuple[str, ...] = ()
        self._timer: asyncio.TimerHandle | None = None

    def tell(
        self,
        phase: Phase,
        callback: _Callback,
        keys: Iterable[str] | None = None,
        *,
        step: str = "",
    ) -> None:
        """Call ``callback`` now, and in this phase of every change.

        With ``keys``, only of those that change what is known of one of these items: its answer, or
        that it is left open. With ``step``, while another step is shown, only once it is shown or
        asked for; at once, though, where other things are withheld than before, and when the hand
        begins to move for what waits until it rests.
        """
        safe = guarded(self, callback)
        self._asked[phase].append((safe, None if keys is None else frozenset(keys), step))
        safe()

    @property
    def late(self) -> tuple[str, ...]:
        """The steps that show older answers than these once somebody goes there."""
        owed = dict.fromkeys(step for _, step in self._owed.values())
        return tuple(step for step in owed if self.shown not in ("", step))

    def show(self, step: str) -> None:
        """Note which step is shown now, and bring it up to date."""
        self.shown = step
        self._call(self._due())

    def ask_for(self, step: str) -> None:
        """Bring a step up to date that is not shown, once the hand rests."""
        self._wanted.add(step)
        self._call(self._due())

    def fail(self, where: str) -> None:
        """Note a fault and have it shown; it stays, for what is shown may be out of date now."""
        if not self.problem:
            self.problem = where
            self._call([callback for callback, _, _ in self._asked[Phase.FAIL]])

    def let_go(self) -> None:
        """Tell nobody any more."""
        self._wait(None)
        self._owed.clear()
        for asked in self._asked.values():
            asked.clear()

    @property
    def told(self) -> int:
        """How many callbacks there are."""
        return sum(map(len, self._asked.values()))

    def _changed(
        self, keys: AbstractSet[str], *, replaced: bool = False, at_once: bool = False
    ) -> None:
        """Go through the phases of a change to these items; ``at_once`` for all steps."""
        self.moving = True
        if replaced:
            self._call([callback for callback, _, _ in self._asked[Phase.CLEAR]])
        known = set(self._owed)
        told = {phase: self._told_of(phase, keys) for phase in (Phase.DRAW, Phase.SAY, Phase.REST)}
        for phase, asked in told.items():  # first of all the page hears which steps are late
            self._owe(phase, asked, at_once=at_once)
        for phase, asked in told.items():
            waits = known if phase is Phase.REST else self._owed  # knows already, or has to wait
            self._call([c for c, _ in asked if at_once or c not in waits])
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # plain Python, tests: there is no hand to wait for
            self._rest()
        else:
            self._wait(loop.call_later(DEBOUNCE, self._rest))

    def _rest(self) -> None:
        self.moving = False
        always = [callback for callback, _, step in self._asked[Phase.REST] if not step]
        self._call([*always, *self._due()])

    def _due(self) -> list[_Callback]:
        """Return what was owed to a step that is shown or asked for; it is so no more."""
        due = [
            callback
            for callback, (phase, step) in self._owed.items()
            if not self._is_away(step) and not (self.moving and phase is Phase.REST)
        ]
        for callback in due:
            del self._owed[callback]
        if not self.moving:
            self._wanted.clear()
        return due

    def _is_away(self, step: str) -> bool:
        """Return whether a step need not be up to date."""
        return bool(self.shown) and step not in ("", self.shown, *self._wanted)

    def _wait(self, timer: asyncio.TimerHandle | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = timer

    def _told_of(self, phase: Phase, keys: AbstractSet[str]) -> list[tuple[_Callback, str]]:
        """Return who is told of a change to these items, each with the step it is for."""
        return [
            (callback, step)
            for callback, own, step in self._asked[phase]
            if own is None or not own.isdisjoint(keys)
        ]

    def _owe(self, phase: Phase, asked: Iterable[tuple[_Callback, str]], *, at_once: bool) -> None:
        for callback, step in asked:
            if step and (phase is Phase.REST or (self._is_away(step) and not at_once)):
                self._owed[callback] = (phase, step)
            else:
                self._owed.pop(callback, None)

    def _call(self, callbacks: Collection[_Callback]) -> None:
        """Call these, and tell where that makes other steps late than before."""
        late = self.late
        if late != self._late:
            self._late = late
            callbacks = (*callbacks, *(callback for callback, _, _ in self._asked[Phase.LATE]))
        if not callbacks:
            return
        self.outbox.hold()
        for callback in callbacks:
            callback()
        self.outbox.send_off()


def guarded(telling: Telling, callback: Callable[..., None]) -> Callable[..., None]:
    """Return ``callback`` so that an exception in it shows on the page instead of passing silently.

    Its message is neither shown nor logged, because it could hold an answer.
    """

    def call(*args: Any) -> None:
        try:
            callback(*args)
        except Exception as error:  # noqa: BLE001  # whatever it was, the page must say so
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(last.filename).name}, line {last.lineno}"
            telling.fail(f"{type(error).__name__}: {where}")

    return call
