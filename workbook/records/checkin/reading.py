"""From a check-in file back to the answers. It is all or nothing.

Reading takes the answer rows and the time; of the result rows it only asks whether they are there,
because a file ends with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.instrument.answers import Answers, check_answer, check_answers
from workbook.instrument.checking import VERSION
from workbook.instrument.kinds import kind_of
from workbook.records.checkin.cells import like_date, parse_time
from workbook.records.checkin.rows import HEAD, Row, rows_of
from workbook.records.checkin.writing import ENDS, KINDS, MARK, NO_RESULTS, end_of
from workbook.scoring.assessment import assess
from workbook.text.errors import AnswerError, CheckinError

if TYPE_CHECKING:
    from datetime import datetime

    from workbook.instrument.items import Item
    from workbook.instrument.kinds import Scalar
    from workbook.instrument.model import Instrument


@dataclass(frozen=True)
class Checkin:
    """Answers as they were saved. ``dropped`` are ids of an older version that are gone.

    ``taken_over`` are pairs: a question of an older version, and the one that took its answer over.
    ``cut``: the end of the file is missing, and answers may be missing with it.
    """

    answers: Answers
    saved_at: datetime
    dropped: tuple[str, ...] = ()
    cut: bool = False
    taken_over: tuple[tuple[str, str], ...] = ()


def read_checkin(instrument: Instrument, text: str | bytes | bytearray | memoryview) -> Checkin:
    """Read one check-in. It is all or nothing.

    Parameters
    ----------
    instrument
        What :func:`workbook.load_instrument` returned.
    text
        The file's content. Bytes are UTF-8, or UTF-16 with its mark; at most 4 MB.

    Returns
    -------
    Checkin
        ``answers`` (checked, in the instrument's order), ``saved_at`` (without a zone where a
        spreadsheet has taken it), ``dropped`` (ids of an older version that are gone),
        ``taken_over`` (pairs of such an id and the one that took its answer over) and ``cut``
        (whether the end of the file is missing).

    Raises
    ------
    CheckinError
        For anything else than a sound check-in of this instrument: ``row`` (1 is the first),
        ``column`` and ``reason``.

    Notes
    -----
    What a spreadsheet does to a file on saving is read where nothing is lost by it, see
    docs/check-in.md. Result rows are never read: results are worked out anew.

    Examples
    --------
    >>> import workbook
    >>> car = workbook.load_instrument("data/examples/car.toml")
    >>> text = workbook.write_checkin(car, {"them.late": 2}, saved_at="2026-03-09T18:30:00+00:00")
    >>> checkin = workbook.read_checkin(car, text)
    >>> dict(checkin.answers), checkin.saved_at.year
    ({'them.late': 2}, 2026)

    """
    try:
        return _read(instrument, text)
    except CheckinError as error:
        error.words = instrument.words
        raise


def _read(instrument: Instrument, text: str | bytes | bytearray | memoryview) -> Checkin:
    rows = rows_of(text)
    first = rows[0]
    _check_row(first, first)
    older = _check_head(instrument, first)
    saved_at = _time(first)
    found: dict[str, Scalar | None] = {}
    gone: dict[str, Row] = {}
    results: set[tuple[str, str]] = set()
    for row in rows:
        _check_row(row, first)
        kind, key = row.cells["kind"].casefold(), row.cells["id"]
        if kind != "answer":
            results.add((kind, key))
        elif key in found or key in gone:
            raise CheckinError("double", row=row.number, column="id", id=key)
        elif older and key not in instrument.by_id and row.found == row.wanted:
            gone[key] = row
        else:
            found[key] = _answer(instrument, row)
    taken_over = _take_over(instrument, gone, found)
    dropped = tuple(key for key in gone if key not in dict(taken_over))
    answers = check_answers(instrument, found)
    if older:
        cut = not results  # which results it had is not known
    else:
        marked = first.cells["version"].startswith(MARK)
        cut = _is_cut(instrument, answers, results, marked=marked)
    return Checkin(answers, saved_at, dropped, cut, taken_over)


def _take_over(
    instrument: Instrument, gone: dict[str, Row], found: dict[str, Scalar | None]
) -> tuple[tuple[str, str], ...]:
    """Hand answers of retired questions to those that take them over; return who went where.

    Where both have an answer, that of the new question stands, and of signs the graver one.
    """
    taken = [(old.id, old.now) for old in instrument.retired if old.now and old.id in gone]
    for key, now in taken:
        old, new = _answer(instrument, gone[key], now), found.get(now)
        if old is not None:
            merge = kind_of(instrument.by_id[now]).merge
            found[now] = old if new is None else merge(new, old)
    return tuple(taken)


def _check_row(row: Row, first: Row) -> None:
    """Refuse a row of another check-in than the first row's, or of no known kind."""
    for column in (*HEAD, "kind"):
        if not row.cells[column]:
            raise CheckinError("stray", row=row.number, column=column)
    for column in HEAD:
        if row.cells[column] != first.cells[column]:
            raise CheckinError("mixed", row=row.number, column=column)
    kind, allowed = row.cells["kind"], ", ".join(KINDS)
    if kind.casefold() in KINDS:
        return
    if row.found != row.wanted:
        raise row.uneven()
    raise CheckinError("kind", row=row.number, column="kind", found=kind, allowed=allowed)


