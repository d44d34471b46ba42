"""How much memory there is: the machine's, or less where its control groups allow less."""

from __future__ import annotations

import contextlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path("/")
GROUPS = "sys/fs/cgroup"
MB = 1024 * 1024
GB = 1024 * MB
# By `python -m bench crowd`: what a visitor needs, in kernel and server, with some room; and what
# the server comes to, with the process that kernels are forked from.
VISITOR_BYTES = 50 * MB
SERVER_BYTES = 300 * MB
SHARE = 0.75  # of the memory, for all of it: the rest is for the system, and a proxy
MOST = 200  # places: one server passes on what all of its pages say
# A group that goes over the first or the third is ended, one over the second is slowed to a halt.
LIMITS = ("memory.max", "memory.high", "memory.limit_in_bytes")


def memory_limit(root: Path = ROOT) -> int:
    """Return the bytes that this process and its children may use together, and no more.

    The least of the machine's memory and of what each control group round this process allows.
    ``root`` is where the files of the system begin.
    """
    machine: int = psutil.virtual_memory().total
    return min([machine, *_limits(root)])


def places_for_all_memory() -> int:
    """Return how many visitors a server on this machine can have at once, at least 1."""
    return places_in(memory_limit())


def places_in(memory: int) -> int:
    """Return how many visitors so many bytes are for, at least 1."""
    return max(1, min(MOST, int((memory * SHARE - SERVER_BYTES) // VISITOR_BYTES)))


def _limits(root: Path) -> Iterator[int]:
    for controller, group in own_groups(root):
        # In the second version there is one tree for all, in the first one for each controller.
        if controller not in {"", "memory"}:
            continue
        yield from group_values(root, controller, group, LIMITS)


def own_groups(root: Path = ROOT) -> Iterator[tuple[str, PurePosixPath]]:
    """Yield the controllers and the control groups of this process; "" is the second version."""
    with contextlib.suppress(OSError):  # no Linux
        for line in Path(root, "proc/self/cgroup").read_text().splitlines():
            _number, controllers, path = line.split(":", 2)
            for controller in controllers.split(","):
                yield controller, PurePosixPath(path)


def group_values(
    root: Path, controller: str, group: PurePosixPath, names: tuple[str, ...]
) -> Iterator[int]:
    """Yield the numbers in files of a group and of all groups round it; "max" is none.

    In a container the group's own name may lead nowhere: there its tree begins with the group.
    """
    tree = Path(root, GROUPS, controller)
    for place in (group, *group.parents):
        for name in names:
            with contextlib.suppress(OSError, ValueError):
                yield int(Path(tree, place.as_posix().lstrip("/"), name).read_text())
