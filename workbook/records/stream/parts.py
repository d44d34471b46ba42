"""What is read of files: answers of some people, and what could not be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    import pyarrow as pa


@dataclass(frozen=True)
class Reject:
    """What was not used, and why: a cell, a row (no ``column``), or a file (no ``row``).

    It never holds what stood there: that may be an answer.
    """

    file: str
    reason: str
    row: int | None = None
    column: str = ""


@dataclass(frozen=True)
class Part:
    """Answers of some people: ``answers`` (people, items) as :func:`assess_table` takes them.

    ``files`` and ``rows`` (people) say where they stood, a row by its number in a spreadsheet;
    ``beside`` holds the columns that pass through. ``rejects`` are those that were met on the way,
    ``refused`` how many rows they are about.
    """

    files: pa.Array
    rows: pa.Array
    answers: pd.DataFrame
    beside: Mapping[str, pa.Array] = field(default_factory=dict)
    rejects: Sequence[Reject] = ()
    refused: int = 0
