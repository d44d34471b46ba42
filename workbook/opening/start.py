"""The start page as HTML: the server sends it at once, JupyterLab shows it in a widget."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from workbook.opening.icons import ICONS
from workbook.text.markup import details, paragraphs, raw_tag, tag

if TYPE_CHECKING:
    from workbook.instrument.model import Instrument
    from workbook.instrument.support import Support
    from workbook.text.words import Words

SHOWN = "WORKBOOK_START_SHOWN"  # set for kernels whose page has the start page already
IDLE_MINUTES = 30.0  # without any input, until a page asks whether somebody is there


def before(instrument: Instrument, support: Support | None) -> str:
    """Return what stands before the first question, as few words as can be, and the button."""
    about, words = instrument.about, instrument.words
    title = instrument.title or instrument.id
    head, *rest = about.start or (words("intro.title") if about.intro else title, *about.intro)
    framing = [about.framing] if about.framing and about.start else []
    return (
        tag("h1", head)
        + paragraphs(rest, "wb-intro")
        + raw_tag("ul", _promises(about.minutes, words), "wb-promises")
        + paragraphs([words("intro.watched")])
        + paragraphs(framing, "wb-hint")
        + (danger(support) if support else "")
        + raw_tag("div", _begin(words), "wb-go")
    )


def _promises(minutes: int | None, words: Words) -> str:
    """Return what everybody has to know first, each with its drawing."""
    promises = {name: words(f"intro.{name}") for name in ("kept", "leave")}
    if minutes:
        promises = {"minutes": words("intro.minutes", minutes=minutes), **promises}
    return "".join(_promise(name, said, words) for name, said in promises.items())


def _promise(name: str, said: str, words: Words) -> str:
    told = tag("b", said) + " " + tag("span", words(f"intro.{name}-more"))
    return raw_tag("li", ICONS[name] + raw_tag("div", told))


def _begin(words: Words) -> str:
    """Return the button, and beside it the place for what is said where it is pressed early."""
    text = tag("span", words("intro.begin"))
    button = f'<button type="button" class="wb-strong wb-begin" data-wb-begin>{text}</button>'
    return f'{button}<span class="wb-coming" role="status"></span>'


def more(instrument: Instrument, idle_minutes: float = IDLE_MINUTES) -> str:
    """Return what opens on request: more on what this is, what is kept, and how to leave."""
    words: Words = instrument.words
    ends = words("intro.ends", minutes=f"{idle_minutes:g}")
    alone = tag("p", ends, "wb-alone") if idle_minutes else ""
    parts = {
        "more": paragraphs(instrument.about.more),
        "watched-more-title": paragraphs([words("intro.watched-more")]),
        "left-behind-title": paragraphs([words("intro.left-behind")]) + alone,
    }
    return "".join(details(words(f"intro.{k}"), said) for k, said in parts.items() if said)


def danger(support: Support) -> str:
    """Return the line for somebody who is in danger now; it stands above all lists."""
    return paragraphs([support.danger] if support.danger else [], "wb-danger")


def storage_key(instrument: Instrument) -> str:
    """Return the name that a browser stores answers under: one an instrument, telling nothing."""
    return f"notes.{hashlib.sha256(instrument.id.encode()).hexdigest()[:8]}"
