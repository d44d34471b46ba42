"""Who hears of a change, and when: the one way for news within the page."""

from __future__ import annotations

import asyncio
import sys
import traceback
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

_Asked = tuple["Callable[[], None]", "frozenset[str] | None", str]
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

    ``problem`` says what went wrong in a view and where in the code, or is empty; ``moving``
    whether the last change is so new that another may follow; ``shown`` which step is alone on the
    screen, empty where all of them are, or where nobody knows.
    """

    def __init__(self, outbox: Outbox | None = None) -> None:
        self.outbox = outbox or Outbox()
        self.problem, self.moving, self.shown = "", False, ""
        self._asked: dict[Phase, list[_Asked]] = {phase: [] for phase in Phase}
        self._owed: dict[Callable[[], None], None] = {}  # in order, each once
        self._timer: asyncio.TimerHandle | None = None

    def tell(
        self,
        phase: Phase,
        callback: Callable[[], None],
        keys: Iterable[str] | None = None,
        *,
        step: str = "",
    ) -> None:
        """Call ``callback`` now, and in this phase of every change.

        With ``keys``, only of those that change what is known of one of these items: its answer, or
        that it is left open. With ``step``, while another step is shown, only when the hand rests.
        """
        safe = guarded(self, callback)
        self._asked[phase].append((safe, None if keys is None else frozenset(keys), step))
        safe()

    def show(self, step: str) -> None:
        """Note which step is shown now."""
        self.shown = step
        self._pay()

    def fail(self, where: str) -> None:
        """Note a fault and have it shown; it stays, for what is shown may be out of date now."""
        if not self.problem:
            self.problem = where
            self._run(Phase.FAIL)

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

    def _changed(self, keys: AbstractSet[str], *, replaced: bool = False) -> None:
        """Go through the phases of a change to these items."""
        self.moving = True
        if replaced:
            self._run(Phase.CLEAR)
        for phase in (Phase.DRAW, Phase.SAY, Phase.REST):
            self._run(phase, keys)
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # plain Python, tests: there is no hand to wait for
            self._rest()
        else:
            self._wait(loop.call_later(DEBOUNCE, self._rest))

    def _rest(self) -> None:
        self._pay()
        self.moving = False
        self._run(Phase.REST)

    def _pay(self) -> None:
        """Call what had to wait because another step was shown."""
        owed, self._owed = self._owed, {}
        if owed:
            self._call(owed)

    def _wait(self, timer: asyncio.TimerHandle | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = timer

    def _run(self, phase: Phase, keys: AbstractSet[str] | None = None) -> None:
        now: list[Callable[[], None]] = []
        for callback, own, step in self._asked[phase]:
            if own is not None and keys is not None and own.isdisjoint(keys):
                continue
            if self.shown and step not in ("", self.shown):
                self._owed[callback] = None
            else:
                now.append(callback)
        self._call(now)

    def _call(self, callbacks: Iterable[Callable[[], None]]) -> None:
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
