"""A word that nobody else would write, typed into every field: afterwards it is nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import INSTRUMENT, open_in_voila
from driving.servers import ROOT, Server, voila
from driving.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CANARY = "quokka-7f3a"
FIELDS = [i.id for i in INSTRUMENT.items if i.kind == "text"]
STORED = """async () => JSON.stringify([
    {...localStorage}, {...sessionStorage}, document.cookie, history.state, location.href, name,
    await indexedDB.databases(), await caches.keys(),
])"""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Serve the workbook with a home and a place for temporary files of its own."""
    for name, variable in (("home", "HOME"), ("tmp", "TMPDIR")):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / name))
    with voila(tmp_path) as server:
        yield server


def holding(text: str, *folders: Path) -> list[Path]:
    """Return the files below ``folders`` that hold ``text``."""
    files = (f for folder in folders for f in folder.rglob("*") if f.is_file())
    return [f for f in files if text.encode() in f.read_bytes()]


def test_what_is_typed_is_afterwards_in_no_file_log_address_or_storage(
    page: Page, server: Server, tmp_path: Path
) -> None:
    asked: list[str] = []
    page.on("request", lambda r: asked.append(f"{r.url} {r.all_headers()} {r.post_data}"))
    screen = open_in_voila(page, server.url)
    for number, key in enumerate(FIELDS):
        screen.write(key, f"{CANARY}-{number}")
    screen.button("own.add").click()
    screen.write("own.1.text", f"{CANARY}-own")
    for number, key in enumerate(FIELDS):
        if not INSTRUMENT.by_id[key].private:  # that is shown only when asked for
            expect(page.locator(".wb-summary .sum")).to_contain_text(f"{CANARY}-{number}")
    file = screen.save(screen.button("files.save"))
    saved = file.path().read_text(encoding="utf-8")
    assert [n for n in range(len(FIELDS)) if f"{CANARY}-{n}" not in saved] == []
    assert holding(CANARY, file.path().parent)  # so this would find it
    assert CANARY not in page.evaluate(STORED)
    assert CANARY not in str(page.context.cookies())
    page.goto("about:blank")
    eventually(lambda: "Kernel shutdown" in server.log, 10, lambda: "the kernel is still there")
    assert [line for line in asked if CANARY in line] == []
    temporary = [f for f in Path("/tmp").glob("voila_*") if f.is_dir()]  # noqa: S108  # voila.json
    assert holding(CANARY, tmp_path, ROOT / "notebooks", ROOT / "data", *temporary) == []
    assert CANARY not in server.log
