"""Reachable outcomes and status, proved by filling the blanks in every way there is."""

import itertools
import math
from collections.abc import Iterator, Mapping

from hypothesis import given
from hypothesis import strategies as st

from tests.core.making import Raw, load_raw
from tests.core.strategies import answers_to, instruments, lawful
from workbook import Instrument, assess
from workbook.instrument.items import Item

MOST = 200  # ways to fill the blanks that one example may have


def options(item: Item) -> tuple[object, ...]:
    if item.kind == "sign":
        return ("yes", "no", "not sure")
    if item.kind == "check":
        return (True, False)
    assert item.min is not None
    assert item.max is not None
    return tuple(range(item.min, item.max + 1))


def blanks(instrument: Instrument, answers: Mapping[str, object]) -> list[Item]:
    return [i for i in instrument.items if i.id not in answers]


def completions(instrument: Instrument, answers: Raw) -> Iterator[Raw]:
    """Every full set of answers that agrees with ``answers``."""
    items = blanks(instrument, answers)
    for values in itertools.product(*map(options, items)):
        yield {**answers, **dict(zip((i.id for i in items), values, strict=True))}


def few_blanks(draw: st.DataObject, instrument: Instrument) -> Raw:
    """Answers with so many blanks that all ways to fill them can be tried."""
    answers = draw.draw(answers_to(instrument))
    while math.prod(len(options(i)) for i in blanks(instrument, answers)) > MOST:
        item = blanks(instrument, answers)[0]
        answers[item.id] = draw.draw(st.sampled_from(options(item)))
    return answers


def check_by_trying_all(instrument: Instrument, answers: Raw) -> None:
    result = assess(instrument, answers)
    reached = {assess(instrument, full).outcome for full in completions(instrument, answers)}
    assert result.reachable == reached
    if result.outcome == "not-enough":
        assert result.status == "open"
    elif reached == {result.outcome}:
        assert result.status == "settled"
    else:
        assert result.status == "leaning"


@given(raw=instruments(), data=st.data())
def test_every_way_to_fill_the_blanks_of_any_instrument(raw: Raw, data: st.DataObject) -> None:
    instrument = load_raw(raw)
    check_by_trying_all(instrument, few_blanks(data, instrument))


@given(raw=lawful(), data=st.data())
def test_so_it_is_where_many_caps_and_floors_stand(raw: Raw, data: st.DataObject) -> None:
    instrument = load_raw(raw)
    check_by_trying_all(instrument, few_blanks(data, instrument))


# Close to an edge by construction: both scores share all items, one of them turned round.
@given(
    weights=st.lists(st.integers(1, 3), min_size=3, max_size=3),
    edge=st.sampled_from((40, 50, 60)),
    capped=st.booleans(),
    data=st.data(),
)
def test_scales_that_share_items_are_followed_together(
    weights: list[int], edge: int, *, capped: bool, data: st.DataObject
) -> None:
    instrument = load_raw(_twins(weights, edge, capped=capped))
    check_by_trying_all(instrument, few_blanks(data, instrument))


def _twins(weights: list[int], edge: int, *, capped: bool) -> Raw:
    def scale(name: str, *, reverse: bool) -> Raw:
        ties: list[Raw] = [
            {"id": f"r{n}", "weight": w, "reverse": reverse} for n, w in enumerate(weights)
        ]
        ties.append({"id": "box", "add": 10})
        return {"id": name, "bands": [{"id": "low", "below": edge}, {"id": "up"}], "items": ties}

    bands = ("low", "up")
    cells = [{"p": [p], "q": [q]} for p in bands for q in bands]
    rating = {"kind": "rating", "text": "?", "min": 0, "max": 2}
    return {
        "id": "twins",
        "version": "1",
        "item": [
            *({"id": f"r{n}", **rating} for n in range(3)),
            {"id": "box", "kind": "check", "text": "?"},
        ],
        "scale": [scale("p", reverse=False), scale("q", reverse=True)],
        "cap": [{"scale": "q", "item": "r0", "above": 1, "at_most": "low"}] if capped else [],
        "outcome": [{"id": o, "title": o} for o in ("0", "1", "2", "3", "not-enough")],
        "rule": [{"when": when, "outcome": str(n)} for n, when in enumerate(cells)],
    }


@given(data=st.data())
def test_the_shipped_instruments_when_little_is_blank(
    data: st.DataObject, friendship: Instrument, car: Instrument
) -> None:
    for instrument in (friendship, car):
        full = data.draw(answers_to(instrument))
        quiet = {i.id: value for i in instrument.items if (value := _least(i)) is not None}
        open_ones = data.draw(st.lists(st.sampled_from(sorted(quiet)), max_size=2, unique=True))
        answers = {k: v for k, v in {**quiet, **full}.items() if k not in open_ones}
        others = {i.id: "" for i in instrument.items if i.id not in quiet and i.kind == "text"}
        choices = {i.id: i.options[0].id for i in instrument.items if i.kind == "choice"}
        check_by_trying_all(instrument, {**answers, **others, **choices})


def _least(item: Item) -> object:
    return {"rating": item.min, "sign": "no", "check": False}.get(item.kind)
