"""The kernels behind the pages, and how they end: with their page."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets import Float, Int, default

from workbook.serving.internals import forget_request
from workbook.serving.places import Places


class Kernel(ServerKernelManager):
    """One kernel."""

    # Jupyter looks for this here, but has it elsewhere: without it, where tracebacks are held back
    # an error would end in another one, in the middle of the server.
    traceback_replacement_message = "An error, which is not shown."

    def emit(self, **_event: Any) -> None:
        """Tell nobody. Jupyter would make a logger for each kernel, and keep it for ever."""


class BoundedKernels(Places):
    """Ends them as soon as nobody needs them, and asks for the next one to warm up."""

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
        self._unopened: dict[str, float | None] = {}  # last sign of life; None once opened
        self._left: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Future[None]] = set()  # asyncio itself keeps none alive

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

    async def shutdown_kernel(self, kernel_id: str, **_how: Any) -> None:
        """End a kernel, at once: it has nothing to finish, and holds what nobody should see."""
        await super().shutdown_kernel(kernel_id, now=True)

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
