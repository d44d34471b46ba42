"""What must hold in a whole instrument beyond the types of its values: names, bands, rules."""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from typing import TYPE_CHECKING

from workbook.instrument.checking_content import MOST_POINTS, WIDEST, check_content, known
from workbook.instrument.checking_laws import check_order
from workbook.instrument.checking_limits import check_gates, check_limits
from workbook.instrument.content import is_own
from workbook.instrument.fineness import check_fineness
from workbook.instrument.items import Item
from workbook.instrument.kinds import KINDS, kind_of
from workbook.instrument.scales import NOT_ENOUGH, WITHHOLDABLE
from workbook.text.errors import shorten

if TYPE_CHECKING:
    from workbook.instrument.items import KindName
    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import ItemWeight, Scale
    from workbook.text.report import Report

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
VERSION = re.compile(r"\d{1,9}(\.\d{1,9}){0,4}", re.ASCII)
FARTHEST = 1_000_000  # a rating's least and highest number, either way
PARTS = ("low", "high", "answered", "band")  # what tables and files name after a scale
ENDS = ("high", "low")  # of a scale, one of them the better
OUTCOME = "outcome"  # a column beside those of the scales
DEFAULTS = {f.name: f.default for f in dataclasses.fields(Item)}
MOST_CASES = 10_000  # rows a full rule table may have


def check_instrument(instrument: Instrument, report: Report) -> None:
    """Note every fault of ``instrument`` in ``report``."""
    _check_names(instrument, report)
    for item in instrument.items:
        _check_item(item, instrument, report)
    for scale in instrument.scales:
        _check_scale(scale, instrument, report)
    check_fineness(instrument, report)
    check_limits(instrument, report)
    check_gates(instrument, report)
    _check_rules(instrument, report)
    check_content(instrument, report)
    check_order(instrument, report)


def _check_names(instrument: Instrument, report: Report) -> None:
    for table, entries in (
        ("chapter", instrument.chapters),
        ("theme", instrument.themes),
        ("item", instrument.items),
        ("scale", instrument.scales),
        ("gate", instrument.gates),
        ("outcome", instrument.outcomes),
        ("rule", [r for r in instrument.rules if r.id]),
        ("way", instrument.ways),
        ("retired", instrument.retired),
        ("own.sides", instrument.own.sides if instrument.own else ()),
    ):
        for name, count in Counter(e.id for e in entries).items():
            if count > 1:
                report.add(f"{table}[{name}].id", "double", name=name, count=count)
            if name and not ID.fullmatch(name):
                report.add(f"{table}[{name}].id", "bad-id", name=name)
    scales = [s.id for s in instrument.scales]
    taken = {f"{scale}.{part}": scale for scale in scales for part in PARTS} | {OUTCOME: OUTCOME}
    for name in scales:
        if name in taken:
            report.add(f"scale[{name}].id", "taken-id", name=name, other=taken[name])
    _check_head(instrument, report)


def _check_head(instrument: Instrument, report: Report) -> None:
    if not ID.fullmatch(instrument.id):
        report.add("id", "bad-id", name=instrument.id)
    if not VERSION.fullmatch(instrument.version):
        report.add("version", "version", value=instrument.version)
    if not instrument.items:
        report.add("item", "none")
    used = {i.chapter for i in instrument.items}
    for chapter in instrument.chapters:
        if chapter.holds:
            known(f"chapter[{chapter.id}].holds", [chapter.holds], WITHHOLDABLE, report)
        if instrument.items and chapter.id not in used:
            report.add(f"chapter[{chapter.id}]", "empty-chapter")


def _check_item(item: Item, instrument: Instrument, report: Report) -> None:
    key = f"item[{item.id}]"
    if item.chapter:
        known(f"{key}.chapter", [item.chapter], (c.id for c in instrument.chapters), report)
    else:
        report.add(f"{key}.chapter", "no-chapter")
    if is_own(item.id):
        report.add(f"{key}.id", "own-id")
    takes = kind_of(item).keys
    for name in {n for k in KINDS.values() for n in k.keys} - set(takes):
        if getattr(item, name) != DEFAULTS[name]:
            report.add(f"{key}.{name}", "not-for-kind", kind=item.kind)
    if "min" in takes:
        _check_range(item, key, instrument, report)
    if "options" in takes:
        _check_options(item, key, report)


def _check_options(item: Item, key: str, report: Report) -> None:
    doubles = [o for o, n in Counter(o.id for o in item.options).items() if n > 1]
    if not item.options:
        report.add(f"{key}.options", "missing")
    elif doubles:
        report.add(f"{key}.options", "double", name=doubles[0], count=2)


def _check_range(item: Item, key: str, instrument: Instrument, report: Report) -> None:
    if item.scored and not any(item.id == tie.id for s in instrument.scales for tie in s.items):
        report.add(f"{key}.id", "no-scale")
    for name in ("min", "max"):
        value = getattr(item, name)
        if value is None:
            report.add(f"{key}.{name}", "missing")
        elif abs(value) > FARTHEST:
            report.add(f"{key}.{name}", "too-large", value=shorten(value), most=FARTHEST)
    if item.min is None or item.max is None:
        return
    if not 0 < item.max - item.min <= WIDEST:
        report.add(f"{key}.max", "range", low=item.min, high=item.max, widest=WIDEST)


