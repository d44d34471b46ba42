"""What is said of a loaded check-in: which answers had no place any more, or another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.instrument.model import Instrument
    from workbook.records.checkin.batch import Checkin
    from workbook.text.words import Words


def tell_changes(instrument: Instrument, checkin: Checkin, words: Words) -> Iterator[str]:
    """Yield in sentences what became of answers to questions that are gone."""
    names = {old.id: old.name for old in instrument.retired}
    gone = [names[key] for key in checkin.dropped if key in names]
    if gone:
        said = words.listed(gone)
        yield words("load.v1", names=said[:1].upper() + said[1:])
    unknown = len(checkin.dropped) - len(gone)
    if unknown:
        yield words.count("load.dropped", unknown)
    if checkin.taken_over:
        over = [names[old] for old, _ in checkin.taken_over]
        yield words("signs.look-again", names=words.listed(over))
