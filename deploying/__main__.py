"""``python -m deploying files`` makes the files of a site, ``cluster`` runs one on this machine."""

from __future__ import annotations

import signal
import sys
import tempfile
import threading
from pathlib import Path

import typer

from deploying.cluster import Cluster
from deploying.files import write_files
from deploying.site import LAST_PORT, load_site

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def files() -> None:
    """Make all files of the folder deploy/ that follow from site.toml."""
    for path in write_files(load_site()):
        typer.echo(path)


@app.command()
def cluster(port: int = 8866) -> None:
    """Run balancer and servers until Ctrl+C; the servers at the ports after the balancer's."""
    site = load_site()
    ports = range(port + 1, port + 1 + site.servers.count)
    if not 1 <= port <= LAST_PORT - len(ports):
        raise SystemExit(f"PORT={port} leaves no room; allowed is 1 to {LAST_PORT - len(ports)}.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        with (
            tempfile.TemporaryDirectory(prefix="workbook-cluster_") as folder,
            Cluster(site, Path(folder), port, ports) as here,
        ):
            typer.echo(f"Starting {len(ports)} servers. Their logs are in {folder}.")
            here.wait_until_up()
            typer.echo(f"Open {here.url} (Ctrl+C ends all.)")
            threading.Event().wait()
    except KeyboardInterrupt:
        typer.echo("All are ended.")


if __name__ == "__main__":
    app()
