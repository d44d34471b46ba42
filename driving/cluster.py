"""Many servers behind a balancer, as ``make cluster`` starts them, but on free ports."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from typing import TYPE_CHECKING

from deploying.cluster import PATIENCE, Cluster
from deploying.site import Limits, load_site
from driving.servers import free_port, own_settings
from driving.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO_LIMITS = Limits(pages_a_minute=100_000, sockets=100_000)


@contextlib.contextmanager
def cluster(
    folder: Path,
    *more: str,
    servers: int = 3,
    places: int = 50,
    limits: Limits = NO_LIMITS,
    certificate: str = "",
) -> Iterator[Cluster]:
    """Start the balancer and so many servers, each with so many places; ``more`` for each of them.

    All visitors are of one address here, so it may have as many pages as it likes by default.
    """
    site = load_site()
    site = dataclasses.replace(
        site,
        servers=dataclasses.replace(site.servers, count=servers, places=places),
        limits=limits,
    )
    ports = [free_port() for _ in range(servers)]
    env = own_settings(folder)
    with Cluster(site, folder, free_port(), ports, more, env, certificate) as here:
        here.wait_until_up()
        for number in range(servers):
            wait_for_places(here, number)
        yield here


def wait_for_places(here: Cluster, number: int, least: int = 1) -> None:
    """Wait until a server has so many free places, and the balancer has heard that it has any."""
    eventually(
        lambda: here.free(number) >= least and _is_known(here, number),
        PATIENCE,
        lambda: f"server {number}: {here.free(number)} places\n{here.servers[number].log}",
    )


def _is_known(here: Cluster, number: int) -> bool:
    """Return whether the balancer sends new visitors to a server; it looks once a second."""
    said = re.findall(rf"Server door/{number} is (UP|DOWN)", here.balancer.log)
    return said[-1:] != ["DOWN"]  # before it has looked, it takes them for well
