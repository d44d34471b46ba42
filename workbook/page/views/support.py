"""People who can help: always reachable, and at the signs themselves once one has set a gate."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING

from workbook.page.views.parts import box, details, html, paragraphs, raw_tag, switch_class, tag

if TYPE_CHECKING:
    import ipywidgets as w

    from workbook.instrument.support import Country, Service, Support
    from workbook.page.state import State
    from workbook.text.words import Words


def support_view(support: Support, words: Words) -> w.Widget:
    """Return the section with all services, closed by country."""
    head = tag("h2", support.title) + paragraphs(support.intro)
    return box([html(head + services(support, words), "wb-support")], "wb wb-support-section")


def safety_view(state: State, support: Support | None, words: Words) -> w.Widget:
    """Return the calm page that stands in for scores once a gate withholds them.

    It stays when the answer is taken back, until the workbook is started over.
    """
    page = html(_safety(state, support, words), "wb-safety")

    def show() -> None:
        page.value = _safety(state, support, words) if state.guarded_once else ""
        switch_class(page, "wb-off", on=not state.guarded_once)

    state.watch_result(show)
    return page


def _safety(state: State, support: Support | None, words: Words) -> str:
    """Return the page's text; with the gate no longer set, only the way to help."""
    assessment, parts = state.assessment, []
    if "scores" in assessment.withheld and assessment.outcome:
        outcome = state.instrument.outcome(assessment.outcome)
        parts.append(tag("h3", outcome.title) + paragraphs([outcome.text]))
    elif support:
        parts.append(tag("h3", support.title))
    if support:
        parts.append(paragraphs(support.planning) + services(support, words))
    return "".join(parts)


def services(support: Support, words: Words) -> str:
    """Return every country's services and what was checked of them, as HTML."""
    note = paragraphs([support.checked_note], "wb-note") if support.checked_note else ""
    return "".join(_country(c, words) for c in support.country) + note


def _country(country: Country, words: Words) -> str:
    return details(
        country.name, raw_tag("ul", "".join(_service(s, words) for s in country.service))
    )


def _service(service: Service, words: Words) -> str:
    parts = [tag("b", service.name)]
    if service.topic:
        parts.append(tag("span", service.topic))
    if service.phone:
        dialled = "".join(c for c in service.phone if c.isdigit() or c == "+")
        parts.append(f'<a dir="ltr" href="tel:{dialled}">{escape(service.phone)}</a>')
    if service.text_line:
        parts.append(tag("span", service.text_line))
    if service.web:
        parts.append(f'<bdi dir="ltr">{escape(service.web)}</bdi>')
    if service.note:
        parts.append(tag("span", service.note))
    if service.source:
        parts.append(
            tag("span", words("support.seen", day=_day(service.seen, words), source=service.source))
        )
    return raw_tag("li", " · ".join(parts))


def _day(seen: str, words: Words) -> str:
    """Return the day of a source as the language writes it; what is no date, as it stands."""
    try:
        return words.date(date.fromisoformat(seen))
    except ValueError:
        return seen
