"""People who can help, and how to plan: always reachable, and opened at the signs by a gate."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from workbook.instrument.items import SIGN_ANSWERS
from workbook.instrument.support import bare
from workbook.opening.start import danger
from workbook.page.state import opening_gate
from workbook.page.views.parts import box, html, switch_class
from workbook.text.markup import details, paragraphs, raw_tag, tag

if TYPE_CHECKING:
    import ipywidgets as w

    from workbook.instrument.scales import Gate
    from workbook.instrument.support import Country, Service, Support, Topic
    from workbook.page.state import State
    from workbook.text.words import Words

UNSURE = SIGN_ANSWERS[-1]  # the answer that the page's words for doubt are for


def support_view(support: Support, words: Words) -> w.Widget:
    """Return the section with all services, closed by country, and the planning page."""
    head = tag("h2", support.title) + danger(support) + paragraphs(support.intro)
    plan = paragraphs([words("support.planning-intro"), *support.planning])
    planning = details(words("support.planning"), plan + _topics(support))
    return box(
        [html(head + planning + services(support, words), "wb-support")], "wb wb-support-section"
    )


def safety_view(state: State, support: Support | None, words: Words) -> w.Widget:
    """Return the calm page that stands in for scores once a gate opens it.

    It stays when the answer is taken back, until the workbook is started over.
    """
    page = html(classes="wb-safety")

    def show() -> None:
        page.value = _safety(state, support, words) if state.guarded_once else ""
        switch_class(page, "wb-off", on=not state.guarded_once)

    state.watch_result(show)
    return page


def _safety(state: State, support: Support | None, words: Words) -> str:
    """Return the page's text; with the gate no longer set, only the way to help."""
    gate, parts = opening_gate(state.assessment), []
    if gate:
        outcome = state.instrument.outcome(gate.outcome)
        parts.append(tag("h3", outcome.title) + paragraphs([outcome.text]))
    elif support:
        parts.append(tag("h3", support.title))
    if support:
        parts.append(danger(support) + paragraphs(opening_words(support, gate)))
        parts.append(tag("h4", words("support.planning")) + paragraphs(support.planning))
        parts.append(_topics(support))
        parts.append(tag("h4", support.title) if gate else "")
        parts.append(services(support, words))
    parts.append(_print(support, words))
    return "".join(parts)


def opening_words(support: Support, gate: Gate | None) -> tuple[str, ...]:
    """Return the words above the lists: those for doubt where a doubt has set the gate."""
    return support.doubt if gate and gate.when == UNSURE and support.doubt else support.intro


def _topics(support: Support) -> str:
    note = "" if support.reviewed else support.reviewed_note
    topics = "".join(_topic(topic) for topic in support.topic)
    return topics + paragraphs([note] if note else [], "wb-note")


def _topic(topic: Topic) -> str:
    sources = ", ".join(map(bare, topic.source))
    return details(topic.title, paragraphs(topic.texts) + tag("small", sources))


def _print(support: Support | None, words: Words) -> str:
    """Return the button that prints, which first asks where the paper will lie."""
    note = paragraphs([support.print_note] if support and support.print_note else [])
    yes = f'<button type="button" class="wb-strong" data-wb-print>{escape(words("talk.print-yes"))}'
    no = f'<button type="button" class="wb-button" data-wb-shut>{escape(words("talk.print-no"))}'
    return details(words("talk.print"), f"{note}{yes}</button>{no}</button>")


def services(support: Support, words: Words) -> str:
    """Return every country's services and what their dates mean, as HTML."""
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
        number = escape(service.phone)
        parts.append(f'<a dir="ltr" href="tel:{service.dialled}">{number}</a>')
    if service.text_line:
        parts.append(tag("span", service.text_line))
    if service.web:
        parts.append(f'<bdi dir="ltr">{escape(service.web)}</bdi>')
    if service.note:
        parts.append(tag("span", service.note))
    return raw_tag("li", " · ".join(parts) + " " + tag("small", service.named(words)))
