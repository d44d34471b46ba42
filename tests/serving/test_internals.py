"""The private names of Voilà that the server uses are there, and do what it takes them for."""

from __future__ import annotations

import inspect
from types import SimpleNamespace
from typing import TYPE_CHECKING

from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    MappingKernelManager,
)
from voila.notebook_renderer import NotebookRenderer
from voila.request_info_handler import RequestInfoSocketHandler
from voila.voila_kernel_manager import voila_kernel_manager_factory

from workbook.serving import internals

if TYPE_CHECKING:
    import pytest


def test_what_voila_keeps_of_a_request_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = {"mine": object(), "other": object()}
    monkeypatch.setattr(RequestInfoSocketHandler, "_cache", cache)  # raises if it is not there
    internals.forget_request("mine")
    internals.forget_request("mine")
    assert list(cache) == ["other"]


def test_voila_keeps_its_warm_kernels_in_pools() -> None:
    assert "self._pools[" in inspect.getsource(voila_kernel_manager_factory)
    pool = [object()]
    assert list(internals.pools_of(SimpleNamespace(_pools={"notebook": pool}))) == [pool]
    assert list(internals.pools_of(object())) == []


def test_a_dead_kernel_is_reported_where_we_listen() -> None:
    assert "_handle_kernel_died" in vars(AsyncMappingKernelManager) | vars(MappingKernelManager)


def test_what_runs_the_cells_is_found_from_what_starts_the_kernel() -> None:
    source = inspect.getsource(NotebookRenderer)
    assert "partial(\n            self._jinja_kernel_start" in source
    assert "self.executor = VoilaExecutor(" in source
