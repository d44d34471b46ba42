"""What a balancer is told of free places, and how a server is replaced with people on it."""

from __future__ import annotations

import asyncio
import json
import signal
from typing import TYPE_CHECKING

import psutil
import pytest

from driving.crowd import RATINGS
from driving.servers import Answer, Server, ask, voila
from driving.visitor import NoRoom, Visitor
from driving.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLACES = 2
BEHIND = "/7/"  # where the balancer has this server; asked for without it


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[Server]:
    """Serve it as one of many behind a balancer."""
    places = f"--BoundedKernels.max_kernels={PLACES}"
    behind = (f"--Voila.base_url={BEHIND}", "--Voila.server_url=/")
    with voila(tmp_path, *behind, places) as server:
        yield server


def _health(server: Server) -> Answer:
    return ask(f"{server.url}health", headers={"Host": "127.0.0.1"})


def _free(server: Server) -> tuple[int, dict]:
    answer = _health(server)
    return answer.status, json.loads(answer.text)


def _should_be_free(server: Server, status: int, free: int) -> None:
    told = (status, {"free": free})
    eventually(lambda: _free(server) == told, 30, lambda: f"{_free(server)} is not {told}")


def test_a_drained_server_lets_nobody_in_keeps_who_is_there_and_ends_with_the_last(
    behind: Server,
) -> None:
    process = psutil.Process(behind.pid)

    async def visit() -> None:
        _should_be_free(behind, 200, PLACES)
        visitor = await Visitor.come(behind.url, "/")
        _should_be_free(behind, 200, PLACES - 1)
        eventually(lambda: len(behind.kernels) == PLACES, 30, lambda: "none waits warm")
        process.send_signal(signal.SIGUSR1)
        _should_be_free(behind, 503, 0)
        process.send_signal(signal.SIGUSR1)  # the second time says nothing new
        eventually(lambda: len(behind.kernels) == 1, 10, lambda: "the warm kernel lives on")
        with pytest.raises(NoRoom) as refused:
            await Visitor.come(behind.url)
        for page in (str(refused.value), ask(f"{behind.url}nothing").text):
            # On to any server; the look is this server's own, for another may have a newer one.
            assert 'href="/"' in page
            assert f'href="{BEHIND}voila/templates/workbook/static/frame.css' in page
        visitor.set(RATINGS[0].id, 7)
        await visitor.settled()
        await visitor.leave()

    asyncio.run(visit())
    process.wait(10)
    assert behind.log.count("Nobody new is let in") == 1
    assert "Traceback" not in behind.log, behind.log
    assert "health" not in behind.log


def test_a_full_server_says_so_and_no_more(small: Server) -> None:
    async def visit() -> None:
        here = [await Visitor.come(small.url) for _ in range(3)]
        _should_be_free(small, 503, 0)
        assert _health(small).headers["Cache-Control"] == "no-store"
        assert await asyncio.gather(*(one.leave() for one in here))
        _should_be_free(small, 200, 3)

    asyncio.run(visit())
    assert "health" not in small.log


def test_the_health_address_is_for_nobody_under_another_name(server: Server) -> None:
    assert ask(f"{server.url}health", headers={"Host": "workbook.example"}).status == 403
    assert ask(f"{server.url}healthy").status == 404
