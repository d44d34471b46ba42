"""A message in parts: put together, helped along, and read for what it may say unmeant.

Nothing here rewrites a person's words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from workbook.instrument.items import offered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.instrument.answers import Answers
    from workbook.instrument.content import Message
    from workbook.instrument.model import Instrument

CURLY = "\u2019"  # the apostrophe that phones write


@dataclass(frozen=True)
class Finding:
    """Something a draft says or leaves out: ``found`` as it stands there ("" where it lacks)."""

    found: str
    reason: str


def compose(message: Message, answers: Answers) -> str:
    """Return the message: its parts in their order, those left empty left out."""
    parts = (str(answers.get(part, "")).strip() for part in message.parts)
    return " ".join(part for part in parts if part)


def suggestions(
    message: Message, answers: Answers, outcome: str | None, part: str
) -> tuple[str, ...]:
    """Return wordings for ``part`` that fit outcome, boxes and the tone that was chosen."""
    tone = answers.get(message.tone)
    return tuple(
        w.text
        for w in message.wording
        if w.part == part
        and (not w.outcomes or outcome in w.outcomes)
        and (tone is None or not w.tone or w.tone == tone)
        and offered(w, answers)
    )


def findings(instrument: Instrument, answers: Answers) -> tuple[Finding, ...]:
    """Return what the draft says unmeant and what it leaves out, in the order of the text."""
    message = instrument.message
    draft = compose(message, answers) if message else ""
    if message is None or not draft:
        return ()
    lacking = (
        Finding("", e.reason) for e in message.expects if not str(answers.get(e.part, "")).strip()
    )
    return (*_phrases(message, draft), *lacking)


def _phrases(message: Message, draft: str) -> Iterator[Finding]:
    """Yield each phrase in the draft once, at its first place."""
    plain = draft.replace(CURLY, "'")
    found = [
        (match.start(), Finding(draft[match.start() : match.end()], phrase.reason))
        for phrase in message.phrase
        for text in phrase.texts
        if (match := _pattern(text).search(plain))
    ]
    longest: dict[int, Finding] = {}
    for start, finding in sorted(found, key=lambda f: (f[0], -len(f[1].found))):
        longest.setdefault(start, finding)
    yield from longest.values()


@lru_cache(maxsize=512)
def _pattern(phrase: str) -> re.Pattern[str]:
    """Return a pattern for whole words, in any case, with any white space between them."""
    words = r"\s+".join(map(re.escape, phrase.replace(CURLY, "'").split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
