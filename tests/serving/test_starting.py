"""Where the server starts: a home that cannot be written, a port that is taken, other packages."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psutil
import pytest

from driving.crowd import come_and_go
from driving.servers import ROOT, voila
from driving.waiting import eventually
from workbook.serving.folder import LOCK, clear_others, hold
from workbook.serving.kernels import BoundedKernels


def test_no_home_is_needed_and_nothing_is_left_elsewhere(tmp_path: Path) -> None:
    with voila(
        tmp_path,
        HOME="/dev/null",
        JUPYTER_DATA_DIR="",
        JUPYTER_RUNTIME_DIR="",
        TMPDIR=str(tmp_path),
    ) as server:
        asyncio.run(come_and_go(server.url, 1, lambda: None))
        assert "Traceback" not in server.log
        assert "not writable" not in server.log
    assert [path.name for path in tmp_path.iterdir()] == ["server.log"]


def test_of_what_a_killed_server_leaves_the_next_one_clears_up() -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        place = f"--Voila.connection_dir_root={root}"
        foreign = root / "voila_foreign"
        foreign.mkdir()
        for end in (signal.SIGKILL, signal.SIGTERM):
            log = root / end.name
            log.mkdir()
            with voila(log, place) as server:
                (own,) = [mark.parent for mark in root.glob(f"voila_*/{LOCK}")]
                process = psutil.Process(server.pid)
                process.send_signal(end)
                process.wait(10)
            assert own.exists() == (end == signal.SIGKILL)
        assert [path.name for path in root.glob("voila_*")] == [foreign.name]


def test_a_folder_in_use_stays(tmp_path: Path) -> None:
    for name in ("voila_a", "voila_b"):
        (tmp_path / name).mkdir()
    with hold(tmp_path / "voila_a"):
        hold(tmp_path / "voila_b").close()
        clear_others(tmp_path / "voila_c")
        assert [path.name for path in tmp_path.iterdir()] == ["voila_a"]


def test_where_a_port_is_taken_one_sentence_says_by_whom_and_where_to_go(tmp_path: Path) -> None:
    with voila(tmp_path) as first:
        port = int(first.url.rstrip("/").rpartition(":")[2])
        (tmp_path / "second").mkdir()
        with voila(tmp_path / "second", port=port) as second:
            wanted = f"Open {second.url}: the port {port} is held by "
            eventually(lambda: wanted in second.log, 10, lambda: second.log)
            sentence = second.log.partition(wanted)[2].splitlines()[0]
            assert f"(process {first.pid})" in sentence
            assert second.url != first.url


@pytest.mark.parametrize(("target", "program"), [("app", "voila"), ("lab", "jupyter-lab")])
def test_another_package_of_the_same_name_does_not_come_in(
    tmp_path: Path, target: str, program: str
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "workbook.py").write_text("")
    script = tmp_path / program
    script.write_text(f"#!{sys.executable}\nimport workbook\nprint(workbook.__file__)\n")
    script.chmod(0o755)
    found = subprocess.run(
        ["make", "-s", "-o", ".venv/ready", target, f"BIN={tmp_path}"],  # noqa: S607
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(other)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert found.stdout.strip() == str(ROOT / "workbook/__init__.py")


class Dying(BoundedKernels):
    """Whose kernels take their time; nothing but the task itself knows what it waits for."""

    async def shutdown_kernel(self, kernel_id: str, **_how: Any) -> None:
        del kernel_id
        await asyncio.get_running_loop().create_future()

    def __contains__(self, kernel_id: object) -> bool:
        return True


def test_kernels_that_die_together_are_all_cleared_away() -> None:
    async def die() -> None:
        manager = Dying()
        for kernel in ("one", "two", "three"):
            manager._handle_kernel_died(kernel)  # noqa: SLF001
        await asyncio.sleep(0)
        gc.collect()
        assert len(asyncio.all_tasks()) == 1 + 3

    asyncio.run(die())