def _check_scale(scale: Scale, instrument: Instrument, report: Report) -> None:
    key = f"scale[{scale.id}]"
    kinds = {i.id: i.kind for i in instrument.items}
    unscored = {i.id for i in instrument.items if not i.scored}
    for name, count in Counter(t.id for t in scale.items).items():
        if count > 1:
            report.add(f"{key}.items[{name}]", "double", name=name, count=count)
    for tie in scale.items:
        _check_tie(tie, kinds, f"{key}.items[{tie.id}]", report)
        if tie.id in unscored:
            report.add(f"{key}.items[{tie.id}].id", "unscored", name=tie.id)
    if scale.better:
        known(f"{key}.better", [scale.better], ENDS, report)
    ratings = [t.id for t in scale.ratings]
    if not any((t.weight or 0) > 0 for t in scale.ratings):
        report.add(f"{key}.items", "no-weight")
    elif not 1 <= scale.min_answered <= len(ratings):
        report.add(f"{key}.min_answered", "count", most=len(ratings))
    _check_requirements(scale, key, ratings, report)
    _check_bands(scale, f"{key}.bands", report)


def _check_requirements(scale: Scale, key: str, ratings: list[str], report: Report) -> None:
    for n, need in enumerate(scale.require, start=1):
        if not 1 <= need.at_least <= len(set(need.items)):
            report.add(f"{key}.require[{n}].at_least", "count", most=len(set(need.items)))
        for name, count in Counter(need.items).items():
            if count > 1:
                report.add(f"{key}.require[{n}].items", "double", name=name, count=count)
        known(f"{key}.require[{n}].items", need.items, ratings, report)


def _check_tie(tie: ItemWeight, kinds: dict[str, KindName], key: str, report: Report) -> None:
    if not known(f"{key}.id", [tie.id], kinds, report):
        return
    kind = kinds[tie.id]
    takes = KINDS[kind].counts
    if not takes:
        report.add(f"{key}.id", "not-scored", kind=kind)
        return
    given = {n: v for n in ("weight", "add") if (v := getattr(tie, n)) is not None}
    for name in given:
        if name not in takes:
            report.add(f"{key}.{name}", "wrong-number", kind=kind, right=takes[0])
    if len(given) > 1:
        report.add(f"{key}.add", "both-numbers")
    elif not given.keys() & set(takes):
        report.add(f"{key}.{takes[0]}", "missing")
    if tie.reverse and kind != "rating":
        report.add(f"{key}.reverse", "not-for-kind", kind=kind)
    _check_numbers(given, key, report)


def _check_numbers(given: dict[str, float], key: str, report: Report) -> None:
    for name, value in given.items():
        if value < 0:
            report.add(f"{key}.{name}", "negative", value=value)
        elif name == "add" and value > MOST_POINTS:
            report.add(f"{key}.add", "too-large", value=shorten(value), most=MOST_POINTS)


def _check_bands(scale: Scale, key: str, report: Report) -> None:
    """Bands start at 0 and each goes on where the one before ends, so that only order can fail."""
    if not scale.bands:
        report.add(key, "missing")
        return
    for name, count in Counter(b.id for b in scale.bands).items():
        if count > 1:
            report.add(f"{key}[{name}].id", "double", name=name, count=count)
    edge = 0.0
    for band in scale.bands[:-1]:
        spot = f"{key}[{band.id}].below"
        if band.below is None:
            report.add(spot, "band-open")
        elif band.below <= edge or band.below > 100:  # noqa: PLR2004  # scores end at 100
            report.add(spot, "band-order", value=band.below, edge=edge)
        else:
            edge = band.below
    if scale.bands[-1].below is not None:
        report.add(f"{key}[{scale.bands[-1].id}].below", "band-gap", value=scale.bands[-1].below)


def _check_rules(instrument: Instrument, report: Report) -> None:
    if not instrument.rules:
        return
    scales = {s.id: s for s in instrument.scales}
    outcomes = [o.id for o in instrument.outcomes]
    known("outcome", [NOT_ENOUGH], outcomes, report)
    sound = True
    for n, rule in enumerate(instrument.rules, start=1):
        key = f"rule[{rule.id or n}]"
        known(f"{key}.outcome", [rule.outcome], outcomes, report)
        for scale, bands in rule.when.items():
            spot = f"{key}.when.{scale}"
            sound &= known(spot, [scale], scales, report) and known(
                spot, bands, (b.id for b in scales[scale].bands), report
            )
    if sound:
        _check_table(instrument, report)


def _check_table(instrument: Instrument, report: Report) -> None:
    if math.prod(len(s.bands) for s in instrument.rule_scales) > MOST_CASES:
        report.add("rule", "too-many-cases", most=MOST_CASES)
        return
    fired: set[int] = set()
    for case in instrument.rule_cases():
        first = next((n for n, rule in enumerate(instrument.rules) if rule.fits(case)), None)
        if first is None:
            said = ", ".join(f"{scale} {band}" for scale, band in case.items())
            report.add("rule", "open-case", case=said)
        else:
            fired.add(first)
    for n, rule in enumerate(instrument.rules):
        if n not in fired:
            report.add(f"rule[{rule.id or n + 1}]", "never-rule")
