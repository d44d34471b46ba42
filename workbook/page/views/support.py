"""People who can help, and how to plan: always reachable, and opened at the signs by a gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from htpy import Element, Node, a, b, bdi, button, h2, h3, h4, li, p, small, span, ul

from workbook.charts import markup
from workbook.instrument.items import SIGN_ANSWERS
from workbook.instrument.support import bare
from workbook.page.state import opening_gate
from workbook.page.telling import Phase
from workbook.page.views.parts import box, html, opening, paragraphs, switch_class

if TYPE_CHECKING:
    import ipywidgets as w

    from workbook.instrument.scales import Gate
    from workbook.instrument.support import Country, Service, Support, Topic
    from workbook.page.state import State
    from workbook.text.words import Words

UNSURE = SIGN_ANSWERS[-1]  # the answer that the page's words for doubt are for


def support_view(support: Support, words: Words) -> w.Widget:
    """Return the section with all services, closed by country, and the planning page."""
    head = [h2[support.title], danger(support), paragraphs(support.intro)]
    plan = paragraphs([words("support.planning-intro"), *support.planning])
    planning = opening(words("support.planning"), [plan, _topics(support)])
    said = html([head, planning, services(support, words)], "wb-support")
    return box([said], "wb wb-support-section")


def safety_view(state: State, support: Support | None, words: Words) -> w.Widget:
    """Return the calm page that stands in for scores once a gate opens it.

    It stays when the answer is taken back, until the workbook is started over.
    """
    page = html(classes="wb-safety")

    def show() -> None:
        page.value = markup(state.guarded_once and _safety(state, support, words))
        switch_class(page, "wb-off", on=not state.guarded_once)

    state.tell(Phase.SAY, show)
    return page


def _safety(state: State, support: Support | None, words: Words) -> Node:
    """Return the page's text; with the gate no longer set, only the way to help."""
    gate = opening_gate(state.assessment)
    parts: list[Node] = []
    if gate:
        outcome = state.instrument.outcome(gate.outcome)
        parts += [h3[outcome.title], p[outcome.text]]
    elif support:
        parts.append(h3[support.title])
    if support:
        parts += [danger(support), paragraphs(opening_words(support, gate))]
        parts += [h4[words("support.planning")], paragraphs(support.planning), _topics(support)]
        parts += [h4[support.title] if gate else None, services(support, words)]
    return [*parts, _print(support, words)]


def opening_words(support: Support, gate: Gate | None) -> tuple[str, ...]:
    """Return the words above the lists: those for doubt where a doubt has set the gate."""
    return support.doubt if gate and gate.when == UNSURE and support.doubt else support.intro


def danger(support: Support) -> Node:
    """Return the line for somebody who is in danger now; it stands above all lists."""
    return support.danger and p(".wb-danger")[support.danger]


def _topics(support: Support) -> Node:
    note = "" if support.reviewed else support.reviewed_note
    return [[_topic(topic) for topic in support.topic], note and p(".wb-note")[note]]


def _topic(topic: Topic) -> Element:
    sources = ", ".join(map(bare, topic.source))
    return opening(topic.title, [paragraphs(topic.texts), small[sources]])


def _print(support: Support | None, words: Words) -> Element:
    """Return the button that prints, which first asks where the paper will lie."""
    note = p[support.print_note] if support and support.print_note else None
    yes = button(".wb-strong", type="button", data_wb_print=True)[words("talk.print-yes")]
    no = button(".wb-button", type="button", data_wb_shut=True)[words("talk.print-no")]
    return opening(words("talk.print"), [note, yes, no])


def services(support: Support, words: Words) -> Node:
    """Return every country's services and what their dates mean."""
    note = support.checked_note and p(".wb-note")[support.checked_note]
    return [[_country(c, words) for c in support.country], note]


def _country(country: Country, words: Words) -> Element:
    return opening(country.name, ul[(_service(s, words) for s in country.service)])


def _service(service: Service, words: Words) -> Element:
    call = a(dir="ltr", href=f"tel:{service.dialled}")[service.phone]
    web = bdi(dir="ltr")[service.web]
    more = [
        service.topic and span[service.topic],
        service.phone and call,
        service.text_line and span[service.text_line],
        service.web and web,
        service.note and span[service.note],
    ]
    told = [[" · ", said] for said in more if said]
    return li[b[service.name], told, " ", small[service.named(words)]]
