"""What must hold in an instrument beside questions and scores: themes, own items, the message."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from workbook.text.errors import shorten
from workbook.text.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.instrument.items import Conditional
    from workbook.instrument.model import Instrument
    from workbook.text.report import Report

WIDEST = 100  # steps of one rating
MOST_POINTS = 1_000  # that one thing may add; 100 is the whole scale


def known(key: str, names: Iterable[str], allowed: Iterable[str], report: Report) -> bool:
    """Note each of ``names`` that is not in ``allowed``; return whether all are."""
    allowed = tuple(allowed)
    unknown = [n for n in names if n not in allowed]
    nothing = load_words()("error.type.nothing")
    for name in unknown:
        report.add(key, "unknown-id", name=name, allowed=", ".join(allowed) or nothing)
    return not unknown


def check_content(instrument: Instrument, report: Report) -> None:
    """Note the faults of themes, own items, plan and message in ``report``."""
    _check_themes(instrument, report)
    _check_own(instrument, report)
    _check_choices(instrument, report)
    _check_message(instrument, report)
    _check_ways(instrument, report)
    _check_retired(instrument, report)
    _check_about(instrument, report)


def _check_themes(instrument: Instrument, report: Report) -> None:
    themed = {i.theme for i in instrument.items}
    for theme in instrument.themes:
        if theme.id not in themed:
            report.add(f"theme[{theme.id}]", "empty-theme")
    for item in instrument.items:
        if item.theme:
            key = f"item[{item.id}].theme"
            themes = (t.id for t in instrument.themes)
            known(key, [item.theme], themes, report)


def _check_own(instrument: Instrument, report: Report) -> None:
    own = instrument.own
    if own is None:
        return
    known("own.sides", (s.scale for s in own.sides), (s.id for s in instrument.scales), report)
    if not own.sides:
        report.add("own.sides", "missing")
    if not 0 < own.max - own.min <= WIDEST:
        report.add("own.max", "range", low=own.min, high=own.max, widest=WIDEST)
    if not 1 <= own.most <= WIDEST:
        report.add("own.most", "count", most=WIDEST)
    if not 1 < own.weight <= WIDEST:  # one weight would be nothing to choose
        report.add("own.weight", "range", low=1, high=own.weight, widest=WIDEST)
    _check_points("own.add", own.add, report)
    for side in own.sides:
        if side.at_most is not None:
            _check_points(f"own.sides[{side.id}].at_most", side.at_most, report)


def _check_points(key: str, points: float, report: Report) -> None:
    if points < 0:
        report.add(key, "negative", value=points)
    elif points > MOST_POINTS:
        report.add(key, "too-large", value=shorten(points), most=MOST_POINTS)


def _check_message(instrument: Instrument, report: Report) -> None:
    """Note what the message names without there being any, and phrases without words."""
    outcomes = [o.id for o in instrument.outcomes]
    message = instrument.message
    if message is None:
        return
    texts = [i.id for i in instrument.of_kind("text")]
    choices = {i.id: i.options for i in instrument.of_kind("choice")}
    known("message.parts", message.parts, texts, report)
    if message.tone:
        known("message.tone", [message.tone], choices, report)
    tones = [o.id for o in choices.get(message.tone, ())]
    for n, wording in enumerate(message.wording, start=1):
        key = f"message.wording[{n}]"
        known(f"{key}.part", [wording.part], message.parts, report)
        known(f"{key}.outcomes", wording.outcomes, outcomes, report)
        if wording.tone:
            known(f"{key}.tone", [wording.tone], tones, report)
        _check_offered(instrument, wording, key, report)
    for n, phrase in enumerate(message.phrase, start=1):
        if not phrase.texts or not all(text.strip() for text in phrase.texts):
            report.add(f"message.phrase[{n}].texts", "empty")
    for n, expected in enumerate(message.expects, start=1):
        known(f"message.expects[{n}].part", [expected.part], message.parts, report)


def _check_choices(instrument: Instrument, report: Report) -> None:
    """Note what options and questions lead to without there being any."""
    outcomes = [o.id for o in instrument.outcomes]
    for item in instrument.items:
        for option in item.options:
            key = f"item[{item.id}].options[{option.id}].start"
            known(key, option.start, outcomes, report)
            _check_offered(instrument, option, key.removesuffix(".start"), report)
        if item.back_to:
            chapters = (c.id for c in instrument.chapters)
            known(f"item[{item.id}].back_to", [item.back_to], chapters, report)


def _check_offered(instrument: Instrument, entry: Conditional, key: str, report: Report) -> None:
    """Note what the offer of an option or a wording hangs on without being a box."""
    boxes = [i.id for i in instrument.of_kind("check")]
    known(f"{key}.only_with", entry.only_with, boxes, report)
    known(f"{key}.not_with", entry.not_with, boxes, report)


def _check_ways(instrument: Instrument, report: Report) -> None:
    outcomes = [o.id for o in instrument.outcomes]
    for way in instrument.ways:
        known(f"way[{way.id}].outcomes", way.outcomes, outcomes, report)


def _check_retired(instrument: Instrument, report: Report) -> None:
    """Note retired questions that are still asked, or whose answers go nowhere."""
    for old in instrument.retired:
        if old.id in instrument.by_id:
            report.add(f"retired[{old.id}].id", "retired", name=old.id)
        if old.now:
            known(f"retired[{old.id}].now", [old.now], (i.id for i in instrument.items), report)


def _check_about(instrument: Instrument, report: Report) -> None:
    day = instrument.about.updated
    if day and not _is_day(day):
        report.add("about.updated", "day", value=day)


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False
