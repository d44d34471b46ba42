"""The configuration of HAProxy: one for all places, which differ in addresses only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

if TYPE_CHECKING:
    from deploying.site import Site

TEMPLATES = Environment(
    loader=PackageLoader("deploying"),
    autoescape=False,  # noqa: S701  # no HTML is made of these
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True)
class Place:
    """Where a balancer runs.

    ``bind`` is where it listens, by TLS if it has a ``certificate``; ``plain`` is where it only
    sends people on to that; ``servers`` are numbers and addresses; ``errors`` is the folder of its
    own pages; ``renewing`` is where certbot answers whoever gives out certificates; ``of_debian``
    says that it has the user and the folders of Debian's package, ``resolved`` that names of
    servers are looked up again and again.
    """

    bind: str
    servers: tuple[tuple[int, str], ...]
    errors: str
    certificate: str = ""
    plain: str = ""
    renewing: str = ""
    of_debian: bool = False
    resolved: bool = False


def configuration(site: Site, place: Place) -> str:
    """Return the text of haproxy.cfg."""
    return TEMPLATES.get_template("haproxy.cfg.j2").render(site=site, place=place)
