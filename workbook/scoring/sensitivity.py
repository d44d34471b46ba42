"""Sensitivity: how the outcome fares when every weight is drawn anew, answers as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from workbook.instrument.scales import NOT_ENOUGH
from workbook.scoring.rules import NONE, judge
from workbook.scoring.sheet import sheet_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbook.instrument.answers import Answers
    from workbook.instrument.model import Instrument
    from workbook.scoring.sheet import Sheet

    Floats: TypeAlias = NDArray[np.float64]
    Bools: TypeAlias = NDArray[np.bool_]

WEIGHTINGS = 2_000
SEED = 20_260_131
SPREAD = 2.0  # each weight is multiplied by 1/2 to 2
ALMOST, MOSTLY = 0.95, 0.75  # shares from which an outcome holds almost always, or mostly

Firmness: TypeAlias = Literal["always", "almost", "mostly", "depends"]


@dataclass(frozen=True)
class Sensitivity:
    """How the outcome fares under other weightings.

    ``share`` (0..1) of ``weightings`` keep it. Where some do not, ``item`` is the one whose weight
    tells the two apart best, and ``heavier`` whether it weighs more where the outcome turns.
    Each weighting multiplies each weight by ``spread`` to the power of a number from -1 to 1, drawn
    with ``seed``: scale after scale, a row a weighting.
    """

    share: float
    weightings: int
    item: str | None = None
    heavier: bool = False
    seed: int = SEED
    spread: float = SPREAD

    @property
    def firmness(self) -> Firmness:
        """The share in a word; a percentage would read like a proof."""
        if self.item is None:
            return "always"
        return "almost" if self.share >= ALMOST else "mostly" if self.share >= MOSTLY else "depends"


def find_sensitivity(instrument: Instrument, answers: Answers) -> Sensitivity | None:
    """Return how the outcome fares under other weightings, drawn with a fixed seed.

    Each weight is multiplied by a factor between 1/2 and 2, as likely below 1 as above. None where
    the scores do not lead to an outcome.
    """
    sheet = sheet_of(instrument, answers)
    now = judge(sheet)
    if (
        not instrument.rules
        or now.rule[0] == NONE
        or instrument.outcomes[now.outcome[0]].id == NOT_ENOUGH
    ):
        return None
    random = np.random.default_rng(SEED)
    weights = [scale.weights for scale in sheet.layout.scales]
    drawn = [random.uniform(-1.0, 1.0, (WEIGHTINGS, len(w))) for w in weights]
    after = judge(sheet, [w * SPREAD**d for w, d in zip(weights, drawn, strict=True)])
    kept = after.outcome == now.outcome[0]
    if kept.all():
        return Sensitivity(1.0, WEIGHTINGS)
    item, lean = _telling(sheet, drawn, kept)
    return Sensitivity(float(kept.mean()), WEIGHTINGS, item, heavier=lean > 0)


def _telling(sheet: Sheet, drawn: list[Floats], kept: Bools) -> tuple[str, float]:
    """Return the item whose factor differs most between turned and kept, and by how much."""
    found: list[tuple[float, str, float]] = []
    for n, factors in enumerate(drawn):
        ids = sheet.layout.scales[n].ratings
        turned = factors[~kept].mean(axis=0) - (factors[kept].mean(axis=0) if kept.any() else 0.0)
        found += [(abs(d), i, float(d)) for i, d in zip(ids, turned, strict=True)]
    _, item, lean = max(found, key=lambda f: f[0])
    return item, lean
