"""How many places there are, and that kernels warm up one after the other."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from traitlets.config import Config

from workbook.serving import memory
from workbook.serving.kernels import BoundedKernels
from workbook.serving.memory import GB, MOST, places_for_all_memory
from workbook.serving.places import MOST_WARM, WARM_SHARE


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
