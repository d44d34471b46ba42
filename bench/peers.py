"""The same toy page in other tools, which have an environment of their own."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from bench.sites import TOYS, Site, stock_voila
from driving.servers import ROOT, free_port, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCRIPTS = ROOT / ".venv-peers/bin"
NEAREST = ("Streamlit", "Panel")  # whom the workbook is compared with first


@contextlib.contextmanager
def peers(folder: Path) -> Iterator[list[Site]]:
    """Serve the page in Streamlit, Panel, marimo and stock Voilà, each as its makers say."""
    assert SCRIPTS.exists(), "`make bench` sets up what the workbook is measured beside"
    with contextlib.ExitStack() as all_of_them:

        def serve(name: str, command: list[str], probe: str, page: str = "") -> Site:
            place = folder / name
            place.mkdir()
            program, *rest = command
            port = free_port()
            base = f"http://127.0.0.1:{port}/"
            words = [word.replace("PORT", str(port)) for word in rest]
            server = running(
                [str(SCRIPTS / program), *words], place, probe, place, url=base, HOME=str(place)
            )
            all_of_them.enter_context(server)
            return Site(name, base + page)

        code = (TOYS / "voila_page.py").read_text(encoding="utf-8")
        url = all_of_them.enter_context(stock_voila(folder / "Voilà", code, SCRIPTS))
        yield [
            serve("Streamlit", _streamlit(), "_stcore/health"),
            serve("Panel", _panel(), "static/js/bokeh.min.js", "panel_page"),
            serve("marimo", _marimo(), "health"),
            Site("stock Voilà", url),
        ]


def _streamlit() -> list[str]:
    page = str(TOYS / "streamlit_page.py")
    quiet = ["--server.headless=true", "--browser.gatherUsageStats=false"]
    quiet += ["--server.fileWatcherType=none", "--global.developmentMode=false"]
    return ["streamlit", "run", page, *quiet, "--server.address=127.0.0.1", "--server.port=PORT"]


def _panel() -> list[str]:
    page = str(TOYS / "panel_page.py")
    here = ["--address=127.0.0.1", "--port=PORT", "--allow-websocket-origin=*"]
    return ["panel", "serve", page, *here]


def _marimo() -> list[str]:
    page = str(TOYS / "marimo_page.py")
    return ["marimo", "run", page, "--headless", "--no-token", "--host=127.0.0.1", "--port=PORT"]
