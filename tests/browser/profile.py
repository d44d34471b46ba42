"""What to type so that it can be looked for, and what a browser has then written to the disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from driving.driver import INSTRUMENT, Screen
from driving.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

CANARY = "quokka-91c4"
SLOW = 30  # seconds a browser may take to write what it keeps
# A field of the test's own, in the same document: what stands in it, the browser keeps.
KEPT = """id => {
    const field = Object.assign(document.createElement("input"), {id});
    document.body.append(field);
    field.focus();
}"""


def fill_all(screen: Screen) -> list[str]:
    """Answer questions of every kind; return what of it could be found on the disk."""
    screen.button("own.add").click()
    keys = [i.id for i in INSTRUMENT.items if i.kind == "text"] + ["own.1.text"]
    for number, key in enumerate(keys):
        screen.write(key, f"{CANARY}-{number}")
    chosen = []
    for item in (i for i in INSTRUMENT.items if i.kind == "choice"):
        option = item.options[-1]
        screen.choose(item.id, option.id)
        if len(option.text) > 20:  # a short one could stand in any file
            chosen.append(option.text)
    assert chosen
    screen.tick(next(i.id for i in INSTRUMENT.items if i.kind == "check"))
    screen.sign(INSTRUMENT.signs[0].id, "no")
    screen.rate("for.care", 6)
    expect(screen.page.locator(".wb-summary .sum")).to_contain_text(f"{CANARY}-0")
    return [CANARY, *chosen]


def type_what_is_kept(page: Page, text: str) -> None:
    page.evaluate(KEPT, text)
    page.keyboard.type(text)


def found(texts: list[str], folder: Path, read: Callable[[Path], bytes]) -> dict[str, list[str]]:
    """Return which of ``texts`` stand in which files below ``folder``, in either encoding."""
    places: dict[str, list[str]] = {}
    for path in folder.rglob("*"):
        try:
            content = read(path) if path.is_file() else b""
        except FileNotFoundError:  # the browser is at work
            continue
        for text in texts:
            if text.encode() in content or text.encode("utf-16-le") in content:
                places.setdefault(text, []).append(path.relative_to(folder).as_posix())
    return places


def wait_until_written(
    text: str, folder: Path, read: Callable[[Path], bytes] = Path.read_bytes
) -> None:
    """Wait until the browser has written ``text``: so what was typed before it, if it ever is."""
    eventually(lambda: bool(found([text], folder, read)), SLOW, lambda: f"{text} is not written")
