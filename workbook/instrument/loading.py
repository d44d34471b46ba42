"""Read an instrument file and refuse it whole, with all its faults, if anything in it is wrong."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.instrument.checking import check_instrument
from workbook.instrument.items import Chapter
from workbook.instrument.model import Instrument
from workbook.instrument.reading import read_table
from workbook.text.errors import InstrumentError
from workbook.text.languages import open_words, words_of
from workbook.text.report import Report, read_toml
from workbook.text.roles import role_of
from workbook.text.translation import Shape, shape_of, translate, translation_of

if TYPE_CHECKING:
    import os

    from workbook.text.words import Words

# What the file calls a table, written once per entry, and what the instrument calls all of them.
TABLES = {
    "chapter": "chapters",
    "theme": "themes",
    "item": "items",
    "scale": "scales",
    "cap": "caps",
    "floor": "floors",
    "gate": "gates",
    "rule": "rules",
    "outcome": "outcomes",
    "way": "ways",
}
MADE = {"file", "fingerprint", "words"}  # by the loader; no file holds them
NO_KEYS = MADE | {*TABLES.values()}
TOP_KEYS = sorted({f.name for f in dataclasses.fields(Instrument)} - NO_KEYS | TABLES.keys())
ONLY_CHAPTER = "all"
SHAPE: Shape = shape_of(Instrument, {plural: single for single, plural in TABLES.items()})


def load_instrument(
    path: str | os.PathLike[str],
    language: str | None = None,
    locale: str | os.PathLike[str] | None = None,
) -> Instrument:
    """Load an instrument, checked whole.

    Parameters
    ----------
    path
        The TOML file.
    language
        Asks for a translation ("de"), which stands beside the file as ``<name>.de.toml``, and for
        interface words. By default the instrument speaks its own language.
    locale
        The folder with the interface words (``de.toml``), by default the project's own.

    Returns
    -------
    Instrument
        Frozen, in the order of the file: ``items``, ``chapters``, ``scales``, ``caps``, ``floors``,
        ``gates``, ``rules``, ``outcomes`` and what else it holds. ``fingerprint`` is 16 hex digits
        that follow structure and numbers, not texts.

    Raises
    ------
    InstrumentError
        With every fault at once (``faults``: key and reason), also where the file cannot be read
        or is not TOML. ``file``, ``key`` and ``reason`` are those of the first.

    Notes
    -----
    What each key does: docs/writing-an-instrument.md.

    Examples
    --------
    >>> import workbook
    >>> car = workbook.load_instrument("data/examples/car.toml")
    >>> [scale.id for scale in car.scales]
    ['trust', 'cost']

    """
    file = Path(path)
    raw = read_toml(file)
    instrument = _checked(raw, file.name, Report())
    if language in (None, instrument.language):
        words = open_words(instrument.language, locale) if locale else words_of(instrument.language)
    else:
        words = open_words(language, locale)
        instrument = _translated(raw, file, words)
    fingerprint = _fingerprint(instrument)
    return dataclasses.replace(instrument, fingerprint=fingerprint, words=words)


def _translated(raw: dict[str, Any], path: Path, words: Words) -> Instrument:
    """Return the instrument in ``raw`` with the texts of its translation."""
    report, file = Report(), translation_of(path, words.language)
    try:
        texts = translate(raw, read_toml(file), SHAPE, report)
        instrument = _checked(texts | {"language": words.language}, file.name, report)
    except InstrumentError as error:
        error.words = words
        raise
    return dataclasses.replace(instrument, file=path.name)


def _checked(raw: dict[str, Any], file: str, report: Report) -> Instrument:
    instrument = _build(raw, file, report)
    check_instrument(instrument, report)
    if report.faults:
        raise InstrumentError(file, report.faults)
    return instrument


def _build(raw: dict[str, Any], file: str, report: Report) -> Instrument:
    for name in raw.keys() & NO_KEYS:
        report.add(name, "unknown-key", allowed=", ".join(TOP_KEYS))
    table = {TABLES.get(k, k): raw[k] for k in raw.keys() - NO_KEYS} | {"file": file}
    instrument = read_table(Instrument, table, "", _NamedReport(report))
    if not instrument.chapters:
        only = Chapter(ONLY_CHAPTER, instrument.title or instrument.id)
        items = [
            dataclasses.replace(i, chapter=i.chapter or ONLY_CHAPTER) for i in instrument.items
        ]
        instrument = dataclasses.replace(instrument, chapters=(only,), items=tuple(items))
    return instrument


class _NamedReport(Report):
    """Names top-level tables as the file does: ``item[some.id].min``."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report
        self._singular = {plural: single for single, plural in TABLES.items()}

    def add(self, key: str, code: str, **values: object) -> None:
        key = key.removeprefix(".")
        head = key.split("[", 1)[0].split(".", 1)[0]
        if code == "unknown-key" and key == head:
            values["allowed"] = ", ".join(TOP_KEYS)
        self._report.add(self._singular.get(head, head) + key[len(head) :], code, **values)


def _fingerprint(instrument: Instrument) -> str:
    """Return 16 hex digits that change with structure and numbers, not with texts."""
    canonical = json.dumps(_structure(instrument), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _structure(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        cls: type = type(value)
        return {name: _structure(getattr(value, name)) for name in _counted(cls)}
    if isinstance(value, Mapping):
        return {k: _structure(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return [_structure(v) for v in value]
    return value


@cache
def _counted(cls: type) -> tuple[str, ...]:
    """Return the fields on which scores or answers depend."""
    return tuple(f.name for f in dataclasses.fields(cls) if role_of(cls, f.name) is None)
