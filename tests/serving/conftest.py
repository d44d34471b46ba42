"""Real servers, visited without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from driving.servers import Server, voila

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES = 3
IDLE = 3  # seconds


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the workbook as ``make app`` does, but wait for less long for who has left."""
    left = "--BoundedKernels.left_timeout=3"
    with voila(tmp_path_factory.mktemp("served"), left) as server:
        yield server


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve it with few places, and less patience with those who have gone."""
    options = {
        "BoundedKernels.max_kernels": PLACES,
        "BoundedKernels.unopened_timeout": 2 * IDLE,
        "MappingKernelManager.cull_idle_timeout": IDLE,
        "MappingKernelManager.cull_interval": 1,
    }
    arguments = [f"--{name}={value}" for name, value in options.items()]
    with voila(tmp_path_factory.mktemp("small"), *arguments) as server:
        yield server
