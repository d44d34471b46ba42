"""Counterfactuals: the smallest changes of answers that would lead to another outcome.

The scorer is asked about many rows at once, a row a set of moves.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from workbook.instrument.content import is_own
from workbook.instrument.kinds import kind_of
from workbook.instrument.scales import NOT_ENOUGH
from workbook.scoring.rules import judge
from workbook.scoring.sheet import encode, sheet_like, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from workbook.instrument.answers import Answers
    from workbook.instrument.items import Item
    from workbook.instrument.kinds import Scalar
    from workbook.instrument.model import Instrument
    from workbook.scoring.rules import Verdicts

    Floats: TypeAlias = NDArray[np.float64]
    Bools: TypeAlias = NDArray[np.bool_]
    Ints: TypeAlias = NDArray[np.int64]

MOST_PAIRS = 100_000  # pairs of moves that are all looked at; beyond that, the best found
MOST_WAYS = 243  # ways to push the scores when more than two answers have to move
LITTLE = 1e-6  # less than any step of a score
MOST_TRIMMED = 2  # of the changes found on these ways, the shortest are made as small as can be


@dataclass(frozen=True)
class Move:
    """One answer that would have to be another: from ``old`` to ``new``."""

    item: str
    old: Scalar
    new: Scalar


@dataclass(frozen=True)
class Counterfactual:
    """The smallest change that leads to ``outcome``: fewest items, then the least total move.

    A rating moves by its share of the item's range, a box by 1. ``exact`` is false where more than
    two items have to move and no smaller change was found, though one may exist.
    """

    outcome: str
    moves: tuple[Move, ...]
    exact: bool

    @property
    def size(self) -> int:
        """How many answers would have to be others."""
        return len(self.moves)


def find_counterfactuals(instrument: Instrument, answers: Answers) -> tuple[Counterfactual, ...]:
    """Return the smallest change to each other outcome that changed answers can lead to.

    Only given answers change: blanks are questions, not changes, and a sign never moves. Empty
    unless every sign is answered "no".
    """
    if not instrument.rules or any(answers.get(sign.id) != "no" for sign in instrument.signs):
        return ()
    search = _Search(instrument, answers)
    found = {c.outcome: c for c in search.small()}
    for outcome in search.targets - found.keys():
        found |= {c.outcome: c for c in search.large(outcome)}
    return tuple(found[o.id] for o in instrument.outcomes if o.id in found)


class _Search:
    """Looks for changes of one person's answers. A move is known by its number."""

    def __init__(self, instrument: Instrument, answers: Answers) -> None:
        self._instrument = instrument
        self._sheet = sheet_of(instrument, answers)
        self._outcomes = np.array([o.id for o in instrument.outcomes])
        self._moves = list(_possible_moves(instrument, answers))
        items, columns = instrument.by_id, self._sheet.layout.columns
        self._item = np.array([columns[m.item] for m in self._moves], np.int64)
        self._value = np.array([encode(items[m.item], m.new) for m in self._moves])
        self._size = np.array([_size(items[m.item], m) for m in self._moves])
        now = self._outcomes[judge(self._sheet).outcome[0]]
        self.targets = {r.outcome for r in instrument.rules} - {str(now), NOT_ENOUGH}

    def small(self) -> Iterator[Counterfactual]:
        """Yield the smallest change to each outcome that one or two moves lead to."""
        yield from (changes := self._best(np.arange(len(self._moves))[:, None]))
        done = {c.outcome for c in changes}
        if done >= self.targets or len(self._moves) ** 2 > 2 * MOST_PAIRS:
            return
        pairs = np.stack(np.triu_indices(len(self._moves), 1), axis=1)
        pairs = pairs[self._item[pairs[:, 0]] != self._item[pairs[:, 1]]]
        yield from (c for c in self._best(pairs) if c.outcome not in done)

    def _best(self, rows: Ints) -> list[Counterfactual]:
        """Return the least move to each outcome among rows of moves."""
        if not len(rows):
            return []
        reached = self._outcomes[self._verdicts(rows).outcome]
        order = np.argsort(self._size[rows].sum(axis=1).round(9), kind="stable")
        outcomes, first = np.unique(reached[order], return_index=True)
        return [
            self._change(str(outcome), rows[order[at]], exact=True)
            for outcome, at in zip(outcomes, first, strict=True)
            if outcome in self.targets
        ]

    def large(self, target: str) -> list[Counterfactual]:
        """Return the best change found that needs more than two moves; empty if there is none."""
        found = [row for order in self._orders() if (row := self._first(order, target))]
        found = sorted(found, key=len)[:MOST_TRIMMED]
        trimmed = [self._trim(row, target) for row in found]
        trimmed.sort(key=lambda row: (len(row), float(self._size[row].sum())))
        return [self._change(target, np.array(row), exact=False) for row in trimmed[:1]]

    def _orders(self) -> Iterator[list[int]]:
        """Yield for each way to push the scores the best move of each item, strongest first."""
        if not self._moves:
            return
        base = _heights(judge(self._sheet))
        after = _heights(self._verdicts(np.arange(len(self._moves))[:, None]))
        effect = np.nan_to_num(after - base)
        ways = itertools.product((-1, 1, 0), repeat=len(base))
        for way in itertools.islice(ways, MOST_WAYS):
            gain = np.array(way) @ effect
            best: dict[int, int] = {}
            for move in np.argsort(-gain, kind="stable").tolist():
                if gain[move] > 0:
                    best.setdefault(int(self._item[move]), move)
            yield list(best.values())

    def _first(self, order: list[int], target: str) -> list[int]:
        """Return the shortest beginning of ``order`` that leads to ``target``, or nothing."""
        if not order:
            return []
        values = np.repeat(self._sheet.values.T, len(order), axis=1).T
        for n, move in enumerate(order):
            values[n:, self._item[move]] = self._value[move]
        hits = np.flatnonzero(self._reach(values) == target)
        return order[: hits[0] + 1] if len(hits) else []

    def _trim(self, row: list[int], target: str) -> list[int]:
        """Return ``row`` with each move, the weakest first, made as small as it can be."""
        for move in reversed(row):
            rest = [m for m in row if m != move]
            others = np.flatnonzero(self._item == self._item[move])
            others = others[np.argsort(self._size[others], kind="stable")]
            # the first row leaves the item as it is, the others move it further and further
            values = np.repeat(self._sheet.values.T, len(others) + 1, axis=1).T
            values[:, self._item[rest]] = self._value[rest]
            values[1:, self._item[move]] = self._value[others]
            hit = int(np.argmax(self._reach(values) == target))
            row = rest if hit == 0 else [*rest, int(others[hit - 1])]
        return row

    def _reach(self, values: Floats) -> NDArray[np.str_]:
        """Return the outcome of each row of coded answers."""
        return self._outcomes[judge(sheet_like(self._sheet, values)).outcome]

    def _verdicts(self, rows: Ints) -> Verdicts:
        """Return what the rules say after each row of moves."""
        values = np.repeat(self._sheet.values.T, len(rows), axis=1).T
        values[np.arange(len(rows))[:, None], self._item[rows]] = self._value[rows]
        return judge(sheet_like(self._sheet, values))

    def _change(self, outcome: str, row: Ints, *, exact: bool) -> Counterfactual:
        moves = sorted(
            (self._moves[n] for n in row), key=lambda m: list(self._instrument.by_id).index(m.item)
        )
        return Counterfactual(outcome, tuple(moves), exact)


def _heights(verdicts: Verdicts) -> Floats:
    """Return how high each score is (scales, rows); limits of its band tell equal ones apart."""
    return np.array(
        [
            found.value + LITTLE * (most + least)
            for found, (most, least) in zip(verdicts.scores, verdicts.limits, strict=True)
        ]
    )


def _possible_moves(instrument: Instrument, answers: Answers) -> Iterator[Move]:
    scored = {t.id for s in instrument.scales for t in s.items}
    for key, answer in answers.items():
        item = instrument.by_id[key]
        if key not in scored and not is_own(key, "rating"):
            continue
        every = kind_of(item).possible(item)
        yield from (Move(key, answer, value) for value in every if value != answer)


def _size(item: Item, move: Move) -> float:
    """Return a move as a share of the way between the item's ends."""
    steps = len(kind_of(item).possible(item)) - 1
    return abs(int(move.new) - int(move.old)) / steps
