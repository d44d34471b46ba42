"""How much memory a server may use: on a machine, in a service, in a container."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil
import pytest

from workbook.serving.memory import memory_limit

if TYPE_CHECKING:
    from pathlib import Path

MB = 1024 * 1024
ALL = psutil.virtual_memory().total
NO_LIMIT = str(2**63 - 4096)  # what the first version says where there is none
TREES: dict[str, tuple[str, dict[str, str], int]] = {
    "no control groups": ("", {}, ALL),
    "none with a limit": ("0::/user.slice", {"user.slice/memory.max": "max"}, ALL),
    "a service": (
        "0::/system.slice/workbook.service",
        {
            "system.slice/workbook.service/memory.max": str(400 * MB),
            "system.slice/memory.max": "max",
        },
        400 * MB,
    ),
    "a slice with less than its service": (
        "0::/system.slice/workbook.service",
        {
            "system.slice/workbook.service/memory.max": str(400 * MB),
            "system.slice/memory.max": str(300 * MB),
        },
        300 * MB,
    ),
    "slowed before it is ended": (
        "0::/workbook.service",
        {
            "workbook.service/memory.max": str(400 * MB),
            "workbook.service/memory.high": str(350 * MB),
        },
        350 * MB,
    ),
    "a container": ("0::/", {"memory.max": str(256 * MB)}, 256 * MB),
    "more than the machine has": ("0::/a", {"a/memory.max": str(ALL + MB)}, ALL),
    "somebody else's": ("0::/a", {"b/memory.max": str(MB)}, ALL),
    "the first version": (
        "4:memory:/docker/ab\n3:cpuset,cpu:/\n1:name=systemd:/",
        {
            "memory/docker/ab/memory.limit_in_bytes": str(200 * MB),
            "memory/docker/memory.limit_in_bytes": NO_LIMIT,
            "memory/memory.limit_in_bytes": NO_LIMIT,
        },
        200 * MB,
    ),
    "the first version in a container": (
        "4:memory:/docker/ab",
        {"memory/memory.limit_in_bytes": str(128 * MB)},
        128 * MB,
    ),
    "both versions": (
        "4:memory:/a\n0::/b",
        {"memory/a/memory.limit_in_bytes": str(90 * MB), "b/memory.max": str(80 * MB)},
        80 * MB,
    ),
    "a colon in a name": ("0::/a:b", {"a:b/memory.max": str(70 * MB)}, 70 * MB),
    "above where the tree begins": ("0::/../c", {"memory.max": str(60 * MB)}, 60 * MB),
}


@pytest.mark.parametrize("name", TREES)
def test_the_least_of_all_limits_counts(tmp_path: Path, name: str) -> None:
    groups, files, limit = TREES[name]
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/cgroup").write_text(f"{groups}\n" if groups else "")
    for place, text in files.items():
        file = tmp_path / "sys/fs/cgroup" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{text}\n")
    assert memory_limit(tmp_path) == limit


def test_without_control_groups_there_is_what_the_machine_has(tmp_path: Path) -> None:
    assert memory_limit(tmp_path) == ALL


def test_here_there_is_some() -> None:
    assert 64 * MB < memory_limit() <= ALL
