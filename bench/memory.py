"""Memory of the kernel behind the page, beside one that only imports what any such page needs."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

import psutil
from jupyter_client.manager import KernelManager

from bench.pages import answering, calm, close, kernel_of
from bench.rows import Row, spread

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from bench.sites import Site

IMPORTS = "import ipywidgets, numpy"
MB = 1024 * 1024
PATIENCE = 60.0


def measure(browser: Browser, ours: Site, times: int) -> list[Row]:
    """Look at both kernels several times, each a new one."""
    found: dict[str, list[float]] = {"workbook": [], "imports only": []}
    for _ in range(times):
        page = answering(browser, ours)
        calm()
        found["workbook"].append(kernel_of(page).memory_info().rss / MB)
        close(page)
        found["imports only"].append(_imports_only())
    for name, values in found.items():
        print(spread(f"{name}, memory", values, "MB"))
    page_kernel, floor = map(statistics.median, found.values())
    return [Row("kernel memory", "MB", page_kernel, floor, target=1.25)]


def _imports_only() -> float:
    manager = KernelManager(transport="ipc")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(PATIENCE)
        reply = client.execute_interactive(IMPORTS, timeout=PATIENCE)
        assert reply["content"]["status"] == "ok"
        return float(psutil.Process(_pid(manager)).memory_info().rss / MB)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _pid(manager: KernelManager) -> int:
    pid = getattr(manager.provisioner, "pid", None)
    assert isinstance(pid, int)
    return pid
