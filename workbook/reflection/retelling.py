"""A history in words: how a score went, the outcomes, what moved, the lean and the steps."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from workbook.reflection.choice import lean_item, sure_item
from workbook.reflection.history import say_day, seconds
from workbook.reflection.sentences import band_text, number, part_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.instrument.kinds import Scalar
    from workbook.instrument.model import Instrument
    from workbook.instrument.scales import Scale
    from workbook.reflection.history import History, Point
    from workbook.reflection.moves import Change, Moved
    from workbook.text.words import Words

WEEK = 7 * 86400  # seconds
NAMED = 3  # moves that the sentence names


def say_notes(history: History, words: Words) -> Iterator[str]:
    """Yield what has to be known of all drawings: how many, versions, gaps, no scores."""
    days = history.days
    if not days:
        return
    (first, *_), (*_, last) = days.values(), days.values()
    if len(days) == 1:
        yield words("history.only", day=last)
    else:
        yield words.count("history.count", len(days), first=first, last=last)
    if history.older:
        yield words.count("history.older", len(history.older))
    if history.gaps:
        before, after = max(history.gaps, key=lambda gap: seconds(gap[1]) - seconds(gap[0]))
        weeks = round((seconds(after) - seconds(before)) / WEEK)
        yield words.count("history.gap", weeks, before=days[before], after=days[after])
    without = sum(p.outcome is None for p in days) if history.instrument.rules else 0
    if without:
        yield words.count("history.without", without)


def say_course(history: History, scale: Scale, words: Words) -> str:
    """Return in a sentence how a score went."""
    days = history.days
    scored = history.scored(scale.id)
    if not scored:
        return words("history.course-none", scale=scale.name)
    (start, first), (end, last) = scored[0], scored[-1]
    told: dict[str, object] = {"scale": scale.name, "band": band_text(scale, last, words)}
    told |= {"last": number(last.value, words), "end": days[end]}
    if len(scored) == 1:
        return words("history.course-one", **told)
    low, high = (pick(scored, key=lambda s: s[1].value or 0.0) for pick in (min, max))
    told |= {"first": number(first.value, words), "start": days[start]}
    turns = {"low": low, "high": high}
    between = [
        words(f"history.course-{way}", value=number(score.value, words), day=days[point])
        for way, (point, score) in turns.items()
        if score.value not in (first.value, last.value)
    ]
    return " ".join((words("history.course", **told), *between))


def say_outcomes(history: History, words: Words) -> str:
    """Return in a sentence what the answers lined up with."""
    found = [p for p in history.points if p.outcome]
    if not found:
        return words("history.outcomes-none")
    titles = {o.id: o.title for o in history.instrument.outcomes}
    turns = sum(a.outcome != b.outcome for a, b in pairwise(found))
    days = history.days
    last = words("history.lined-up", day=days[found[-1]], outcome=titles[str(found[-1].outcome)])
    if not turns:
        same = words.count("history.outcomes-same", len(found)) if len(found) > 1 else ""
        return f"{last} {same}".strip()
    ((most, count),) = Counter(p.outcome for p in found).most_common(1)
    said = words("history.outcomes-most", outcome=titles[str(most)], count=count, of=len(found))
    return " ".join((last, said, words.count("history.outcomes-turned", turns)))


def say_moved(moved: Moved | None, words: Words) -> str:
    """Return in a sentence what moved most since last time."""
    if moved is None:
        return words("history.moved-none")
    one_day = moved.before.at.date() == moved.after.at.date()
    day = say_day(moved.before, words, hour=one_day)
    boxes = _boxes(moved, words)
    if not moved.changes:
        return " ".join((words("history.moved-still", day=day), *boxes))
    told = [say_change(moved, change, words) for change in moved.changes[:NAMED]]
    said = words("history.moved", day=day, moves=words("history.then").join(told))
    left = len(moved.changes) - len(told)
    more = [words.count("history.moved-more", left)] if left else []
    return " ".join((said, *more, *boxes))


def _boxes(moved: Moved, words: Words) -> Iterator[str]:
    """Yield which boxes are ticked now, and which are no longer."""
    for way, sign in (("on", 1), ("off", -1)):
        found = [c.item for c in moved.ticked if c.share * sign > 0]
        if found:
            names = [f"“{part_name(moved.after.assessment, item)}”" for item in found]
            yield words(f"history.boxes-{way}", names=words.listed(names))


def say_change(moved: Moved, change: Change, words: Words) -> str:
    """Return one move in words, with its size where that has a word."""
    instrument = moved.after.assessment.instrument
    said = words(
        "history.change",
        item=part_name(moved.after.assessment, change.item),
        before=say_answer(instrument, change.item, change.before, words),
        after=say_answer(instrument, change.item, change.after, words),
    )
    how = say_size(moved, change, words)
    return words("history.change-how", said=said, how=how) if how else said


def say_size(moved: Moved, change: Change, words: Words) -> str:
    """Return in words how far a rating went, and which way; of other answers nothing."""
    if moved.after.assessment.instrument.by_id[change.item].kind != "rating":
        return ""
    way = "up" if change.share > 0 else "down"
    return words(f"history.{way}-{change.size}")


def say_share(moved: Moved, change: Change, words: Words) -> str:
    """Return how far an answer moved, in percent of its range; of a box nothing."""
    if moved.after.assessment.instrument.by_id[change.item].kind == "check":
        return words("score.none")
    sign = "+" if change.share > 0 else "\N{MINUS SIGN}"
    return words("history.share", sign=sign, share=words.number(abs(change.share) * 100))


def say_answer(instrument: Instrument, key: str, answer: Scalar, words: Words) -> str:
    """Return an answer as short as it can be said: a number, or the word for it."""
    if instrument.by_id[key].kind == "rating":
        return words.number(int(answer))
    return words(f"answer.{str(answer).lower()}")


def say_lean(history: History, words: Words) -> str:
    """Return in a sentence which way the person leans now, and whether that has turned."""
    leaning = [p for p in history.points if p.lean]
    if not leaning:
        return words("history.lean-none")
    days = history.days
    last, before = leaning[-1], next((p for p in leaning[::-1] if p.lean != leaning[-1].lean), None)
    told = words("history.lean", day=days[last], lean=lean_and_sure(last, words))
    if before is None:
        return told
    return f"{told} {words('history.lean-before', day=days[before], lean=lean_text(before))}"


def lean_text(point: Point) -> str:
    """Return the way that a point leans to, in the words of its option; "" for none."""
    item = lean_item(point.assessment.instrument)
    return next((o.text for o in item.options if o.id == point.lean), "") if item else ""


def lean_and_sure(point: Point, words: Words) -> str:
    """Return the way that a point leans to, and how surely where that was said."""
    sure = sure_item(point.assessment.instrument)
    if point.sure is None or sure is None:
        return lean_text(point)
    return words("history.sure", lean=lean_text(point), sure=point.sure, most=sure.max)


def say_steps(history: History, words: Words) -> str:
    """Return in a sentence how many of the planned steps are done: each step is counted once."""
    steps: dict[tuple[str, str], bool] = {}
    for point in history.points:
        for step in point.steps:
            if step.done is not None:
                key = (step.item.id, step.text)
                steps[key] = steps.get(key, False) or step.done
    if not steps:
        return words("history.steps-none")
    return words.count("history.steps", len(steps), done=sum(steps.values()))
