"""Kernels that are forked instead of started: where the system can, by a process that waits.

A provisioner is Jupyter's own way to say how a kernel comes to be. voila.json names this one,
pyproject.toml registers it. Where the system has no descriptors of processes (macOS, Windows) or a
kernel is no IPython, each kernel is started on its own, as everywhere.
"""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from workbook.serving import zygote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jupyter_client.connect import KernelConnectionInfo

CAN_FORK = hasattr(os, "pidfd_open") and hasattr(signal, "pidfd_send_signal")
ANSWER = 4096  # bytes; a process id, or what has gone wrong
ENDED = -1  # the status of a kernel that has ended: nobody but the zygote could know a better one


class Process:
    """A process that is not a child of this one, with what Jupyter asks of ``subprocess.Popen``."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, descriptor: int) -> None:
        self.pid, self._descriptor = pid, descriptor
        self._ends = select.poll()  # not select(): that knows no descriptor above 1023
        self._ends.register(descriptor, select.POLLIN)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return None while it runs."""
        if self.returncode is None and self._ends.poll(0):
            self._note_end()
        return self.returncode

    def wait(self) -> int:
        """Return when it has ended."""
        if self.returncode is None:
            self._ends.poll()
            self._note_end()
        return ENDED

    def send_signal(self, number: int) -> None:
        """Send a signal; to nobody where it has ended, whoever has its number now."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._descriptor, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _note_end(self) -> None:
        self.returncode = ENDED
        os.close(self._descriptor)


class Zygote:
    """The process that forks kernels, from this side. It starts when it is first needed.

    ``modules`` are imported in it, in the environment of the first kernel.
    """

    def __init__(self, modules: Sequence[str]) -> None:
        self._modules = modules
        self._lock = threading.Lock()
        self._running: tuple[subprocess.Popen[bytes], socket.socket] | None = None

    def fork(self, cmd: Sequence[str], env: Mapping[str, str], cwd: str | None) -> Process:
        """Fork a kernel and return its process. Blocks; raises OSError where that fails.

        One that has died since the last time, for want of memory for instance, is replaced.
        """
        order = json.dumps({"cmd": list(cmd), "env": dict(env), "cwd": str(cwd or Path.cwd())})
        with self._lock:
            orders = self._reach(env)
            orders.sendall(order.encode())
            said, found, _flags, _address = socket.recv_fds(orders, ANSWER, 1)
        if not found:
            raise ChildProcessError(said.decode() or "the zygote has ended")
        return Process(int(said), found[0])

    def _reach(self, env: Mapping[str, str]) -> socket.socket:
        """Return where orders go, to a process that runs."""
        if self._running is not None and self._running[0].poll() is None:
            return self._running[1]
        self.close()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            number = theirs.fileno()
            process = subprocess.Popen(  # noqa: S603  # our own module
                [sys.executable, "-P", "-m", zygote.__name__, str(number), *self._modules],
                stdin=subprocess.DEVNULL,
                env=dict(env),
                pass_fds=[number],
                start_new_session=True,
            )
        self._running = process, ours
        return ours

    def close(self) -> None:
        """End it; its kernels end with it."""
        if self._running is not None:
            process, orders = self._running
            orders.close()
            process.kill()
            process.wait()
        self._running = None


class ForkingProvisioner(LocalProvisioner):
    """Forks a kernel where that can be done, and starts it where not."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Bring up a kernel."""
        forks: Zygote | None = getattr(getattr(self.parent, "parent", None), "zygote", None)
        if forks is None or zygote.LAUNCHER not in cmd:
            return await super().launch_kernel(cmd, **kwargs)
        env, cwd = kwargs["env"], kwargs.get("cwd")
        try:
            process = await asyncio.to_thread(forks.fork, cmd, env, cwd)
        except OSError as error:
            self.log.warning("A kernel is started, not forked: %s", error)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process  # type: ignore[assignment]  # all of it that is used here
        self.pid = process.pid  # but no group: its number might be another's by then
        self.cwd = cwd
        return self.connection_info