def _check_head(instrument: Instrument, row: Row) -> bool:
    """Refuse a file of another instrument or a newer version; return whether it is older."""
    found = row.cells["instrument"]
    if found != instrument.id:
        raise CheckinError(
            "instrument", row=row.number, column="instrument", found=found, wanted=instrument.id
        )
    found, wanted = row.cells["version"], instrument.version
    plain = found.removeprefix(MARK).removeprefix(MARK.upper())
    if plain == wanted:
        return False
    turned = like_date(found) and not like_date(wanted)
    if VERSION.fullmatch(plain) and not turned:
        version, ours = _version(plain), _version(wanted)
        if version > ours:
            raise CheckinError(
                "newer", row=row.number, column="version", found=plain, wanted=wanted
            )
        return version < ours
    if not turned:
        raise CheckinError("version", row=row.number, column="version", found=found)
    # A spreadsheet has turned it into a date. The fingerprint still tells whether it is ours.
    if row.cells["fingerprint"] != instrument.fingerprint:
        raise CheckinError(
            "version-date", row=row.number, column="version", found=found, wanted=wanted
        )
    return False


def _version(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))


def _time(row: Row) -> datetime:
    found = row.cells["saved_at"]
    try:
        when = parse_time(found)
    except ValueError:
        raise CheckinError("time-order", row=row.number, column="saved_at", found=found) from None
    if when is None:
        raise CheckinError("time", row=row.number, column="saved_at", found=found)
    return when


def _answer(instrument: Instrument, row: Row, now: str = "") -> Scalar | None:
    """Return the answer in a row, to the question that it names or to the one it is ``now``."""
    key, cell = now or row.cells["id"], row.cells["value"]
    item = instrument.by_id.get(key)
    if row.found != row.wanted and (item is None or _is_shifted(item, row)):
        raise row.uneven()
    if item is None:
        raise CheckinError("unknown-id", row=row.number, column="id", id=key)
    try:
        return check_answer(instrument, key, kind_of(item).parse(item, cell))
    except AnswerError as error:
        said: dict[str, object] = {"id": row.cells["id"], "found": cell, "allowed": error.allowed}
        if kind_of(item).worded:
            raise CheckinError("worded", row=row.number, column="value", **said) from None
        raise CheckinError("value", row=row.number, column="value", **said) from None


def _is_shifted(item: Item, row: Row) -> bool:
    """Return whether a cell too many or too few has moved the others under a wrong heading."""
    question, value, label = (row.cells[c] for c in ("question", "value", "label"))
    return (
        row.cells["chapter"] != item.chapter
        or question in ("", item.chapter)
        or value in ("", question)
        or kind_of(item).labelled not in (None, bool(label))
    )


def _is_cut(
    instrument: Instrument, answers: Answers, results: set[tuple[str, str]], *, marked: bool
) -> bool:
    """Return whether the row with which a file ends is missing.

    Files whose version has no mark are from before there was a row that only ends a file.
    """
    if results & ENDS:
        return False
    end = end_of(assess(instrument, answers))
    return end not in results and (marked or end != NO_RESULTS)
