"""The kernels behind the pages: how many there are, how they start, and how they end."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    ServerKernelManager,
)
from tornado.web import HTTPError
from traitlets import Int, default
from voila.request_info_handler import RequestInfoSocketHandler

if TYPE_CHECKING:
    from collections.abc import MutableSequence

# No code is kept; IPython would open a database in the home folder for it.
NO_HISTORY = "--HistoryManager.enabled=False"


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
        120, min=1, config=True, help="seconds a page may take until it first asks its kernel"
    )

    @default("kernel_manager_class")
    def _default_kernel_manager_class(self) -> str:
        return f"{Kernel.__module__}.{Kernel.__name__}"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._starting: set[str] = set()
        self._ending = False
        self._unopened: dict[str, float | None] = {}  # when handed out; None once opened

    async def start_kernel(self, **kwargs: Any) -> str:
        """Start a kernel and return its id. Raises 503 when there are enough."""
        if self._ending or len(self._kernels.keys() | self._starting) >= self.max_kernels:
            self._leave_pool()
            raise HTTPError(503, "no room for another kernel")
        kernel_id: str = self.new_kernel_id()
        self._starting.add(kernel_id)
        arguments = {"kernel_id": kernel_id, "extra_arguments": [NO_HISTORY]}
        try:
            await self._async_start_kernel(**kwargs | arguments)
        except Exception:
            self._leave_pool()
            raise
        finally:
            self._starting.discard(kernel_id)
        return kernel_id

    async def shutdown_kernel(self, kernel_id: str, **_how: Any) -> None:
        """End a kernel, at once: it has nothing to finish, and holds what nobody should see."""
        await self._async_shutdown_kernel(kernel_id, now=True)

    async def shutdown_all(self, **_how: Any) -> None:
        """End all kernels, for good: none starts any more."""
        self._ending = True
        await self._async_shutdown_all(now=True)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget all about a kernel that has ended, and let the next one warm up."""
        kernel = super().remove_kernel(kernel_id)
        self._unopened.pop(kernel_id, None)
        RequestInfoSocketHandler._cache.pop(kernel_id, None)  # noqa: SLF001  # never cleared there
        if not self._ending and (refill := getattr(self, "fill_if_needed", None)):
            refill(notebook_name=self.notebook_path)
        return kernel

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """Clear up behind a kernel that died by itself, the way one does that is ended."""
        self.log.warning("Kernel %s died", kernel_id)
        self._task = asyncio.ensure_future(self.shutdown_kernel(kernel_id))

    def notify_connect(self, kernel_id: str) -> None:
        """Note that a page is there."""
        super().notify_connect(kernel_id)
        self._unopened[kernel_id] = None

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
        pools: dict[str, MutableSequence[Any]] = getattr(self, "_pools", {})
        for pool in pools.values():
            if task is not None and task in pool:
                pool.remove(task)
                # Somebody may wait for it already, and is told. If not, nothing is to be logged.
                task.add_done_callback(lambda done: done.cancelled() or done.exception())
