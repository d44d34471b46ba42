"""The cells of a table's column, each distinct text read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from workbook.instrument.answers import check_answer
from workbook.instrument.kinds import kind_of
from workbook.records.checkin.cells import unshield
from workbook.records.stream.sources import LOST
from workbook.text.errors import AnswerError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbook.instrument.items import Item
    from workbook.instrument.kinds import Scalar
    from workbook.instrument.model import Instrument

    Ints: TypeAlias = NDArray[np.int64]
    Bools: TypeAlias = NDArray[np.bool_]

BLANK, WRONG = -1, -2
NOT_AVAILABLE = "NA"  # how R writes a blank
MANY = 10_000  # texts of one column that are remembered at most


@dataclass
class Reader:
    """Reads the cells of one item's column, batch after batch."""

    instrument: Instrument
    key: str
    _known: dict[str, Scalar | None] = field(default_factory=dict)
    _wrong: set[str] = field(default_factory=set)

    @cached_property
    def item(self) -> Item:
        """The item."""
        return self.instrument.by_id[self.key]

    @property
    def allowed(self) -> str:
        """What an answer may be, in words."""
        return kind_of(self.item).allowed(self.item, self.instrument.words)

    def read(self, column: pa.DictionaryArray) -> tuple[pd.Categorical, Bools]:
        """Return the answers of a batch, and which of its cells are no answer and not blank."""
        if len(self._known) > MANY:
            self._known.clear()
            self._wrong.clear()
        answers: dict[tuple[type, Scalar], int] = {}
        places = np.array([self._place(text, answers) for text in column.dictionary.to_pylist()])
        codes = places.astype(np.int64).take(column.indices.to_numpy(zero_copy_only=False))
        wrong: Bools = codes == WRONG
        categories = pd.Index([answer for _, answer in answers], dtype=object)
        return pd.Categorical.from_codes(np.maximum(codes, BLANK), categories=categories), wrong

    def _place(self, text: str, answers: dict[tuple[type, Scalar], int]) -> int:
        """Return the number of an answer among those of a batch."""
        if LOST in text:
            return WRONG
        if text not in self._known and text not in self._wrong:
            try:
                self._known[text] = self._answer(text)
            except AnswerError:
                self._wrong.add(text)
        if text in self._wrong:
            return WRONG
        answer = self._known[text]
        return BLANK if answer is None else answers.setdefault((type(answer), answer), len(answers))

    def _answer(self, text: str) -> Scalar | None:
        if not text.strip():
            return None
        value = kind_of(self.item).parse(self.item, unshield(text))
        try:
            return check_answer(self.instrument, self.key, value)
        except AnswerError:
            if text.strip() == NOT_AVAILABLE:
                return None
            raise


def are_lost(column: pa.StringArray) -> Bools:
    """Return which cells hold what was no text in the file's encoding."""
    found: Bools = pc.match_substring(column, LOST).to_numpy(zero_copy_only=False)
    return found
