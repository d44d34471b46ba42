"""The tie between page and kernel: the page notices when it breaks, and has the answers then."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import anywidget
from IPython.core.getipython import get_ipython
from traitlets import Dict, Float, Int, Unicode

from workbook.page.scripts import script
from workbook.page.telling import Phase, guarded
from workbook.page.views.bundle import Carried
from workbook.page.views.parts import plain

if TYPE_CHECKING:
    from workbook.page.state import State
    from workbook.page.views.keeping import Keeping
    from workbook.text.words import Words

GRACE = 120.0  # seconds between the announcement that the page ends, and its end
PACE = 1.0  # share of its usual times that the page takes to notice things; tests take less
HEARD = 1000  # messages that are remembered to have changed an answer


class Link(Carried, anywidget.AnyWidget):
    """Answers the page's questions whether the kernel is there, and keeps a check-in ready there.

    Message from the page: ``{"type": "ping", "number"}``; to the page: ``{"type": "pong",
    "number"}``. After a gap the page adds ``changes`` that may have been lost, each as ``{"widget",
    "message"}``, and the last ``turn`` it knows of. The answer then has ``newer``, the widgets of
    which the kernel holds something newer: it has heard of the change, or has made one itself.
    ``idle`` and ``grace`` are seconds, see :meth:`workbook.Workbook.start`.
    """

    _esm = script("link.js")
    words = Dict(help="the fixed words, by code").tag(sync=True)
    kept = Dict(help="name, text and time of a check-in; empty if nothing is answered").tag(
        sync=True
    )
    own = Unicode(help="the widget's own id, by which the page knows its kernel").tag(sync=True)
    idle = Float(help="seconds without input after which the page asks; 0 is never").tag(sync=True)
    grace = Float(GRACE, help="seconds it then waits for an answer").tag(sync=True)
    pace = Float(help="share of the usual times").tag(sync=True)
    turn = Int(help="see State").tag(sync=True)

    def __init__(self, state: State, words: Words, keeping: Keeping, idle: float) -> None:
        fixed = words.group("link") | {
            "note": words("files.note"),
            "save": words("files.save"),
            "language": words.language,
            "formats": words("language.formats"),
            "direction": words.direction,
        }
        super().__init__(words=fixed, idle=idle, pace=PACE, layout=plain())
        self.own = self.model_id
        self._state, self._snapshots = state, keeping.snapshots
        self._answers: object = None
        self._heard: deque[str] = deque(maxlen=HEARD)
        state.outbox.carry(self)
        self.on_msg(guarded(state, self._act))
        state.tell(Phase.SAY, self._hear)
        state.tell(Phase.REST, self._keep)

    def _act(self, _widget: Any, message: Any, _buffers: Any) -> None:
        if message.get("type") != "ping":
            return
        answer = {"type": "pong", "number": message.get("number")}
        if "changes" in message:
            answer["newer"] = [c["widget"] for c in message["changes"] if self._newer(c, message)]
        self.send(answer)

    def _newer(self, change: Any, message: Any) -> bool:
        overruled = self._state.is_overruled(change["widget"], message["turn"])
        return overruled or change["message"] in self._heard

    def _hear(self) -> None:
        """Note the message that has changed an answer, and let the page know of the turn."""
        self._heard.append(_message_id())
        self.turn = self._state.turn

    def _keep(self) -> None:
        """Give the page a check-in once the hand rests, so that it has one without the kernel."""
        assessment = self._state.rested
        if assessment is None or assessment.answers == self._answers:
            return
        self._answers = assessment.answers
        kept = self._snapshots.of(assessment.answers)
        said = {"name": kept.name, "text": kept.text, "at": kept.at.isoformat()}
        self.kept = said if assessment.answers else {}


def _message_id() -> str:
    """Return the id of the page's message that is being dealt with; empty outside a kernel."""
    kernel = getattr(get_ipython(), "kernel", None)
    return str(kernel.get_parent()["header"]["msg_id"]) if kernel else ""
