"""HAProxy and three servers on this machine. `make cluster-test` runs these, not `make test`."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from driving.cluster import cluster
from tests.browser.conftest import browser, new_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from deploying.cluster import Cluster

__all__ = ["browser", "new_page"]  # fixtures of theirs that are used here

PLACES = 2


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three servers with few places."""
    with cluster(tmp_path_factory.mktemp("small"), places=PLACES) as here:
        yield here


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate that this machine has signed itself; its key is beside it."""
    path = tmp_path_factory.mktemp("tls") / "site.crt"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-out", str(path), "-keyout", str(path.with_suffix(".key"))]
    subprocess.run(command, check=True, capture_output=True)
    return path
