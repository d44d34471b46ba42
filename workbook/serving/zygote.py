"""The process that kernels are forked from: it has imported what each of them needs, once.

So a kernel starts without importing anything, and shares with the others the memory that holds the
code. Started by forking.py as ``python -P -m workbook.serving.zygote SOCKET [module ...]``; it must
never have a second thread, which a fork would leave behind halfway through what it was at.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import socket
import sys
import traceback
from importlib import import_module
from typing import Any, NoReturn

from setproctitle import setproctitle

MOST = 1 << 20  # bytes of an order; it holds the environment
TITLE = "workbook: kernels are forked from this"
# What a kernel imports until its first cell has run, beside what imports these.
KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "psutil",
    "tornado.platform.asyncio",
    "zmq.utils.garbage",
)
LAUNCHER = "ipykernel_launcher"  # the module that starts a kernel
CHILD_FAILED = 1  # the status of a kernel that could not even start


def main(number: str, *modules: str) -> None:
    """Import ``modules``; then fork one kernel for each order, until the server is gone.

    Parameters
    ----------
    number
        The descriptor of a socket that keeps orders apart (SOCK_SEQPACKET). An order is JSON with
        ``cmd``, ``env`` and ``cwd`` as for ``subprocess.Popen``; the answer is the process id,
        with a descriptor of the process beside it, or without one what has gone wrong.
    *modules
        Their names. One that cannot be imported is passed over: kernels say what is wrong with it.

    """
    setproctitle(TITLE)  # works later only where it did before the environment has changed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries who has ended
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # a third of a kernel, and no use
    for name in (*KERNEL, *modules):
        with contextlib.suppress(Exception):
            import_module(name)
    gc.collect()
    gc.freeze()  # else each kernel's collector would write to, and so copy, all of it
    with socket.socket(fileno=int(number)) as orders:
        while order := orders.recv(MOST):
            _answer(orders, json.loads(order))


def _answer(orders: socket.socket, order: dict[str, Any]) -> None:
    try:
        pid = os.fork()
        if pid == 0:
            orders.close()
            _be_kernel(**order)
        process = os.pidfd_open(pid)
    except OSError as error:  # no memory, no room for a process, or it has ended already
        orders.send(str(error).encode())
        return
    socket.send_fds(orders, [str(pid).encode()], [process])
    os.close(process)


def _be_kernel(cmd: list[str], env: dict[str, str], cwd: str) -> NoReturn:
    """Run the kernel in this process, as ``python -m ipykernel_launcher`` would."""
    status = CHILD_FAILED
    try:
        os.setsid()  # a group of its own, which is ended with it
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(env)
        os.chdir(cwd)
        # A kernel ends when its parent does. The zygote does so when the server does.
        sys.argv = [*cmd[cmd.index(LAUNCHER) :], f"--IPKernelApp.parent_handle={os.getppid()}"]
        setproctitle(" ".join(cmd))
        from ipykernel import kernelapp  # noqa: PLC0415  # one of the modules, if any is

        kernelapp.launch_new_instance()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else CHILD_FAILED
    except BaseException:  # noqa: BLE001  # nothing may come back from here
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(*sys.argv[1:])
