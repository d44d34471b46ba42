"""How many pages there may be, and that a kernel ends when its page does."""

from __future__ import annotations

import asyncio
import itertools
import json
import signal
from pathlib import Path

import psutil
import pytest

from driving.crowd import RATINGS, come_and_go, together
from driving.servers import ROOT, Server, ask, voila
from driving.visitor import KERNEL, NoRoom, Visitor
from driving.waiting import eventually
from tests.serving.conftest import IDLE, PLACES

SETTINGS = json.loads((ROOT / "voila.json").read_text())
RATING = RATINGS[0].id
DROP = 180  # seconds without network that a page has to survive


@pytest.fixture(autouse=True)
def all_gone(small: Server) -> None:
    """Begin each test with nobody there, and one kernel that waits: not one about to end."""
    seen: list[set[int]] = []

    def waits() -> bool:
        seen.append({p.pid for p in small.kernels})
        stays = len(seen[-1]) == 1 and seen[-10:] == [seen[-1]] * 10
        return stays and small.log.count("is filled") > 0

    eventually(waits, 30, lambda: f"{small.kernels} are left behind")


def _process(server: Server, kernel: str) -> psutil.Process | None:
    return next((p for p in server.kernels if any(kernel in word for word in p.cmdline())), None)


def _should_end(server: Server, kernel: str, seconds: float) -> None:
    eventually(lambda: _process(server, kernel) is None, seconds, lambda: "the kernel lives on")


def test_leaving_ends_the_kernel_within_three_seconds(small: Server) -> None:
    async def visit() -> str:
        visitor = await Visitor.come(small.url)
        await visitor.leave()
        return visitor.kernel

    _should_end(small, asyncio.run(visit()), 3)


def test_whoever_finds_no_place_is_told_so_and_comes_in_when_one_is_free(small: Server) -> None:
    async def visit() -> None:
        here = [await Visitor.come(small.url) for _ in range(PLACES)]
        with pytest.raises(NoRoom):
            await Visitor.come(small.url)
        answer = ask(small.url)
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "60"
        assert "try again in a minute" in answer.text
        assert 'href="tel:' in answer.text  # of the people who can help
        assert "/voila/templates/workbook/static/frame.css" in answer.text
        await here.pop().leave()
        here.append(await Visitor.come(small.url))
        for visitor in here:
            visitor.set(RATING, 3)
            await visitor.settled()
            await visitor.leave()

    asyncio.run(visit())
    assert "Traceback" not in small.log


def test_of_many_at_once_just_as_many_come_in_as_there_are_places(small: Server) -> None:
    async def visit() -> list[Visitor | BaseException]:
        tries = (Visitor.come(small.url) for _ in range(PLACES + 3))
        found = await asyncio.gather(*tries, return_exceptions=True)
        assert len(small.kernels) <= PLACES
        # Just after a warm-up the last place may still be held back: who asks again has it.
        while [type(one) for one in found].count(Visitor) < PLACES:
            found.append(await Visitor.come(small.url))
        with pytest.raises(NoRoom):
            await Visitor.come(small.url)
        assert len(small.kernels) == PLACES
        for visitor in found:
            if isinstance(visitor, Visitor):
                await visitor.leave()
        return found

    found = asyncio.run(visit())
    assert {type(one) for one in found} == {Visitor, NoRoom}
    assert [type(one) for one in found].count(NoRoom) <= 4


def test_a_kernel_that_is_killed_is_not_replaced_by_an_empty_one(small: Server) -> None:
    async def visit() -> Visitor:
        visitor = await Visitor.come(small.url)
        process = _process(small, visitor.kernel)
        assert process is not None
        process.kill()
        told = '{"execution_state": "dead"}'
        await visitor.until(lambda: told in visitor.seen, "the page is not told")
        await visitor.vanish()
        return visitor

    visitor = asyncio.run(visit())
    assert '{"execution_state": "restarting"}' not in visitor.seen
    place = f"{small.url}api/kernels/{visitor.kernel}"
    eventually(lambda: ask(place).status == 404, 3, lambda: "the dead kernel is still listed")


def test_a_kernel_that_dies_while_it_waits_is_handed_to_nobody(small: Server) -> None:
    (waiting,) = small.kernels
    waiting.kill()
    eventually(
        lambda: [p.pid for p in small.kernels] not in ([], [waiting.pid]),
        30,
        lambda: "no other kernel waits",
    )
    asyncio.run(come_and_go(small.url, 1, lambda: None))


def test_a_page_that_is_gone_without_a_word_is_given_up(small: Server) -> None:
    async def visit() -> str:
        visitor = await Visitor.come(small.url)
        await visitor.vanish()
        return visitor.kernel

    kernel = asyncio.run(visit())
    assert _process(small, kernel) is not None
    _should_end(small, kernel, 10 * IDLE)


