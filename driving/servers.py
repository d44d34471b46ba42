"""The real servers, started as a person starts them, but on a free port, without own settings."""

from __future__ import annotations

import contextlib
import http.client
import http.server
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil

from driving.waiting import eventually
from workbook.text.words import CHOICE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
START = 60.0  # seconds a server may take on a slow machine
PACE = 0.25  # of the link between page and kernel, where a test would wait for it
SCRIPTS = Path(sysconfig.get_path("scripts"))


@dataclass(frozen=True)
class Server:
    """A server that runs: where it answers, what it has logged, and its process."""

    url: str
    log_file: Path
    pid: int

    @property
    def kernels(self) -> list[psutil.Process]:
        """The kernels it has, the warm ones included."""
        children = psutil.Process(self.pid).children(recursive=True)
        return [child for child in children if _is_kernel(child)]

    @property
    def log(self) -> str:
        return self.log_file.read_text(errors="replace")


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    headers: http.client.HTTPMessage
    text: str


def ask(
    url: str, method: str = "GET", headers: dict[str, str] | None = None, *, follow: bool = False
) -> Answer:
    """Ask without a browser; ``headers`` may say what a browser never would."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    with contextlib.closing(http.client.HTTPConnection(parts.hostname, parts.port, START)) as line:
        line.request(method, path, headers=headers or {})
        response = line.getresponse()
        answer = Answer(response.status, response.headers, response.read().decode())
    if follow and (place := answer.headers["Location"]):
        return ask(f"{parts.scheme}://{parts.netloc}{place}", method, headers, follow=True)
    return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def own_settings(folder: Path) -> dict[str, str]:
    """Environment in which nothing reads the tester's own settings, nor writes any."""
    others = {name: value for name, value in os.environ.items() if name != CHOICE}
    return others | {
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
    }


@contextlib.contextmanager
def running(
    command: list[str], cwd: Path, probe: str, folder: Path, url: str = "", **variables: str
) -> Iterator[Server]:
    """Run a server until the end of the block. It is up once ``probe`` is answered with 200.

    Its address stands in its log, unless ``url`` says it.
    """
    log_file, env = folder / "server.log", own_settings(folder) | variables
    with (
        log_file.open("w") as log,
        subprocess.Popen(
            command, cwd=cwd, env=env, stdout=log, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            yield _wait_until_up(process, log_file, probe, url)
        finally:
            process.terminate()
            try:
                process.wait(START)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_until_up(
    process: subprocess.Popen[bytes], log_file: Path, probe: str, known: str
) -> Server:
    def address() -> str | None:
        if known:
            return known
        found = re.search(r"http://127\.0\.0\.1:\d+/", log_file.read_text(errors="replace"))
        return found and found[0]

    def up() -> bool:
        assert process.poll() is None, f"the server ended:\n{log_file.read_text()}"
        url = address()
        with contextlib.suppress(OSError):
            return url is not None and ask(url + probe).status == http.HTTPStatus.OK
        return False

    eventually(up, START, lambda: f"the server does not answer:\n{log_file.read_text()}")
    url = address()
    assert url is not None
    return Server(url, log_file, process.pid)


def _is_kernel(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.status() != psutil.STATUS_ZOMBIE and "ipykernel_launcher" in " ".join(
            process.cmdline()
        )
    return False


@contextlib.contextmanager
def voila(
    folder: Path, *more: str, root: Path = ROOT, port: int | None = None, **variables: str
) -> Iterator[Server]:
    """Voilà as ``make app`` starts it, all else stands in voila.json; ``variables`` for it."""
    command = [str(SCRIPTS / "voila"), f"--port={port or free_port()}", "--no-browser", *more]
    # A style sheet, because every look at the page itself takes a kernel.
    probe = "voila/templates/workbook/static/frame.css"
    with running(command, root, probe, folder, **variables) as server:
        yield server


def changed_copy(folder: Path, change: Callable[[str], str]) -> Path:
    """Copy the notebooks with what they need, change the workbook's first cell; return the copy."""
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, folder / "copy" / name)
    notebook = folder / "copy/notebooks/workbook.ipynb"
    content = json.loads(notebook.read_text())
    first = next(cell for cell in content["cells"] if cell["cell_type"] == "code")
    first["source"] = change("".join(first["source"]))
    notebook.write_text(json.dumps(content))
    return notebook


def at_pace(code: str, pace: float = PACE) -> str:
    """Let a page notice in a fraction of the time what it notices."""
    return f"from workbook.page.views import link\nlink.PACE = {pace}\n{code}"


@contextlib.contextmanager
def voila_copy(
    folder: Path, change: Callable[[str], str], *more: str, port: int | None = None
) -> Iterator[Server]:
    """Voilà on a copy of the notebook, with the code of its first cell changed."""
    notebook = changed_copy(folder, change)
    with voila(folder, f"--Voila.notebook_path={notebook}", *more, port=port) as server:
        yield server


@dataclass
class Site:
    """A neutral site on this machine; while ``open`` is not set it keeps its visitors waiting."""

    open: threading.Event = field(default_factory=threading.Event)
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""


@contextlib.contextmanager
def neutral_site() -> Iterator[Site]:
    """Serve one page, at any path."""
    site = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith("/favicon"):
                site.asked.append({name.lower(): value for name, value in self.headers.items()})
                site.open.wait(START)
            self.send_response(http.HTTPStatus.OK)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<title>Near</title><link rel=icon href=data:,><h1>Near</h1>")

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        site.url = f"http://127.0.0.1:{server.server_port}/"
        yield site
        site.open.set()
        server.shutdown()


@contextlib.contextmanager
def jupyterlab(folder: Path, change: Callable[[str], str] = str) -> Iterator[Server]:
    """JupyterLab on a copy of the notebooks, so that a test may save what it likes."""
    changed_copy(folder, change)
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={free_port()}",
        f"--ServerApp.root_dir={folder / 'copy'}",
        "--IdentityProvider.token=",
        f"--LabApp.user_settings_dir={folder / 'settings'}",
        f"--LabApp.workspaces_dir={folder / 'workspaces'}",
    ]
    quiet = str(ROOT / "share/lab")  # as `make lab` has it
    with running(command, folder, "api/status", folder, JUPYTER_CONFIG_PATH=quiet) as server:
        yield server
