"""Own items: what matters to a person and no question asks, a card each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from htpy import h2, p

from workbook.page.telling import Phase, guarded
from workbook.page.views.parts import box, html, press, switch_class
from workbook.page.views.questions import question

if TYPE_CHECKING:
    import ipywidgets as w

    from workbook.instrument.content import Own
    from workbook.page.state import State
    from workbook.text.words import Words


class OwnItems:
    """The section for own items: a card for each one in use, and a button for one more."""

    def __init__(self, state: State, own: Own, words: Words) -> None:
        self._state, self._own, self._words = state, own, words
        self._made: dict[int, w.VBox] = {}
        self._open: set[int] = set()
        self._cards = box([], "wb-cards")
        self._add = press(words("own.add"), "wb-button wb-add")
        self._add.on_click(guarded(state, lambda _: self._show({*self._open, self._free()})))
        head = html([h2[own.title], own.intro and p(".wb-intro")[own.intro]])
        self.view = box([head, self._cards, self._add], "wb wb-own")
        keys = [f.id for n in self._numbers for f in own.fields(n)]
        state.tell(Phase.CLEAR, lambda: self._show(self._used()))
        state.tell(Phase.DRAW, lambda: self._show(self._open | self._used()), keys)

    @property
    def _numbers(self) -> range:
        return range(1, self._own.most + 1)

    def _used(self) -> set[int]:
        """Return the numbers of the own items that anything is said of."""
        answers = self._state.answers
        return {n for n in self._numbers if any(f.id in answers for f in self._own.fields(n))}

    def _free(self) -> int:
        return next(n for n in self._numbers if n not in self._open)

    def _show(self, numbers: set[int]) -> None:
        """Show the cards of these numbers; a card is made when it is first shown."""
        for n in sorted(numbers - self._made.keys()):
            self._made[n] = self._card(n)
            self._cards.children = tuple(self._made[k] for k in sorted(self._made))
        for n, card in self._made.items():
            switch_class(card, "wb-off", on=n not in numbers)
        self._open = set(numbers)
        switch_class(self._add, "wb-off", on=len(numbers) == self._own.most)

    def _card(self, n: int) -> w.VBox:
        fields = self._own.fields(n)
        remove = press(self._words("own.remove"), "wb-quiet-button wb-remove")
        unfinished = html(p(".wb-hint")[self._words("own.unfinished")], "wb-unfinished")

        def drop(_: Any) -> None:
            self._state.update({f.id: None for f in fields})
            self._show(self._open - {n})

        def check() -> None:
            _text, side, rating, _weight = (f.id in self._state.answers for f in fields)
            switch_class(unfinished, "wb-off", on=side == rating)

        remove.on_click(guarded(self._state, drop))
        self._state.tell(Phase.DRAW, check, [f.id for f in fields])
        controls = [question(self._state, f, self._words) for f in fields]
        return box([*controls, unfinished, remove], f"wb-card wb-own-{n}")
