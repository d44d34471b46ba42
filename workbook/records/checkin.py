"""The check-in file: answers and results as CSV, a row each, and the way back to the answers.

Reading takes the answer rows and the time and leaves the result rows aside. It is all or nothing.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from workbook.instrument.answers import Answers, check_answer, check_answers
from workbook.instrument.checking import VERSION
from workbook.instrument.content import is_own, own_field
from workbook.instrument.kinds import kind_of
from workbook.scoring.assessment import Assessment, assess
from workbook.text.errors import AnswerError, CheckinError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.instrument.kinds import Scalar
    from workbook.instrument.model import Instrument

COLUMNS = (
    "saved_at",
    "instrument",
    "version",
    "fingerprint",
    "kind",
    "id",
    "chapter",
    "question",
    "value",
    "label",
    "weight",
)
KINDS = ("answer", "score", "outcome")
BOM = "\ufeff"
DELIMITERS = ",;\t"
MOST_BYTES = 4 * 1024 * 1024
# What a spreadsheet takes for the start of a formula (OWASP, "CSV Injection"), wide forms included.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001  # the wide forms are meant
SHIELD = "'"


@dataclass(frozen=True)
class Checkin:
    """Answers as they were saved. ``dropped`` are ids of an older version that are gone."""

    answers: Answers
    saved_at: datetime
    dropped: tuple[str, ...] = ()


def write_checkin(
    instrument: Instrument,
    answers: Mapping[str, object],
    saved_at: datetime | str | None = None,
) -> str:
    """Return answers and results as CSV text: BOM, CRLF, text quoted, numbers not.

    ``saved_at`` is a time or an ISO 8601 text, by default now (UTC, to the second). Raises
    AnswerError as :func:`workbook.assess` does.
    """
    assessment = assess(instrument, answers)
    if saved_at is None:
        saved_at = datetime.now(UTC).replace(microsecond=0)
    if isinstance(saved_at, str):
        saved_at = datetime.fromisoformat(saved_at)
    head = (saved_at.isoformat(), instrument.id, instrument.version, instrument.fingerprint)
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in (*_answer_rows(assessment), *_result_rows(assessment)):
        writer.writerow([shield(c) if isinstance(c, str) else c for c in (*head, *row)])
    return BOM + out.getvalue()


def shield(text: str) -> str:
    """Return ``text`` so that no spreadsheet runs it as a formula; :func:`unshield` undoes it."""
    return SHIELD + text if _shielded(SHIELD + text) else text


def unshield(text: str) -> str:
    """Return ``text`` as it was before :func:`shield`."""
    return text[1:] if _shielded(text) else text


def _shielded(text: str) -> bool:
    return text.startswith(SHIELD) and text[1:].startswith((*FORMULA, SHIELD))


def _answer_rows(assessment: Assessment) -> Iterator[tuple[object, ...]]:
    instrument = assessment.instrument
    weights = {t.id: t.weight for s in instrument.scales for t in s.ratings}
    for key, value in assessment.answers.items():
        item = instrument.by_id[key]
        weight = weights.get(key, "")
        if is_own(key, "rating"):
            weight = assessment.answers.get(own_field(key, "weight"), "")
        kind = kind_of(item)
        label = kind.label(item, value, instrument.words)
        yield ("answer", key, item.chapter, item.text, kind.cell(value), label, weight)


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
        yield ("outcome", "outcome", "", words("csv.outcome"), assessment.outcome, title, "")
        label = words(f"status.{assessment.status}")
        yield ("outcome", "status", "", words("csv.status"), assessment.status, label, "")


def read_checkin(instrument: Instrument, text: str | bytes | bytearray | memoryview) -> Checkin:
    """Return the answers in a check-in file and when it was saved.

    A file of an older version of the instrument is taken over by item id; ids that are gone are in
    ``dropped``. Raises CheckinError (row, column, reason) for anything else than a whole, sound
    check-in of this instrument; nothing of it is used then.
    """
    try:
        return _read(instrument, text)
    except CheckinError as error:
        error.words = instrument.words
        raise


def _read(instrument: Instrument, text: str | bytes | bytearray | memoryview) -> Checkin:
    rows = _rows(_decode(text))
    first = rows[0][1] if rows else {}
    if not rows:
        raise CheckinError("empty")
    older = _check_head(instrument, first)
    saved_at = _time(first["saved_at"])
    found: dict[str, Scalar | None] = {}
    dropped: list[str] = []
    for number, row in rows:
        _check_same(number, row, first)
        if row["kind"] != "answer":
            continue
        key = row["id"]
        if key in found or key in dropped:
            raise CheckinError("double", row=number, column="id", id=key)
        if older and key not in instrument.by_id:
            dropped.append(key)
        else:
            found[key] = _answer(instrument, number, key, row["value"])
    return Checkin(check_answers(instrument, found), saved_at, tuple(dropped))


def _decode(content: str | bytes | bytearray | memoryview) -> str:
    """Return the text of a file without its byte order mark."""
    size = len(content)
    if size > MOST_BYTES:
        raise CheckinError("too-large", most=MOST_BYTES // 1024**2)
    if not isinstance(content, str):
        try:
            content = bytes(content).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise CheckinError("encoding") from None
    if "\0" in content:
        raise CheckinError("encoding")
    return content.removeprefix(BOM)


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """Return the rows below the header with their numbers, cells by column, shields taken off."""
    header = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    columns: list[str] = []
    number = 0
    before = csv.field_size_limit(MOST_BYTES)
    try:
        for number, cells in enumerate(reader, start=1):
            if number == 1:
                columns = _check_header(cells)
            elif len(cells) not in (0, len(columns)):
                raise CheckinError("cells", row=number, found=len(cells), wanted=len(columns))
            elif any(cells):
                rows.append((number, dict(zip(columns, map(unshield, cells), strict=True))))
    except csv.Error:
        raise CheckinError("broken", row=number + 1) from None
    finally:
        csv.field_size_limit(before)
    if not columns:
        raise CheckinError("empty")
    return rows


def _check_header(cells: list[str]) -> list[str]:
    missing = [c for c in COLUMNS if c not in cells]
    extra = [c for c in cells if c not in COLUMNS or cells.count(c) > 1]
    if len(missing) > len(COLUMNS) // 2:
        raise CheckinError("foreign")
    if missing:
        raise CheckinError("missing-column", row=1, column=missing[0])
    if extra:
        raise CheckinError("extra-column", row=1, column=extra[0])
    return cells


def _check_head(instrument: Instrument, row: Mapping[str, str]) -> bool:
    """Refuse a file of another instrument or a newer version; return whether it is older."""
    if row["instrument"] != instrument.id:
        raise CheckinError(
            "instrument", row=2, column="instrument", found=row["instrument"], wanted=instrument.id
        )
    version, ours = _version(row["version"]), _version(instrument.version)
    if not version:
        raise CheckinError("version", row=2, column="version", found=row["version"])
    if version > ours:
        found, wanted = row["version"], instrument.version
        raise CheckinError("newer", row=2, column="version", found=found, wanted=wanted)
    return version < ours


def _version(text: str) -> tuple[int, ...]:
    parts = text.split(".")
    return tuple(map(int, parts)) if VERSION.fullmatch(text) else ()


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise CheckinError("time", row=2, column="saved_at", found=text) from None


def _check_same(number: int, row: Mapping[str, str], first: Mapping[str, str]) -> None:
    """Refuse a row of another check-in than the first row's, or of no known kind."""
    for column in COLUMNS[:4]:
        if row[column] != first[column]:
            raise CheckinError("mixed", row=number, column=column)
    if row["kind"] not in KINDS:
        allowed = ", ".join(KINDS)
        raise CheckinError("kind", row=number, column="kind", found=row["kind"], allowed=allowed)


def _answer(instrument: Instrument, number: int, key: str, cell: str) -> Scalar | None:
    item = instrument.by_id.get(key)
    if item is None:
        raise CheckinError("unknown-id", row=number, column="id", id=key)
    try:
        return check_answer(instrument, key, kind_of(item).parse(cell))
    except AnswerError as error:
        raise CheckinError(
            "value", row=number, column="value", id=key, found=cell, allowed=error.allowed
        ) from None
