"""What is found: a sentence, and how much it matters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Weight(IntEnum):
    """How much a finding matters."""

    REMARK = 0  # good to know
    FAULT = 1  # something does not work, or a promise is not kept
    END = 2  # a server need not start like this


@dataclass(frozen=True)
class Finding:
    """One thing that is found. ``sentence`` says what it is and what to do, on one line."""

    sentence: str
    weight: Weight = Weight.FAULT


def remark(sentence: str) -> Finding:
    """Return what is good to know, and keeps nothing from working."""
    return Finding(sentence, Weight.REMARK)


def end(sentence: str) -> Finding:
    """Return what no server can work with."""
    return Finding(sentence, Weight.END)
