"""The places of a server: how many pages there may be, and how their kernels come to be."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from typing import TYPE_CHECKING, Any, TypeVar

import psutil
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import Int, List, Unicode, default

from workbook.serving.folder import own_places
from workbook.serving.forking import CAN_FORK, Zygote
from workbook.serving.internals import is_ready, pools_of
from workbook.serving.memory import places_for_all_memory

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

T = TypeVar("T")

ARGUMENTS = [
    # No code is kept; IPython would open a database in the home folder for it.
    "--HistoryManager.enabled=False",
    # They answer pages only from here on, where they were imported before there was a kernel.
    "--InteractiveShellApp.extra_extensions=ipywidgets",
]
# Numpy would start threads to multiply matrices, of which there are none here: a sixth of the time
# that a kernel takes to start, and a fork would lose them.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
SOCKETS = 12  # of ZeroMQ, for a kernel: five for its page, and as many while its cells run
MOST_WARM = 10  # kernels that wait: visitors who come within two seconds
WARM_SHARE = 4  # of so many places one is for a kernel that waits
QUIET = 1.0  # seconds without a visitor until the next warms up, as long as others are ready
TURN = 0.05  # seconds between two looks whether the next may warm up


class Places(AsyncMappingKernelManager):
    """At most ``max_kernels`` at once, those that wait warm included.

    Voilà makes its pool of warm kernels a subclass of this. That subclass takes a kernel out of
    its pool, and fills the pool up, by methods of its own; what is here says no when there is no
    room, and lets the pool fill up one by one, so that who is there is not kept waiting.
    """

    max_kernels = Int(
        min=1,
        config=True,
        help="kernels at once, warm ones included; by default as many as memory holds",
    )
    warm = Int(
        min=0,
        config=True,
        help="kernels that wait; by default 1 where only this machine can ask, else up to 10",
    )
    imported = List(
        Unicode(), config=True, help="modules that kernels find imported, where they are forked"
    )

    @default("max_kernels")
    def _default_max_kernels(self) -> int:
        return places_for_all_memory()

    @default("warm")
    def _default_warm(self) -> int:
        alone = not self.config.Visitors.get("hosts")
        return 1 if alone else max(1, min(MOST_WARM, self.max_kernels // WARM_SHARE))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if "default_pool_size" not in self.config.VoilaConfiguration and hasattr(
            self, "kernel_pools_config"
        ):
            self.kernel_pools_config = {"default": {"pool_size": self.warm}}
        # ZeroMQ has 1,023 by default; what is above is closed on a page that is in use.
        self.context.max_sockets = max(self.context.max_sockets, SOCKETS * self.max_kernels)
        self.variables: dict[str, str] = {}  # of the environment of all kernels
        self.zygote = Zygote(self.imported) if CAN_FORK else None
        self._starting: set[str] = set()
        self._starters: set[asyncio.Task[Any]] = set()  # tasks whose kernel counts, until they end
        self._coming: set[asyncio.Task[Any]] = set()  # pages let in, until they have their kernel
        self._came = -QUIET  # when the last page was let in; the clock may have begun just now
        self._ending = False
        self._closed = False  # to newcomers

    def admit(self, page: AsyncIterator[T]) -> asyncio.Task[T]:
        """Let ``page`` ask for its kernel, and return the task that brings its first part.

        Who is let in gets a kernel: no warm-up takes the place. Raises 503 when there is no room.
        """
        if not self.free:
            raise HTTPError(503, "no room for another page")
        self._came = time.monotonic()
        task = asyncio.ensure_future(anext(page))
        self._coming.add(task)
        task.add_done_callback(self._coming.discard)
        return task

    @property
    def free(self) -> int:
        """How many pages would be let in now; none once nobody new is."""
        if self._closed or self._ending:
            return 0
        warm = sum(task.done() or task in self._starters for task in self._waiting)
        return max(0, self._unused + warm - self._owed)

    @property
    def busy(self) -> bool:
        """Whether there is a kernel, or somebody who was let in waits for one."""
        return bool(self.list_kernel_ids() or self._starting or self._coming)

    @property
    def _unused(self) -> int:
        return self.max_kernels - len({*self.list_kernel_ids(), *self._starting})

    @property
    def _waiting(self) -> list[asyncio.Task[Any]]:
        return [task for pool in pools_of(self) for task in pool]

    @property
    def _owed(self) -> int:
        """How many pages were let in whose kernel does not count yet."""
        return len(self._coming) - len(self._starters.difference(self._waiting))

    def _has_room(self, task: asyncio.Task[Any] | None) -> bool:
        """Return whether ``task`` may start a kernel: to warm one up, only beside what is owed."""
        if task in self._waiting:
            return not self._closed and self._unused > self._owed
        return self._unused > 0

    async def _turn(self, task: asyncio.Task[Any] | None) -> None:
        """Wait until ``task`` may start a kernel; only one that warms it up has to."""
        while task in self._waiting and not self._may_warm_up(task):  # noqa: ASYNC110
            await asyncio.sleep(TURN)  # Voilà tells nobody when cells have run

    def _may_warm_up(self, task: asyncio.Task[Any] | None) -> bool:
        """Return whether no other kernel warms up, and nobody would have to wait because of it.

        They do so in their order: a page takes the first, which is to be the one that is ready.
        """
        done = [other for other in self._waiting if other.done()]
        ready = sum(map(is_ready, done))
        warming = ready < len(done) or not self._starters.isdisjoint(self._waiting)
        rush = time.monotonic() - self._came < QUIET
        return task == self._waiting[len(done)] and not warming and not (rush and ready)

    async def start_kernel(self, **kwargs: Any) -> str:
        """Start a kernel and return its id. Raises 503 when there are enough."""
        task = asyncio.current_task()
        await self._turn(task)
        if self._ending or not self._has_room(task):
            self._leave_pool()
            raise HTTPError(503, "no room for another kernel")
        if task is not None:
            self._starters.add(task)
            task.add_done_callback(self._starters.discard)
        kernel_id: str = self.new_kernel_id()
        self._starting.add(kernel_id)
        kwargs["env"] = {
            **ONE_THREAD,
            **kwargs.get("env", os.environ),
            **own_places(self.connection_dir),
            **self.variables,
        }
        arguments = {"kernel_id": kernel_id, "extra_arguments": ARGUMENTS}
        try:
            await super().start_kernel(**kwargs | arguments)
        except Exception:
            self._leave_pool()
            raise
        finally:
            self._starting.discard(kernel_id)
        return kernel_id

    async def shutdown_all(self, **_how: Any) -> None:
        """End all kernels, for good: none starts any more."""
        self._ending = True
        ends = [self.shutdown_kernel(kernel_id) for kernel_id in self.list_kernel_ids()]
        await asyncio.gather(*ends, return_exceptions=True)
        # One that is just starting is on no list yet, and would make its folder again, which Voilà
        # has removed by now. A server has no other children.
        for child in psutil.Process().children(recursive=True):
            child.kill()
            child.wait()
        shutil.rmtree(self.connection_dir, ignore_errors=True)

    def _leave_pool(self) -> None:
        """Take the task that runs now out of Voilà's pool: it will not bring a kernel."""
        task = asyncio.current_task()
        for pool in pools_of(self):
            if task is not None and task in pool:
                pool.remove(task)
                # Somebody may wait for it already, and is told. If not, nothing is to be logged.
                task.add_done_callback(lambda done: done.cancelled() or done.exception())
