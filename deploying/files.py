"""All files of a site, from one description."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from deploying.balancer import TEMPLATES, Place, configuration
from deploying.errors import error_pages
from deploying.site import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deploying.site import Site

FOLDER = FILE.parent
INSIDE = "/usr/local/etc/haproxy"  # where HAProxy's own image has its configuration
PORT = 8866  # of a server in a container
# What a template makes, by where it goes.
MADE = {
    "compose.yaml": "compose.yaml.j2",
    "kubernetes.yaml": "kubernetes.yaml.j2",
    "kustomization.yaml": "kustomization.yaml.j2",
    "certbot/renewed": "renewed.j2",
    "systemd/workbook@.service": "workbook@.service.j2",
    "systemd/workbook.target": "workbook.target.j2",
}


def site_files(site: Site) -> dict[str, str]:
    """Return the text of each file, by its path below ``deploy``."""
    made = {path: TEMPLATES.get_template(name) for path, name in MADE.items()}
    errors = error_pages(site.language)
    key = Path(site.machine.certificate).with_suffix(".key")
    given = {"site": site, "key": key, "inside": INSIDE, "port": PORT, "errors": errors}
    return {
        **{f"haproxy/{name}.cfg": configuration(site, p) for name, p in _places(site).items()},
        **{f"errors/{name}": text for name, text in errors.items()},
        **{path: template.render(**given) for path, template in made.items()},
    }


def _places(site: Site) -> dict[str, Place]:
    """Return where a balancer may run, by what it is called."""
    machine, numbers, first = site.machine, site.servers.numbers, site.servers.first_port
    within = f"workbook.{site.containers.namespace}.svc.cluster.local"
    contained = Place(":8443", (), f"{INSIDE}/errors", plain=":8080", resolved=True)
    return {
        "machine": Place(
            bind=":443",
            plain=":80",
            renewing="127.0.0.1:8868",
            certificate=machine.certificate,
            errors=f"{machine.folder}/deploy/errors",
            of_debian=True,
            servers=tuple((n, f"127.0.0.1:{first + n}") for n in numbers),
        ),
        "compose": replace(
            contained,
            certificate="/run/secrets/tls.crt",
            servers=tuple((n, f"workbook-{n}:{PORT}") for n in numbers),
        ),
        "kubernetes": replace(
            contained,
            certificate="/etc/tls/tls.crt",
            servers=tuple((n, f"workbook-{n}.{within}:{PORT}") for n in numbers),
        ),
    }


def write_files(site: Site, folder: Path = FOLDER) -> Iterator[Path]:
    """Write all files below ``folder``; yield the path of each."""
    for name, text in site_files(site).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755 if text.startswith("#!") else 0o644)
        yield path
