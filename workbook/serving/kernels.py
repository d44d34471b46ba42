"""The kernels behind the pages: how many there are, how they start, and how they end."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from typing import TYPE_CHECKING, Any, TypeVar

import psutil
from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    ServerKernelManager,
)
from tornado.web import HTTPError
from traitlets import Float, Int, default

from workbook.serving.folder import own_places
from workbook.serving.internals import forget_request, pools_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

T = TypeVar("T")

# No code is kept; IPython would open a database in the home folder for it.
NO_HISTORY = "--HistoryManager.enabled=False"
# Numpy would start threads to multiply matrices, of which there are none here: a sixth of the time
# that a kernel takes to start.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}


class Kernel(ServerKernelManager):
    """One kernel."""

    # Jupyter looks for this here, but has it elsewhere: without it, where tracebacks are held back
    # an error would end in another one, in the middle of the server.
    traceback_replacement_message = "An error, which is not shown."

    def emit(self, **_event: Any) -> None:
        """Tell nobody. Jupyter would make a logger for each kernel, and keep it for ever."""


class BoundedKernels(AsyncMappingKernelManager):
    """At most ``max_kernels`` at once, those that wait warm included.

    Voilà makes its pool of warm kernels a subclass of this. That subclass takes a kernel out of
    its pool, and fills the pool up, by methods of its own; what is here says no when there is no
    room, and asks for a refill as soon as there is some again.
    """

    max_kernels = Int(10, min=1, config=True, help="kernels at once, warm ones included")
    unopened_timeout = Int(
        120,
        min=1,
        config=True,
        help="seconds between two signs of life of a page until it first asks its kernel",
    )
    left_timeout = Float(
        5, min=0, config=True, help="seconds in which a page that said goodbye may come back"
    )

    @default("kernel_manager_class")
    def _default_kernel_manager_class(self) -> str:
        return f"{Kernel.__module__}.{Kernel.__name__}"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.variables: dict[str, str] = {}  # of the environment of all kernels
        self._starting: set[str] = set()
        self._starters: set[asyncio.Task[Any]] = set()  # tasks whose kernel counts, until they end
        self._coming: set[asyncio.Task[Any]] = set()  # pages let in, until they have their kernel
        self._ending = False
        self._closed = False  # to newcomers
        self._unopened: dict[str, float | None] = {}  # last sign of life; None once opened
        self._left: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Future[None]] = set()  # asyncio itself keeps none alive

    def admit(self, page: AsyncIterator[T]) -> asyncio.Task[T]:
        """Let ``page`` ask for its kernel, and return the task that brings its first part.

        Who is let in gets a kernel: no warm-up takes the place. Raises 503 when there is no room.
        """
        if not self.free:
            raise HTTPError(503, "no room for another page")
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

    def close(self) -> None:
        """Let nobody in any more, and end the kernels that wait warm. Who is there stays."""
        self._closed = True
        for task in self._waiting:
            task.add_done_callback(self._end_once_warm)

    def _end_once_warm(self, task: asyncio.Task[Any]) -> None:
        """End the kernel that a task has started, unless a page takes it before it is warm."""
        if task.cancelled() or task.exception():
            return
        kernel_id, warming = task.result()["kernel_id"], task.result()["task"]

        def end_unused(_: object) -> None:
            if task in self._waiting:
                self._end(kernel_id)

        # Not before: what warms it up would fail, and say so in the log.
        warming.add_done_callback(end_unused)

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

    async def start_kernel(self, **kwargs: Any) -> str:
        """Start a kernel and return its id. Raises 503 when there are enough."""
        task = asyncio.current_task()
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
        arguments = {"kernel_id": kernel_id, "extra_arguments": [NO_HISTORY]}
        try:
            await super().start_kernel(**kwargs | arguments)
        except Exception:
            self._leave_pool()
            raise
        finally:
            self._starting.discard(kernel_id)
        return kernel_id

    async def shutdown_kernel(self, kernel_id: str, **_how: Any) -> None:
        """End a kernel, at once: it has nothing to finish, and holds what nobody should see."""
        await super().shutdown_kernel(kernel_id, now=True)

    async def shutdown_all(self, **_how: Any) -> None:
        """End all kernels, for good: none starts any more."""
        self._ending = True
        ends = [self.shutdown_kernel(kernel_id) for kernel_id in self.list_kernel_ids()]
        await asyncio.gather(*ends, return_exceptions=True)
        # One that is just starting is on no list yet, and would make its folder again, which Voilà
        # has removed by now. A server has no other children.
        for child in psutil.Process().children():
            child.kill()
            child.wait()
        shutil.rmtree(self.connection_dir, ignore_errors=True)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget all about a kernel that has ended, and let the next one warm up."""
        kernel = super().remove_kernel(kernel_id)
        self._unopened.pop(kernel_id, None)
        self._stay(kernel_id)
        forget_request(kernel_id)
        if not self._ending and (refill := getattr(self, "fill_if_needed", None)):
            refill(notebook_name=self.notebook_path)
        return kernel

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """Clear up behind a kernel that died by itself, the way one does that is ended."""
        self.log.warning("Kernel %s died", kernel_id)
        self._end(kernel_id)

    def _end(self, kernel_id: str) -> None:
        """End a kernel when there is time, unless it has ended by then."""

        async def end() -> None:
            if kernel_id in self:
                await self.shutdown_kernel(kernel_id)

        task = asyncio.ensure_future(end())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def notify_connect(self, kernel_id: str) -> None:
        """Note that a page is there."""
        super().notify_connect(kernel_id)
        self._unopened[kernel_id] = None
        self._stay(kernel_id)

    def kernel_model(self, kernel_id: str) -> Any:
        """Return what a page may know of its kernel. That it asks is a sign of life."""
        if self._unopened.get(kernel_id, 0) is not None:
            self._unopened[kernel_id] = time.monotonic()
        return super().kernel_model(kernel_id)

    def page_left(self, kernel_id: str) -> None:
        """End a kernel soon: its page has said that it goes away. Not every browser says more.

        A network that fails says nothing, and a page that it is to come back to waits.
        """
        self._stay(kernel_id)
        if kernel_id in self and not super().kernel_model(kernel_id)["connections"]:
            wait = asyncio.get_running_loop().call_later
            self._left[kernel_id] = wait(self.left_timeout, self._end, kernel_id)

    def _stay(self, kernel_id: str) -> None:
        if timer := self._left.pop(kernel_id, None):
            timer.cancel()

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel whose page is gone, or has never come: a robot, or a closed tab.

        A kernel that has waited warm for long is not idle: somebody may be loading its page.
        """
        handed_out = self._unopened.setdefault(kernel_id, time.monotonic())
        if handed_out is None:
            await super().cull_kernel_if_idle(kernel_id)
        elif time.monotonic() - handed_out > self.unopened_timeout:
            self.log.info("Kernel %s was never asked for anything", kernel_id)
            await self.shutdown_kernel(kernel_id)

    def _leave_pool(self) -> None:
        """Take the task that runs now out of Voilà's pool: it will not bring a kernel."""
        task = asyncio.current_task()
        for pool in pools_of(self):
            if task is not None and task in pool:
                pool.remove(task)
                # Somebody may wait for it already, and is told. If not, nothing is to be logged.
                task.add_done_callback(lambda done: done.cancelled() or done.exception())
