"""What a command that reads many files says on the way, on the error stream."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from workbook.records.stream.parts import Reject
    from workbook.text.words import Words

STREAM = "-"
FEW = 5  # of what was not used, where nobody asked for the whole list


@dataclass
class Told:
    """Says what somebody should know, and the first few of what was not used."""

    words: Words
    _rejects: list[Reject] = field(default_factory=list)
    _more: int = 0

    def note(self, text: str) -> None:
        """Say something at once."""
        typer.echo(text, err=True)

    def refuse(self, rejects: Sequence[Reject]) -> None:
        """Keep what is told at the end."""
        room = FEW - len(self._rejects)
        self._rejects += rejects[:room]
        self._more += max(0, len(rejects) - room)

    def total(self, scored: int, refused: int) -> None:
        """Say what came of it all."""
        for reject in self._rejects:
            self.note(line_of(reject, self.words))
        if self._more:
            self.note(self.words.count("many.more", self._more))
        said = self.words.count("many.scored", scored)
        if refused:
            said = f"{said} {self.words.count('many.refused', refused)}"
        self.note(said)


def line_of(reject: Reject, words: Words) -> str:
    """Return in a line what was not used, and why."""
    if reject.row is None:
        code = "many.reject-column" if reject.column else "many.reject"
    else:
        code = "many.reject-cell" if reject.column else "many.reject-row"
    return words(code, file=reject.file, row=reject.row, column=reject.column, reason=reject.reason)


@contextmanager
def progress(files: Sequence[str]) -> Iterator[Callable[[int], object]]:
    """Show how much of all files is read, if somebody watches and it is known how much there is."""
    size = sum(Path(name).stat().st_size for name in files if Path(name).is_file())
    if not sys.stderr.isatty() or STREAM in files or not size:
        yield lambda _bytes: None
        return
    with typer.progressbar(length=size, file=sys.stderr) as bar:
        yield bar.update
