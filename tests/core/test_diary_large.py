"""A large diary takes its time and no more: twice the file, twice the steps, no copies of it."""

import sys
import tracemalloc
from datetime import datetime, timedelta
from types import FrameType

from tests.core.test_diary import DAYS
from workbook import Instrument, read_diary, write_checkin


def many(instrument: Instrument, count: int) -> bytes:
    """Return a diary of ``count`` check-ins with all ratings and signs, one an hour."""
    answers = {i.id: 1 for i in instrument.of_kind("rating")} | {
        i.id: "no" for i in instrument.signs
    }
    text = write_checkin(instrument, answers, DAYS[0])
    header, _, rows = text.partition("\r\n")
    start = datetime.fromisoformat(DAYS[0])
    days = ((start + timedelta(hours=n)).isoformat() for n in range(count))
    return "\r\n".join([header, *(rows.replace(DAYS[0], day).rstrip() for day in days)]).encode()


def test_a_file_twice_as_long_takes_twice_the_steps(small: Instrument) -> None:
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    taken = []
    for number in (50, 100, 200):
        content = many(small, number)
        calls, before = 0, sys.getprofile()
        sys.setprofile(count)
        try:
            assert len(read_diary(small, content)) == number
        finally:
            sys.setprofile(before)
        taken.append(calls)
    assert taken[2] - taken[1] < 2.1 * (taken[1] - taken[0])


def test_a_large_file_needs_less_memory_than_it_has_twice(friendship: Instrument) -> None:
    content = many(friendship, 100)
    tracemalloc.start()
    try:
        assert len(read_diary(friendship, content)) == 100
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2 * len(content)
