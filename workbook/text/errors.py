"""What is said when input is wrong: one sentence that names the place and what is allowed.

The sentences stand in the locale files under ``error``; an error carries its code and values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbook.text.words import Words, load_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class WorkbookError(ValueError):
    """Base of all errors about a person's input. ``str(error)`` is one plain sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    words: Words | None = None
    """The language of the instrument where one is known, for ``str``; else English."""

    def sentence(self, words: Words) -> str:
        """Return the sentence in the language of ``words``."""
        return words(f"error.{self.code}", **self.values)

    def __str__(self) -> str:
        return self.sentence(self.words or load_words())

    def __reduce__(self) -> tuple[Any, ...]:
        # on its way from another process; the subclasses are not made of ``args``
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[WorkbookError], args: tuple[Any, ...], state: dict[str, Any]) -> Any:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


@dataclass(frozen=True)
class Fault:
    """One fault in an instrument file: the key it stands at and why it is one."""

    key: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, words: Words) -> str:
        """Return the reason as a sentence."""
        return words(f"error.instrument.{self.code}", **self.values)

    @property
    def reason(self) -> str:
        """The reason as a sentence in English."""
        return self.sentence(load_words())


class InstrumentError(WorkbookError):
    """A file with an instrument, services or words cannot be used. Holds all its faults.

    ``key`` and ``reason`` are those of the first.

    Attributes: ``file`` (str), ``key`` (str), ``reason`` (str), ``faults`` (tuple of Fault).
    """

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        super().__init__("instrument-line", file=file)
        self.file = file
        self.faults = tuple(faults)
        self.key = self.faults[0].key
        self.reason = self.faults[0].reason

    def sentence(self, words: Words) -> str:
        """Return one line a fault: file, key, reason."""
        return "\n".join(
            words("error.instrument-line", file=self.file, key=f.key, reason=f.sentence(words))
            for f in self.faults
        )


class AnswerError(WorkbookError):
    """A value is not an answer to this item.

    Attributes: ``item`` (the key), ``value`` (as given), ``allowed`` (what would be accepted).
    """

    def __init__(
        self,
        item: str,
        value: object,
        allowed: str,
        *,
        row: object = None,
        words: Words | None = None,
    ) -> None:
        code = "answer" if row is None else "answer-row"
        super().__init__(code, item=_cut(item), value=shorten(value), allowed=allowed, row=row)
        self.item = item
        self.value = value
        self.allowed = allowed
        self.row = row
        self.words = words


class CheckinError(WorkbookError):
    """A check-in file cannot be read. Nothing of it is used.

    Attributes: ``row`` (1 is the header; None when the whole file is meant), ``column`` (name or
    None), ``reason`` (sentence).
    """

    def __init__(
        self, code: str, *, row: int | None = None, column: str | None = None, **values: object
    ) -> None:
        place = "whole" if row is None else "row" if column is None else "cell"
        super().__init__(f"checkin-{place}", row=row, column=column)
        self.row = row
        self.column = column
        self._reason = (code, values)

    @property
    def reason(self) -> str:
        """The reason as a sentence."""
        return self._explain(self.words or load_words())

    @property
    def hushed(self) -> str:
        """The reason without what stands in the file, for lists that others may see."""
        words = self.words or load_words()
        code, values = self._reason
        told = {"found", "id"} if code == "unknown-id" else {"found"}
        this = dict.fromkeys(told & values.keys(), words("error.this"))
        return _sentence(code, {**values, **this}, words)

    def _explain(self, words: Words) -> str:
        return _sentence(*self._reason, words)

    def sentence(self, words: Words) -> str:
        """Return the place and the reason."""
        reason, column = self._explain(words), _cut(self.column)
        return words(f"error.{self.code}", row=self.row, column=column, reason=reason)


def _sentence(code: str, values: Mapping[str, object], words: Words) -> str:
    return words(f"error.checkin.{code}", **{k: _cut(v) for k, v in values.items()})


def _cut(value: object, most: int = 60) -> object:
    """Return a text from a file on one line and cut to ``most`` characters; others as they are."""
    if not isinstance(value, str):
        return value
    line = " ".join(value.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def shorten(value: object, most: int = 60) -> str:
    """Return ``repr(value)``, cut to ``most`` characters, for use in a sentence."""
    text = repr(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"