def test_a_kernel_that_was_at_work_when_its_page_went_is_given_up_too(small: Server) -> None:
    async def visit() -> psutil.Process:
        visitor = await Visitor.come(small.url)
        process = _process(small, visitor.kernel)
        assert process is not None
        place = f"{small.url}api/kernels/{visitor.kernel}"

        busy = '"execution_state": "busy"'
        ratings = itertools.cycle(range(10))
        while busy not in ask(place).text:  # stopped in the middle of its work, sooner or later
            process.resume()
            for rating in itertools.islice(ratings, 9):
                visitor.set(RATING, rating)
            await asyncio.sleep(0.05)
            process.suspend()
            await asyncio.sleep(0.05)  # what it had said before has arrived
        await visitor.vanish()
        return process

    process = asyncio.run(visit())
    eventually(lambda: not process.is_running(), 10 * IDLE, lambda: "the kernel lives on")


def test_a_page_that_was_never_opened_is_given_up(small: Server) -> None:
    kernel = _kernel_of(ask(small.url).text)
    assert _process(small, kernel) is not None
    _should_end(small, kernel, 10 * IDLE)
    assert f"{kernel[:8]} was never asked" in small.log


def test_a_page_that_says_goodbye_is_gone_soon_but_not_one_that_lost_its_network(
    server: Server,
) -> None:
    async def visit() -> None:
        here = [await Visitor.come(server.url) for _ in range(3)]
        left, back, lost = here
        await back.go_away()
        await back.connect()
        await lost.lose_network()
        await left.go_away()
        await asyncio.to_thread(_should_end, server, left.kernel, 10)
        assert _process(server, lost.kernel) is not None
        await lost.connect()
        for visitor in (back, lost):
            visitor.set(RATING, 7)
            await visitor.settled()
            await visitor.leave()

    asyncio.run(visit())


def test_a_page_that_is_still_loading_is_not_given_up(small: Server) -> None:
    loading, never = (_kernel_of(ask(small.url).text) for _ in range(2))
    asked = f"{small.url}api/kernels/{loading}"
    # The page asks for its kernel as long as it loads.
    eventually(
        lambda: (ask(asked).status, _process(small, never)) == (200, None),
        10 * IDLE,
        lambda: "the page that asks is given up, or none is",
    )
    assert ask(f"{small.url}voila/api/shutdown/{loading}", "POST").status == 204


def _kernel_of(html: str) -> str:
    found = KERNEL.search(html)
    assert found is not None
    return found[1]


def test_a_page_that_is_open_is_not_given_up_and_one_that_comes_back_finds_its_answers(
    small: Server,
) -> None:
    async def visit() -> None:
        gone, here = await Visitor.come(small.url), await Visitor.come(small.url)
        for visitor in (gone, here):
            visitor.set(RATING, 7)
            await visitor.settled()
        await here.vanish()
        here.models.clear()
        await here.connect()
        await here.settled()
        await gone.vanish()
        # By then the other has been idle for longer.
        await asyncio.to_thread(_should_end, small, gone.kernel, 10 * IDLE)
        here.set(RATING, 8)
        await here.settled()
        await here.leave()

    asyncio.run(asyncio.wait_for(visit(), 20 * IDLE))


def test_patience_is_longer_than_a_network_may_be_gone() -> None:
    assert SETTINGS["MappingKernelManager"]["cull_idle_timeout"] > 2 * DROP


def test_kernels_take_nothing_from_a_port_and_keep_no_history(small: Server) -> None:
    (kernel,) = small.kernels
    line = kernel.cmdline()
    connection = json.loads(Path(line[line.index("-f") + 1]).read_text())
    assert connection["transport"] == "ipc"
    # ipykernel opens one, on this machine, where its own children may hand in what they print
    ports = [c.laddr for c in kernel.net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert [p.ip for p in ports] in ([], ["127.0.0.1"])
    listening = psutil.Process(small.pid).net_connections("inet")
    assert {c.laddr.ip for c in listening if c.status == psutil.CONN_LISTEN} == {"127.0.0.1"}
    asyncio.run(come_and_go(small.url, 1, lambda: None))
    assert not list(small.log_file.parent.rglob("history.sqlite"))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_kernels_end_with_their_server(tmp_path: Path, how: signal.Signals) -> None:
    with voila(tmp_path) as server:
        asyncio.run(_stay(server))
        kernels = server.kernels
        assert kernels
        psutil.Process(server.pid).send_signal(how)
        _gone, alive = psutil.wait_procs(kernels, timeout=10)
        assert not alive


async def _stay(server: Server) -> None:
    visitor = await Visitor.come(server.url)
    await visitor.vanish()


def test_pages_come_and_go_and_leave_nothing_behind(server: Server) -> None:
    before = {kernel.pid for kernel in server.kernels}

    def new() -> list[int]:
        return [kernel.pid for kernel in server.kernels if kernel.pid not in before]

    asyncio.run(come_and_go(server.url, 4, lambda: None))
    eventually(lambda: len(new()) == 1, 10, lambda: f"left: {new()}")  # the one that waits


def test_people_at_once_each_see_their_own_scores_and_texts(server: Server) -> None:
    met = asyncio.run(together(server.url, 5, 12, lambda: None))
    assert not [one.foreign for one in met if one.foreign]
