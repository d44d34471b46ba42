"""The slow line of the benchmark: nothing lost or out of order, and slow as it says."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from bench.shaping import Line, Proxy
from driving.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = 60_000
RATE = 4e6  # bits a second: that size takes 0.12 s
ROUND_TRIP = 0.2


@pytest.fixture(scope="module")
def echo() -> Iterator[int]:
    """Listen on a port, and give back all that comes, once the other side has said all."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def give_back(line: socket.socket) -> None:
            with line, contextlib.suppress(OSError):
                line.sendall(b"".join(iter(lambda: line.recv(65536), b"")))

        def meet() -> None:
            with contextlib.suppress(OSError):
                while True:
                    line, _ = listener.accept()
                    threading.Thread(target=give_back, args=[line], daemon=True).start()

        threading.Thread(target=meet, daemon=True).start()
        yield listener.getsockname()[1]


def sent_and_back(port: int, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(data)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


def seconds(port: int, line: Line, size: int, at_once: int = 1) -> float:
    """Return how long connections take to send so many bytes and to get them back."""
    data = os.urandom(size)
    found: list[bytes] = []
    with Proxy(port, line) as proxy:
        threads = [
            threading.Thread(target=lambda: found.append(sent_and_back(proxy.port, data)))
            for _ in range(at_once)
        ]
        start = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - start
        assert found == [data] * at_once
        assert proxy.up.bytes == proxy.down.bytes == size * at_once
    return took


@pytest.mark.parametrize("line", [Line(), Line(0.02), Line(0.02, RATE)], ids=str)
def test_bytes_come_as_they_were_sent(echo: int, line: Line) -> None:
    assert seconds(echo, line, SIZE, at_once=3) > 0


def test_the_way_there_and_back_takes_its_time_once_more_to_connect(echo: int) -> None:
    free, far = (seconds(echo, Line(way), 1) for way in (0.0, ROUND_TRIP))
    assert 1.9 * ROUND_TRIP < far - free < 4 * ROUND_TRIP


@pytest.mark.parametrize(("rate", "at_once"), [(RATE, 1), (RATE * 2, 1), (RATE, 4)])
def test_the_rate_is_for_all_connections_together(echo: int, rate: float, at_once: int) -> None:
    ideal = 2 * at_once * SIZE * 8 / rate  # there and back
    times = seconds(echo, Line(0, rate), SIZE, at_once) / ideal
    assert 0.9 < times < 10  # a busy machine is slower, never quicker


def test_a_small_thing_does_not_wait_for_all_of_a_large_one(echo: int) -> None:
    with Proxy(echo, Line(0, RATE)) as proxy:
        large = threading.Thread(target=sent_and_back, args=[proxy.port, bytes(SIZE * 4)])
        large.start()
        eventually(lambda: proxy.up.bytes > 0, 10, lambda: "nothing is on the line")
        sent_and_back(proxy.port, b"small")
        assert large.is_alive()
        large.join()


def test_a_server_that_is_gone_ends_the_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with Proxy(port, Line()) as proxy, contextlib.suppress(OSError):  # as if it had refused
        assert sent_and_back(proxy.port, b"anybody there?") == b""
