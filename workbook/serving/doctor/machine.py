"""What the machine gives a server: memory, descriptors, processes, a place for sockets."""

from __future__ import annotations

import os
import resource
import shutil
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import zmq

from workbook.serving.doctor.findings import Finding, end, remark
from workbook.serving.memory import (
    MB,
    ROOT,
    SERVER_BYTES,
    VISITOR_BYTES,
    group_values,
    memory_limit,
    own_groups,
    places_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# Measured with the browser's six connections to the server: 48 with the first page, 13 with each.
SERVER_FILES, VISITOR_FILES = 60, 20
SERVER_TASKS, KERNEL_TASKS = 12, 16  # threads and processes: 8 and 15
SOCKET = "voila_12345678/kernel-00000000-0000-0000-0000-000000000000-ipc-5"
FREE = 16 * MB  # in the folder with the sockets


def make_room(places: int) -> None:
    """Let this process open as many files as ``places`` take, as far as it may; dump no core.

    A core dump would bring answers to a disk.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(_files(places), hard) if hard != resource.RLIM_INFINITY else _files(places)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def machine_findings(places: int, folder: str, root: Path = ROOT) -> Iterator[Finding]:
    """Yield what is too little for ``places`` pages at once, and what is risky.

    ``folder`` is where the folder with the sockets is made; the files of the system begin at
    ``root``.
    """
    yield from _memory(places, root)
    yield from _descriptors(places)
    yield from _tasks(places, root)
    yield from _folder(folder)
    yield from _swap(root)


def _memory(places: int, root: Path) -> Iterator[Finding]:
    limit = memory_limit(root)
    wanted = SERVER_BYTES + places * VISITOR_BYTES
    if limit < wanted:
        yield Finding(
            f"There are {limit // MB} MB of memory, and {places} places take {wanted // MB} MB: set"
            f" BoundedKernels.max_kernels to {places_in(limit)}, or give the server more."
        )


def _files(places: int) -> int:
    return SERVER_FILES + places * VISITOR_FILES


def _descriptors(places: int) -> Iterator[Finding]:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard != resource.RLIM_INFINITY and hard < _files(places):
        yield Finding(
            f"The server may open {hard} files and sockets, and {places} places take"
            f" {_files(places)}: raise the limit (systemd: LimitNOFILE, a shell: ulimit -Hn), or"
            f" set BoundedKernels.max_kernels to"
            f" {max((hard - SERVER_FILES) // VISITOR_FILES, 1)}."
        )


def _tasks(places: int, root: Path) -> Iterator[Finding]:
    wanted = SERVER_TASKS + places * KERNEL_TASKS
    limits = [
        number
        for controller, group in own_groups(root)
        if controller in {"", "pids"}
        for number in group_values(root, controller, group, ("pids.max",))
    ]
    most = resource.getrlimit(resource.RLIMIT_NPROC)[1]
    if os.geteuid() != 0 and most != resource.RLIM_INFINITY:
        limits.append(most)
    if limits and min(limits) < wanted:
        yield Finding(
            f"The server may have {min(limits)} processes and threads, and {places} places take"
            f" {wanted}: raise the limit (systemd: TasksMax, a container: --pids-limit, a shell:"
            " ulimit -u), or set BoundedKernels.max_kernels to"
            f" {max((min(limits) - SERVER_TASKS) // KERNEL_TASKS, 1)}."
        )


def _folder(folder: str) -> Iterator[Finding]:
    """Yield why no kernel's socket could stand below ``folder``."""
    longest = len(os.fsencode(Path(folder, SOCKET)))
    if longest > zmq.IPC_PATH_MAX_LEN:
        yield end(
            f"The path {folder} is {longest - zmq.IPC_PATH_MAX_LEN} signs too long for a socket:"
            ' set Voila.connection_dir_root to a shorter one, such as "/tmp".'
        )
        return
    try:
        with (
            tempfile.TemporaryDirectory(prefix="voila_", dir=folder) as own,
            socket.socket(socket.AF_UNIX) as probe,
        ):
            probe.bind(str(Path(own, "probe")))
        free = shutil.disk_usage(folder).free
    except OSError as error:
        yield end(
            f"The kernels' sockets cannot stand in {folder} ({error.strerror}): make it a folder"
            " that the server's user may write to, or set Voila.connection_dir_root to another."
        )
        return
    if free < FREE:
        yield Finding(
            f"In {folder}, where the kernels' sockets stand, {free // MB} MB are free: clear it up,"
            " or set Voila.connection_dir_root to another folder."
        )


def _swap(root: Path) -> Iterator[Finding]:
    """Yield whether memory with answers in it may be written to a disk."""
    try:
        places = Path(root, "proc/swaps").read_text().splitlines()[1:]
    except OSError:  # no Linux
        return
    if all(line.startswith("/dev/zram") for line in places):  # which is memory again
        return
    for controller, group in own_groups(root):
        if not controller and 0 in group_values(root, controller, group, ("memory.swap.max",)):
            return
    yield remark(
        "Swap is on, and answers in memory could reach a disk: switch it off (swapoff), or keep the"
        " server from it (systemd: MemorySwapMax=0)."
    )
