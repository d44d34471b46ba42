"""A result in words: scores, items, outcome, and what a result still needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.instrument.content import is_own, own_field
from workbook.reflection.themes import count_themes, foremost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.instrument.answers import Answers
    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Scale
    from workbook.reflection.progress import Need, Progress
    from workbook.scoring.assessment import Assessment, Score
    from workbook.text.words import Words


SHORT = 12  # characters of a name that has room in a region of the map on a phone


def number(value: float | None, words: Words) -> str:
    """Return a score as it is shown: a whole number, or the word for none."""
    return words("score.none") if value is None else words.number(value)


def band_text(scale: Scale, score: Score, words: Words) -> str:
    """Return the name of a score's band."""
    if score.band is None:
        return words("score.none")
    return scale.band(score.band).name


def say_score(scale: Scale, score: Score, words: Words) -> str:
    """Return a score, its band and its range in a sentence."""
    if score.low is None or score.high is None:
        return words("score.withheld", scale=scale.name)
    low, high = number(score.low, words), number(score.high, words)
    if score.value is None:
        return words("score.missing", scale=scale.name, low=low, high=high)
    value, band = number(score.value, words), band_text(scale, score, words)
    code = "score.exact" if low == high else "score.ranged"
    said = words(code, scale=scale.name, value=value, band=band, low=low, high=high)
    free = scale.band_at(score.value)
    if free.id == score.band:
        return said
    return words("score.limited", said=said, band=free.name)


def say_points(value: float | None, words: Words) -> str:
    """Return points as they are shown, to one decimal."""
    return words("score.none") if value is None else words.number(value, 1)


def part_name(assessment: Assessment, item_id: str) -> str:
    """Return an item's short name; an own item is called what the person called it."""
    text = assessment.answers.get(own_field(item_id, "text")) if is_own(item_id) else None
    item = assessment.instrument.by_id[item_id]
    return str(text)[:40] if text else item.name


def scale_part_name(assessment: Assessment, scale: Scale, item_id: str, words: Words) -> str:
    """Return the name of what makes up a score: of a reversed item, that little of it counts."""
    name = part_name(assessment, item_id)
    reverse = any(tie.id == item_id and tie.reverse for tie in scale.items)
    return words("parts.little", item=name) if reverse else name


def say_list(texts: Sequence[str], words: Words) -> str:
    """Return texts joined as in a sentence: the last two by "and"."""
    *first, last = texts or ("",)
    if not first:
        return last
    return words("list.and", first=words("list.comma").join(first), last=last)


def say_signs(answer: str, names: str, words: Words) -> str:
    """Return which signs were answered so ("blank": not at all)."""
    code = answer.replace(" ", "-")
    return words(f"why.signs.{code}", signs=names)


def say_themes(instrument: Instrument, answers: Answers, words: Words) -> str:
    """Return in a sentence what the ticked boxes could be about."""
    most, least = foremost(count_themes(instrument, answers))
    if not most:
        return words("found.nothing")
    join = words("list.or").join
    titles = [join(c.theme.title for c in counts) for counts in (most, least)]
    return words("found.stands-out", most=titles[0], least=titles[1])


def say_map(assessment: Assessment, words: Words) -> str:
    """Return in one sentence where the scores that the rules look at stand among the outcomes."""
    pair = assessment.instrument.rule_scales
    scores = [assessment.scores[scale.id] for scale in pair]
    if any(score.value is None for score in scores):
        return words("map.open")
    cell = tuple(
        [band.id for band in scale.bands].index(str(score.band))
        for scale, score in zip(pair, scores, strict=True)
    )
    region = assessment.instrument.outcome(assessment.regions[cell])
    return words("map.point", outcome=region.title)


def map_marks(assessment: Assessment, words: Words) -> dict[str, str]:
    """Return what stands in a region of the map for each outcome there: its name, or a number.

    Long names would lie over each other on a phone; a legend then says them.
    """
    there = set(assessment.regions.values())
    outcomes = [o for o in assessment.instrument.outcomes if o.id in there]
    if all(len(o.name) <= SHORT for o in outcomes):
        return {o.id: o.name for o in outcomes}
    return {o.id: words.number(n) for n, o in enumerate(outcomes, start=1)}


def headline(assessment: Assessment, words: Words) -> str:
    """Return in one sentence what the answers line up with."""
    if assessment.outcome is None:
        return ""
    outcome = assessment.instrument.outcome(assessment.outcome)
    if "scores" in assessment.withheld:
        return outcome.title
    return words(f"headline.{assessment.status}", outcome=outcome.title)


def short(assessment: Assessment, words: Words) -> str:
    """Return the same for a narrow bar."""
    if assessment.outcome is None:
        return ""
    outcome = assessment.instrument.outcome(assessment.outcome)
    if "scores" in assessment.withheld:
        return outcome.name
    return words(f"headline-short.{assessment.status}", outcome=outcome.name)


def needs(instrument: Instrument, progress: Progress, words: Words) -> list[str]:
    """Return in sentences what a result still needs."""
    return [_need(instrument, need, words) for need in progress.needs]


def _need(instrument: Instrument, need: Need, words: Words) -> str:
    titles = {c.id: c.title for c in instrument.chapters}
    chapters = dict.fromkeys(titles[instrument.by_id[i].chapter] for i in need.items)
    joined = words("list.or").join(chapters)
    if need.scale is None:
        return words.count("need.sign", need.count, chapters=joined)
    name = next(s.name for s in instrument.scales if s.id == need.scale)
    return words.count("need.rating", need.count, scale=name, chapters=joined)
