"""Made-up answers to a whole instrument, for properties of what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from workbook.instrument.items import SIGN_ANSWERS

if TYPE_CHECKING:
    from workbook.instrument.items import Item
    from workbook.instrument.model import Instrument

Answers = dict[str, object]


def _value(item: Item) -> st.SearchStrategy[object]:
    if item.kind == "rating":
        return st.integers(item.min or 0, item.max or 0)
    if item.kind == "check":
        return st.booleans()
    if item.kind == "sign":
        return st.sampled_from(SIGN_ANSWERS)
    if item.kind == "choice":
        return st.sampled_from([option.id for option in item.options])
    return st.text("ab &<>=,\"'\n", max_size=8)


def answers_to(instrument: Instrument) -> st.SearchStrategy[Answers]:
    """Answers to some of the questions: all, none, or with few blanks; also with quiet signs."""
    signs = {s.id: _value(s) for s in instrument.signs}
    quiet = {s.id: st.just("no") for s in instrument.signs}
    rest = {i.id: _value(i) for i in instrument.items if i.kind != "sign"}
    own = {i.id: _value(i) for i in instrument.own_items[:8]}
    return st.one_of(
        st.fixed_dictionaries({}, optional=signs | rest | own),
        st.fixed_dictionaries(signs | rest, optional=own),
        st.fixed_dictionaries(quiet | rest, optional=own),
        st.fixed_dictionaries(quiet, optional=rest | own),
    )
