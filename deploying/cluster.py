"""A site on this machine: HAProxy and its servers, each started again when it ends."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sysconfig
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from deploying.balancer import Place, configuration
from deploying.errors import error_pages
from deploying.site import ROOT
from workbook.serving.address import holder, is_taken
from workbook.serving.health import HEALTH
from workbook.text.words import CHOICE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deploying.site import Site

HERE = "127.0.0.1"
LOOK = 0.5  # seconds between two looks whether all of them live
ANSWER = 5.0  # seconds for a busy server to say how many places are free
PATIENCE = 60.0  # seconds to start in, or to end in; then it is killed
TRIES = 3  # starts of a program that ends at once, after which something must be wrong with it
VOILA = Path(sysconfig.get_path("scripts"), "voila")
NO_HAPROXY = (
    "There is no HAProxy here. On Debian, get it: apt-get install haproxy. "
    "Or name one: WORKBOOK_HAPROXY=/path/to/haproxy"
)


@dataclass
class Program:
    """A program of the site, its log, and the process it is just now."""

    name: str
    command: Sequence[str | Path]
    log_file: Path
    env: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0

    @property
    def pid(self) -> int:
        """The id of its process. Raises RuntimeError before it was started."""
        if self.process is None:
            raise RuntimeError(f"{self.name} was never started")
        return self.process.pid

    @property
    def log(self) -> str:
        """What it has said, in all its lives."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    @property
    def lives(self) -> bool:
        """Whether its process runs."""
        return self.process is not None and self.process.poll() is None

    def start(self, log: IO[bytes]) -> None:
        """Start it, in a group of its own: Ctrl+C is for whoever started the site."""
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.env,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.starts += 1


@dataclass
class Cluster:
    """HAProxy and servers that run until the end of the block; ``folder`` takes their logs.

    ``port`` is that of the balancer, ``ports`` are those of the servers, ``more`` goes to each of
    them. All are of this machine alone. Without a ``certificate`` the balancer speaks no TLS.
    While ``revives`` is false, what has ended stays so.
    """

    site: Site
    folder: Path
    port: int
    ports: Sequence[int]
    more: Sequence[str] = ()
    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    certificate: str = ""
    revives: bool = True

    def __post_init__(self) -> None:
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._keep_alive, daemon=True)
        self.servers = [self._server(number, port) for number, port in enumerate(self.ports)]
        self.balancer = self._balancer()

    @property
    def url(self) -> str:
        """Where visitors go."""
        return f"http{'s' if self.certificate else ''}://{HERE}:{self.port}/"

    def __enter__(self) -> Self:
        for port in (self.port, *self.ports):
            if is_taken(HERE, port):
                raise SystemExit(f"The port {port} is held by {holder(port)}; choose another PORT.")
        for name, text in error_pages(self.site.language).items():
            (self.folder / name).write_text(text, encoding="utf-8")
        servers = tuple((n, f"{HERE}:{port}") for n, port in enumerate(self.ports))
        place = Place(f"{HERE}:{self.port}", servers, str(self.folder), self.certificate)
        text = configuration(self.site, place)
        (self.folder / "haproxy.cfg").write_text(text, encoding="utf-8")
        self._start_those_that_do_not_live()
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()
        living = [p.process for p in (self.balancer, *self.servers) if p.process]
        for process in living:
            process.terminate()
        for process in living:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()

    def wait_until_up(self) -> None:
        """Wait until every server has places. Raises SystemExit where one does not start."""
        end = time.monotonic() + PATIENCE
        while not all(self.free(number) for number in range(len(self.ports))):
            for program in (*self.servers, self.balancer):
                if program.starts > TRIES or time.monotonic() > end:
                    raise SystemExit(f"{program.name} does not start; see {program.log_file}")
            time.sleep(LOOK)

    def free(self, number: int) -> int:
        """Return how many places a server says are free; none where it does not answer."""
        health = f"http://{HERE}:{self.ports[number]}/{HEALTH}"
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(health, timeout=ANSWER) as answer,  # this machine
        ):
            return int(json.load(answer)["free"])
        return 0

    def drain(self, number: int) -> None:
        """Let a server end once its last visitor has gone; it starts anew after that."""
        os.kill(self.servers[number].pid, signal.SIGUSR1)

    def kill(self, number: int) -> None:
        """Kill a server, without a word; it starts anew."""
        os.kill(self.servers[number].pid, signal.SIGKILL)

    def _keep_alive(self) -> None:
        while not self._over.wait(LOOK):
            if self.revives:
                self._start_those_that_do_not_live()

    def _start_those_that_do_not_live(self) -> None:
        for program in (*self.servers, self.balancer):
            if not program.lives:
                with program.log_file.open("ab") as log:
                    program.start(log)

    def _server(self, number: int, port: int) -> Program:
        command: list[str | Path] = [
            VOILA,
            "--no-browser",
            f"--port={port}",
            "--Voila.port_retries=0",
            f"--Voila.base_url=/{number}/",
            "--Voila.server_url=/",
            f"--Visitors.hosts={self.site.name}",
            f"--BoundedKernels.max_kernels={self.site.servers.places}",
            *self.more,
        ]
        env = {**self.env, CHOICE: self.site.language}
        return Program(f"server {number}", command, self.folder / f"server-{number}.log", env)

    def _balancer(self) -> Program:
        path = f"{self.env.get('PATH', '')}:/usr/sbin"  # which is not on everybody's path
        found = shutil.which(self.env.get("WORKBOOK_HAPROXY", "haproxy"), path=path)
        if found is None:
            raise SystemExit(NO_HAPROXY)
        command: list[str | Path] = [found, "-db", "-f", self.folder / "haproxy.cfg"]
        return Program("the balancer", command, self.folder / "haproxy.log", self.env)
