"""What differs from one site to another: deploy/site.toml, checked whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.instrument.reading import read_table
from workbook.serving.memory import MB, MOST, SERVER_BYTES, VISITOR_BYTES
from workbook.text.errors import InstrumentError
from workbook.text.report import Report, read_toml
from workbook.text.words import LOCALE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
FILE = ROOT / "deploy" / "site.toml"
MOST_SERVERS = 100
LAST_PORT = 65535


@dataclass(frozen=True)
class Servers:
    """The servers: each a Voilà, with a kernel for each of its visitors.

    ``places`` and ``memory`` (in MB) are those of one server; on one machine they listen at
    ``first_port`` and the ports that follow.
    """

    count: int
    places: int
    memory: int
    first_port: int

    @property
    def numbers(self) -> range:
        """The numbers of the servers, which their addresses begin with."""
        return range(self.count)


@dataclass(frozen=True)
class Limits:
    """What one address of visitors may use; many people may share one."""

    pages_a_minute: int
    sockets: int


@dataclass(frozen=True)
class Machine:
    """One machine with systemd: where the checkout is, who runs it, and the certificate."""

    folder: str
    user: str
    certificate: str


@dataclass(frozen=True)
class Containers:
    """Images of the workbook and of HAProxy, and the namespace in Kubernetes."""

    image: str
    balancer: str
    namespace: str


@dataclass(frozen=True)
class Site:
    """A site: the name that visitors reach it by, and what it consists of."""

    name: str
    language: str
    servers: Servers
    limits: Limits
    machine: Machine
    containers: Containers


def load_site(file: Path = FILE) -> Site:
    """Return the site that a file describes.

    Raises SystemExit where it cannot be used, with a sentence for each fault: file, key, and what
    is allowed.
    """
    report = Report()
    try:
        site = read_table(Site, read_toml(file), "site", report)
    except InstrumentError as error:
        raise SystemExit(str(error)) from None
    said = [f"{fault.key.removeprefix('site.')}: {fault.reason}" for fault in report.faults]
    said = said or list(_faults(site))
    if said:
        raise SystemExit("\n".join(f"{file.name}: {line}" for line in said))
    return site


def _faults(site: Site) -> Iterator[str]:
    """Yield what cannot stand in a value of the right type."""
    for key, (value, pattern, allowed) in _texts(site).items():
        if not re.fullmatch(pattern, value):
            yield f"{key}: {value!r} cannot stand here; allowed is {allowed}."
    for key, (number, least, most) in _numbers(site).items():
        if not least <= number <= most:
            yield f"{key}: {number} cannot stand here; allowed is {least} to {most}."


HOST = r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+"
LABEL = r"[a-z]([a-z0-9-]{0,61}[a-z0-9])?"
PATH = r"(/[A-Za-z0-9._-]+)+"
CERTIFICATE = PATH + r"\.crt"  # HAProxy looks for the key of no other beside it
IMAGE = r"[a-z0-9][a-z0-9._:/@-]*[a-z0-9]"


def _texts(site: Site) -> dict[str, tuple[str, str, str]]:
    """Return for each key its value, what it has to match, and how that is said."""
    path = "a path from / without spaces"
    image = "the name of an image, such as registry.example/workbook:1"
    languages = sorted(file.stem for file in LOCALE.glob("*.toml"))
    return {
        "name": (site.name, HOST, "a host name in small letters, such as notes.example"),
        "language": (site.language, "|".join(languages), f"one of: {', '.join(languages)}"),
        "machine.folder": (site.machine.folder, PATH, path),
        "machine.user": (site.machine.user, r"[a-z_][a-z0-9_-]{0,31}", "the name of a user"),
        "machine.certificate": (site.machine.certificate, CERTIFICATE, f"{path} that ends in .crt"),
        "containers.image": (site.containers.image, IMAGE, image),
        "containers.balancer": (site.containers.balancer, IMAGE, image),
        "containers.namespace": (site.containers.namespace, LABEL, "small letters, digits and -"),
    }


def _needed(places: int) -> int:
    """Return the megabytes that a server with so many places takes."""
    return (SERVER_BYTES + places * VISITOR_BYTES) // MB


def _numbers(site: Site) -> dict[str, tuple[int, int, int]]:
    """Return for each key its value, the least and the most."""
    servers, limits = site.servers, site.limits
    return {
        "servers.count": (servers.count, 1, MOST_SERVERS),
        "servers.places": (servers.places, 1, MOST),
        "servers.memory": (servers.memory, _needed(servers.places), 1_000_000),
        "servers.first_port": (servers.first_port, 1024, LAST_PORT - MOST_SERVERS),
        "limits.pages_a_minute": (limits.pages_a_minute, 1, 100_000),
        "limits.sockets": (limits.sockets, 1, 100_000),
    }
