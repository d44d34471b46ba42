"""The address of a server where another program holds the port that was asked for."""

from __future__ import annotations

import contextlib
import socket

import psutil


def is_taken(ip: str, port: int) -> bool:
    """Return whether nobody else can listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as Tornado does
        try:
            probe.bind((ip, port))
        except OSError:
            return True
    return False


def holder(port: int) -> str:
    """Return which program listens at a port, as far as this user may know."""
    with contextlib.suppress(psutil.Error):
        for process in psutil.process_iter(["pid", "name"]):
            with contextlib.suppress(psutil.Error):
                found = process.net_connections("tcp")
                if any(c.laddr and c.laddr.port == port and c.status == "LISTEN" for c in found):
                    return f"{process.info['name']} (process {process.info['pid']})"
    return "another user's program"
