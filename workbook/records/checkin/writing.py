"""From answers to a check-in file: a row for each answer and each result."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from workbook.instrument.content import is_own, own_field
from workbook.instrument.kinds import kind_of
from workbook.records.checkin.cells import shield, shield_answer, shield_name
from workbook.records.checkin.header import COLUMNS
from workbook.records.checkin.lines import BOM
from workbook.scoring.assessment import Assessment, assess

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workbook.instrument.items import Item
    from workbook.instrument.kinds import Scalar
    from workbook.instrument.model import Instrument

KINDS = ("answer", "score", "outcome")
MARK = "v"  # before a version: 1.1.0 alone is a date to some spreadsheets
NAMES = ("instrument", "version", "fingerprint", "id", "chapter")
STATUS = ("outcome", "status")  # kind and id of the last row where there is an outcome
NO_RESULTS = ("outcome", "end")  # the same where there is no result at all
ENDS = {STATUS, NO_RESULTS}


def write_checkin(
    instrument: Instrument,
    answers: Mapping[str, object],
    saved_at: datetime | str | None = None,
) -> str:
    """Write one check-in: a row for each answer, then a row for each result.

    Parameters
    ----------
    instrument
        What :func:`workbook.load_instrument` returned.
    answers
        As :func:`workbook.assess` takes them.
    saved_at
        A time or an ISO 8601 text, by default now (UTC, to the second).

    Returns
    -------
    str
        CSV: a byte order mark, CRLF, text quoted and formula-safe, numbers not quoted. The columns
        are those of docs/check-in.md; what a gate withholds has no row.

    Raises
    ------
    AnswerError
        As :func:`workbook.assess` does. ValueError for a text that is no time.

    Notes
    -----
    Texts that a spreadsheet could run or turn into something else are shielded (OWASP, "CSV
    Injection"); reading takes the shield off.

    Examples
    --------
    >>> import workbook
    >>> car = workbook.load_instrument("data/examples/car.toml")
    >>> text = workbook.write_checkin(car, {"them.late": 2}, saved_at="2026-03-09T18:30:00+00:00")
    >>> workbook.read_checkin(car, text).answers["them.late"]
    2

    """
    if saved_at is None:
        saved_at = datetime.now(UTC).replace(microsecond=0)
    if isinstance(saved_at, str):
        saved_at = datetime.fromisoformat(saved_at)
    return BOM + to_csv([COLUMNS, *checkin_rows(instrument, answers, saved_at)])


def checkin_rows(
    instrument: Instrument, answers: Mapping[str, object], saved_at: datetime
) -> Iterator[list[object]]:
    """Yield the rows of one check-in, cells in the order of ``COLUMNS``."""
    assessment = assess(instrument, answers)
    version = MARK + instrument.version
    head = (saved_at.isoformat(), instrument.id, version, instrument.fingerprint)
    for row in (*_answer_rows(assessment), *_result_rows(assessment)):
        cells = zip(COLUMNS, (*head, *row), strict=True)
        yield [_shielded(column, cell) for column, cell in cells]


def to_csv(rows: Iterable[Sequence[object]], delimiter: str = ",", end: str = "\r\n") -> str:
    """Return rows as CSV: texts quoted, numbers not."""
    out = io.StringIO()
    csv.writer(
        out, delimiter=delimiter, quoting=csv.QUOTE_NONNUMERIC, lineterminator=end
    ).writerows(rows)
    return out.getvalue()


def _shielded(column: str, cell: object) -> object:
    """Return a cell so that a spreadsheet takes it for what it is; values are so already."""
    if not isinstance(cell, str) or column == "value":
        return cell
    return shield_name(cell) if column in NAMES else shield(cell)


def _answer_rows(assessment: Assessment) -> Iterator[tuple[object, ...]]:
    instrument = assessment.instrument
    for key, value in assessment.answers.items():
        item = instrument.by_id[key]
        weight = _weight(assessment, item)
        label = kind_of(item).label(item, value, instrument.words)
        yield ("answer", key, item.chapter, item.text, _cell(value), label, weight)


def _weight(assessment: Assessment, item: Item) -> int | str:
    """Return how much a rating counts: a number, or one a scale where they are not the same."""
    if is_own(item.id, "rating"):
        weight = assessment.answers.get(own_field(item.id, "weight"), "")
        return weight if isinstance(weight, int) else ""
    weights = {
        s.id: t.weight or 0
        for s in assessment.instrument.scales
        for t in s.ratings
        if t.id == item.id
    }
    if len(set(weights.values())) <= 1:
        return next(iter(weights.values()), "")
    return "; ".join(f"{scale}: {weight}" for scale, weight in weights.items())


def _cell(value: Scalar) -> int | str:
    """Return an answer as it is written: numbers stay numbers."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, int) else shield_answer(value)


def _result_rows(assessment: Assessment) -> Iterator[tuple[object, ...]]:
    instrument, words = assessment.instrument, assessment.instrument.words
    for scale in instrument.scales if "scores" not in assessment.withheld else ():
        score = assessment.scores[scale.id]
        band = scale.band(score.band).text if score.band else ""
        for part, value in (("", score.value), (".low", score.low), (".high", score.high)):
            said = words(f"csv.score{part.replace('.', '-')}", scale=scale.name)
            shown = "" if value is None else value
            yield ("score", f"{scale.id}{part}", "", said, shown, "" if part else band, "")
    if assessment.outcome is not None:
        title = instrument.outcome(assessment.outcome).title
        found = shield_name(assessment.outcome)
        yield ("outcome", "outcome", "", words("csv.outcome"), found, title, "")
        label = words(f"status.{assessment.status}")
        yield (*STATUS, "", words("csv.status"), assessment.status, label, "")
    if end_of(assessment) == NO_RESULTS:
        yield (*NO_RESULTS, "", words("csv.end"), "", "", "")


def end_of(assessment: Assessment) -> tuple[str, str]:
    """Return kind and id of the row with which a whole file ends."""
    if assessment.outcome is not None:
        return STATUS
    scales = assessment.instrument.scales if "scores" not in assessment.withheld else ()
    return ("score", f"{scales[-1].id}.high") if scales else NO_RESULTS
