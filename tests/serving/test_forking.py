"""Kernels are forked from one process, and are as good as those that are started."""

from __future__ import annotations

import asyncio
import fcntl
import os
import resource
import sys
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from driving.crowd import come_and_go
from driving.visitor import Visitor
from driving.waiting import eventually
from workbook.serving import zygote
from workbook.serving.forking import CAN_FORK, ENDED, ForkingProvisioner, Process, Zygote
from workbook.serving.kernels import BoundedKernels, Kernel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from driving.servers import Server

HIGH = 1024  # the first descriptor that select() does not know

if not CAN_FORK:
    pytest.skip("this system has no descriptors of processes", allow_module_level=True)


def _zygotes(server: Server) -> list[psutil.Process]:
    children = psutil.Process(server.pid).children()
    return [child for child in children if zygote.TITLE in " ".join(child.cmdline())]


def test_kernels_are_forked_and_have_nothing_in_common(server: Server) -> None:
    async def visit() -> None:
        here = [await Visitor.come(server.url) for _ in range(2)]
        (parent,) = _zygotes(server)
        assert parent.num_threads() == 1  # another would be lost in a fork, with what it held
        assert {kernel.ppid() for kernel in server.kernels} == {parent.pid}
        assert not here[0].models.keys() & here[1].models.keys()  # ids are drawn by chance
        for visitor in here:
            await visitor.leave()

    asyncio.run(visit())


def test_where_the_zygote_dies_its_pages_are_told_and_the_next_ones_come_from_another(
    small: Server,
) -> None:
    async def visit() -> None:
        visitor = await Visitor.come(small.url)
        (parent,) = _zygotes(small)
        kernels = small.kernels
        parent.kill()
        told = '{"execution_state": "dead"}'
        await visitor.until(lambda: told in visitor.seen, "the page is not told")
        assert psutil.wait_procs(kernels, timeout=10)[1] == []
        await visitor.vanish()

    asyncio.run(visit())
    eventually(lambda: len(small.kernels) == 1, 30, lambda: "no other kernel waits")
    asyncio.run(come_and_go(small.url, 1, lambda: None))


@pytest.fixture
def forks(tmp_path: Path) -> Iterator[Zygote]:
    """Provide a zygote whose kernels run a module of the test in place of IPython's."""
    (tmp_path / "ipykernel").mkdir()
    (tmp_path / "ipykernel/__init__.py").touch()
    found = Zygote(["no_module_of_this_name"])
    yield found
    found.close()


def _fork(forks: Zygote, folder: Path, code: str) -> Process:
    (folder / "ipykernel/kernelapp.py").write_text(f"def launch_new_instance():\n    {code}\n")
    command = [sys.executable, "-m", zygote.LAUNCHER, "-f", "file"]
    env = {**os.environ, "PYTHONPATH": str(folder), "WORD": "told"}
    return forks.fork(command, env, str(folder))


def test_a_forked_process_is_what_jupyter_takes_it_for(tmp_path: Path, forks: Zygote) -> None:
    process = _fork(forks, tmp_path, "import time; time.sleep(60)")
    assert process.poll() is None
    process.terminate()
    assert process.wait() == process.poll() == ENDED
    process.kill()  # whoever has that number now is left alone


def test_a_process_of_a_crowd_has_a_high_descriptor(tmp_path: Path, forks: Zygote) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2 * HIGH), hard))
    forked = _fork(forks, tmp_path, "import time; time.sleep(60)")
    process = Process(forked.pid, fcntl.fcntl(os.pidfd_open(forked.pid), fcntl.F_DUPFD, HIGH))
    assert process.poll() is None
    process.kill()
    assert process.wait() == forked.wait() == ENDED


def test_a_forked_process_has_its_own_words_place_and_environment(
    tmp_path: Path, forks: Zygote
) -> None:
    tell = "import os, sys; open('said', 'w').write(' '.join([*sys.argv, os.environ['WORD']]))"
    assert _fork(forks, tmp_path, tell).wait() == ENDED
    said = (tmp_path / "said").read_text().split()
    assert said[:3] == [zygote.LAUNCHER, "-f", "file"]
    assert said[3].startswith("--IPKernelApp.parent_handle=")
    assert said[4] == "told"


def test_an_order_that_is_too_long_ends_nothing(tmp_path: Path, forks: Zygote) -> None:
    process = _fork(forks, tmp_path, "import time; time.sleep(60)")
    with pytest.raises(OSError, match="too long"):
        forks.fork([zygote.LAUNCHER], {"LONG": "x" * 2**20}, None)
    another = _fork(forks, tmp_path, "import time; time.sleep(60)")
    for one in (process, another):
        assert one.poll() is None
        one.kill()
        assert one.wait() == ENDED


class Failing(Zygote):
    """As on a machine that has no room for another process."""

    def fork(self, *_order: Any) -> Process:
        raise BlockingIOError("no room for a process")


@pytest.mark.parametrize("module", [zygote.LAUNCHER, "another_kernel"])
def test_what_cannot_be_forked_is_started(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    async def start(_self: object, cmd: list[str], **_kwargs: Any) -> dict[str, Any]:
        started.append(cmd)
        return {}

    monkeypatch.setattr(LocalProvisioner, "launch_kernel", start)
    kernels = BoundedKernels()
    kernels.zygote = Failing([])
    provisioner = ForkingProvisioner(parent=Kernel(parent=kernels))
    asyncio.run(provisioner.launch_kernel(["python", "-m", module], env={}))
    assert started == [["python", "-m", module]]
