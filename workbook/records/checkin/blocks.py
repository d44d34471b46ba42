"""Rows of one time: of how many check-ins they are, and of which each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from workbook.text.errors import CheckinError

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.records.checkin.entries import Entry

Block: TypeAlias = "list[Entry]"


def blocks_of(entries: Block, is_as_written: Callable[[Block], bool]) -> list[Block]:
    """Return the rows of each check-in, and of one that is there twice, twice.

    ``is_as_written`` says whether a block may be a whole check-in, its rows in their order. Raises
    CheckinError where nobody can tell whose a row is.
    """
    counts = Counter(entry.key for entry in entries)
    if len(counts) == len(entries):
        return [entries]
    blocks = _parted(entries)
    if len(blocks) == max(counts.values()) and all(map(is_as_written, blocks)):
        return blocks
    once: dict[tuple[str, str], Entry] = {}
    unlike = [e for e in entries if once.setdefault(e.key, e).said != e.said]
    if not unlike and len(set(counts.values())) == 1:
        return [list(once.values())] * max(counts.values())
    twice = [e for e in entries if once[e.key] is not e]
    if answer := next((e for e in (*unlike, *twice) if e.is_answer), None):
        raise CheckinError("double", row=answer.number, column="id", id=answer.key[1])
    if min(counts[e.key] for e in entries if not e.is_answer) > 1:
        raise CheckinError("mingled", row=twice[0].number, column="saved_at")
    return [list(once.values())]  # a result was copied, and results are not read


def _parted(entries: Block) -> list[Block]:
    """Return the rows as blocks: in each answers, then results, and nothing twice."""
    blocks: list[Block] = []
    known: set[tuple[str, str]] = set()
    results = True
    for entry in entries:
        if (results and entry.is_answer) or entry.key in known or not blocks:
            blocks.append([])
            known = set()
        blocks[-1].append(entry)
        known.add(entry.key)
        results = not entry.is_answer
    return blocks
