"""What is said where a site cannot be started on this machine. Where it can: tests/cluster."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from deploying.__main__ import app
from deploying.cluster import HERE, Cluster
from deploying.site import load_site
from driving.servers import free_port

if TYPE_CHECKING:
    from pathlib import Path


def _cluster(folder: Path, port: int, **env: str) -> Cluster:
    return Cluster(load_site(), folder, port, [free_port()], env={**os.environ, **env})


def test_without_haproxy_it_is_said_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"no HAProxy here\. On Debian, get it: apt-get install"):
        _cluster(tmp_path, free_port(), WORKBOOK_HAPROXY="/nowhere/haproxy")


def test_a_port_that_is_taken_is_named_and_nothing_is_started(tmp_path: Path) -> None:
    with socket.create_server((HERE, 0)) as other:
        port = other.getsockname()[1]
        here = _cluster(tmp_path, port, WORKBOOK_HAPROXY=sys.executable)
        with pytest.raises(SystemExit, match=rf"The port {port} is held by .+; choose another"):
            here.__enter__()
    assert [server.starts for server in here.servers] == [0]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("port", ["0", "65533"])
def test_a_port_without_room_for_the_servers_is_refused(port: str) -> None:
    result = CliRunner().invoke(app, ["cluster", f"--port={port}"])
    assert str(result.exception) == f"PORT={port} leaves no room; allowed is 1 to 65532."


def test_a_server_that_does_not_start_is_named(tmp_path: Path) -> None:
    here = _cluster(tmp_path, free_port(), WORKBOOK_HAPROXY=sys.executable)
    here.balancer.command = here.servers[0].command = [sys.executable, "-c", ""]
    with here, pytest.raises(SystemExit, match=r"^(server 0|the balancer) does not start; see /"):
        here.wait_until_up()
