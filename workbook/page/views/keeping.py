"""What is kept of the present answers anywhere but on this page, and since when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from traitlets import Bool, Dict, HasTraits

from workbook.page.snapshot import Snapshots
from workbook.page.telling import Phase

if TYPE_CHECKING:
    from workbook.instrument.answers import Answers
    from workbook.page.state import State


class Keeping(HasTraits):
    """Compares the present answers with those that were last saved, loaded or remembered.

    ``note`` has a ``code`` (saved, loaded, remembered, unsaved, or "" where nothing is answered)
    and, for saved ones, ``at``: milliseconds since 1970, for the page knows the person's own time.
    """

    note: Any = Dict({"code": ""})
    handed = Bool(help="whether a file has been handed to the browser")

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state
        self.snapshots = Snapshots(state.instrument)
        self._file: Answers | None = None
        self._device: Answers | None = None
        self._file_note: dict[str, object] = {}
        # at rest, because no slider should wait for it
        state.tell(Phase.REST, lambda: self._look() if state.rested else None)

    def saved(self) -> None:
        """Note that the present answers were handed over as a file, now."""
        at = int(datetime.now(UTC).timestamp() * 1000)
        self._file, self._file_note = self._state.answers, {"code": "saved", "at": at}
        self.handed = True
        self._look()

    def loaded(self) -> None:
        """Note that the present answers are those of a file."""
        self._file, self._file_note = self._state.answers, {"code": "loaded"}
        self._look()

    def remembered(self, answers: Answers | None) -> None:
        """Note which answers the device remembers; None for none at all."""
        self._device = answers
        self._look()

    def _look(self) -> None:
        answers = self._state.answers
        if not answers:
            self._file = self._device = None  # forgotten here as well
            self.note = {"code": ""}
        elif answers == self._device:
            self.note = {"code": "remembered"}
        elif answers == self._file:
            self.note = self._file_note
        else:
            self.note = {"code": "unsaved"}
