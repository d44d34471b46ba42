"""How many places there are, and that kernels warm up one after the other."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from traitlets.config import Config

from workbook.serving import memory
from workbook.serving.kernels import BoundedKernels
from workbook.serving.memory import GB, MOST, places_for_all_memory
from workbook.serving.places import MOST_WARM, WARM_SHARE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.mark.parametrize(
    ("gigabytes", "places"), [(0.1, 1), (1, 9), (2, 24), (4, 55), (8, 116), (24, MOST), (999, MOST)]
)
def test_there_are_as_many_places_as_memory_holds(
    gigabytes: float, places: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "memory_limit", lambda: int(gigabytes * GB))
    assert places_for_all_memory() == places
    assert BoundedKernels().max_kernels == places


def test_a_number_of_places_that_is_asked_for_holds() -> None:
    config = Config({"BoundedKernels": {"max_kernels": 7, "warm": 3}})
    kernels = BoundedKernels(config=config)
    assert (kernels.max_kernels, kernels.warm) == (7, 3)


def test_there_is_a_socket_for_all_that_many_places_need() -> None:
    few, many = (
        BoundedKernels(config=Config({"BoundedKernels": {"max_kernels": places}}))
        for places in (10, 400)
    )
    assert few.context.max_sockets == 1023
    assert many.context.max_sockets >= 10 * 400


@pytest.mark.parametrize("places", [1, 3, 9, 40, 200])
def test_kernels_wait_for_a_crowd_only_where_one_can_come(places: int) -> None:
    bound = {"BoundedKernels": {"max_kernels": places}}
    assert BoundedKernels(config=Config(bound)).warm == 1
    public = Config(bound | {"Visitors": {"hosts": ["notes.example"]}})
    assert BoundedKernels(config=public).warm == max(1, min(MOST_WARM, places // WARM_SHARE))


class Pooled(BoundedKernels):
    """With a pool as Voilà has it."""

    def __init__(self) -> None:
        super().__init__()
        self._pools: dict[str, list[asyncio.Task[Any]]] = {"notebook": []}

    def warm_up(self, cells: asyncio.Future[None], begun: list[str], name: str) -> None:
        """Put a task into the pool that waits for its turn, begins, and then runs ``cells``."""

        async def start() -> dict[str, Any]:
            await self._turn(asyncio.current_task())
            begun.append(name)
            return {"task": cells}

        self._pools["notebook"].append(asyncio.ensure_future(start()))


async def _a_while() -> None:
    for _ in range(4):
        await asyncio.sleep(0.03)


def test_the_next_kernel_warms_up_when_the_one_before_is_ready_or_at_once_if_somebody_waits() -> (
    None
):
    async def go() -> None:
        pooled, begun = Pooled(), list[str]()
        cells = [asyncio.get_running_loop().create_future() for _ in range(4)]
        for number, name in enumerate("abcd"):
            pooled.warm_up(cells[number], begun, name)
        await _a_while()
        assert begun == ["a"]
        cells[0].set_result(None)
        await _a_while()
        assert begun == ["a", "b"]
        taken = pooled._pools["notebook"].pop(2)  # noqa: SLF001  # as Voilà does for a page
        await taken
        assert begun == ["a", "b", "c"]
        cells[1].set_exception(RuntimeError("the cells failed"))
        await _a_while()
        assert begun == ["a", "b", "c", "d"]

    asyncio.run(go())


def test_a_page_takes_the_kernel_that_is_ready_so_they_warm_up_in_their_order() -> None:
    async def go() -> None:
        pooled, cells = Pooled(), asyncio.get_running_loop().create_future()
        for name in "abc":
            pooled.warm_up(cells, [], name)
        first, second, third = pooled._pools["notebook"]  # noqa: SLF001
        await first
        cells.set_result(None)
        assert not pooled._may_warm_up(third)  # noqa: SLF001
        assert pooled._may_warm_up(second)  # noqa: SLF001

    asyncio.run(go())


def test_while_people_come_nothing_warms_up_beside_what_is_ready() -> None:
    async def go() -> None:
        pooled, begun = Pooled(), list[str]()
        done = asyncio.get_running_loop().create_future()
        done.set_result(None)
        pooled.warm_up(done, begun, "a")
        await _a_while()
        page = pooled.admit(_page())
        pooled.warm_up(done, begun, "b")
        await _a_while()
        assert begun == ["a"]
        pooled._pools["notebook"].pop(0)  # noqa: SLF001  # now nothing is ready
        await _a_while()
        assert begun == ["a", "b"]
        await page

    asyncio.run(go())


async def _page() -> AsyncIterator[str]:
    yield "the first part"
