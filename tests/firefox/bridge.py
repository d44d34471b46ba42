"""Stands between Playwright and Debian's Firefox, started in its place.

Playwright drives a stock Firefox by WebDriver BiDi, and at once asks for a command that the ESR
does not know yet; and it expects a download to have an id. Both are made good here; all else goes
through as it is. Once the ESR does both, this file can go, and Playwright be given the browser.
"""

from __future__ import annotations

import asyncio
import json
import re
import signal
import sys
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketClientConnection, WebSocketHandler, websocket_connect

UNKNOWN = "emulation.setMediaFeaturesOverride"
READY = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
BEGINS, ENDS = "browsingContext.downloadWillBegin", "browsingContext.downloadEnd"
AGAIN = re.compile(r"\(\d+\)(?=\.\w+$)")  # in a name that the folder has already
MOST = 1 << 28  # bytes of a message: a picture of a page is one


class Bridge(WebSocketHandler):
    """A connection of Playwright's, and behind it one to the browser."""

    address = ""
    far: WebSocketClientConnection

    async def open(self, *_: str, **__: str) -> None:
        self.far = await websocket_connect(
            f"{self.address}{self.request.path}",
            on_message_callback=self._back,
            max_message_size=MOST,
        )

    async def on_message(self, message: str | bytes) -> None:
        command = json.loads(message)
        if command["method"] == UNKNOWN:
            answer = {"type": "success", "id": command["id"], "result": {}}
            await self.write_message(json.dumps(answer))
        else:
            await self.far.write_message(message)

    def _back(self, message: str | bytes | None) -> None:
        if message is None:
            self.close()
        elif self.ws_connection is not None:
            self.write_message(self._with_id(message))

    def _with_id(self, message: str | bytes) -> str | bytes:
        """Give a download an id, and its file the name that Playwright looks for."""
        event = json.loads(message)
        if event.get("method") not in {BEGINS, ENDS}:
            return message
        told = event["params"]
        told["download"] = told["url"]
        if event["method"] == BEGINS:
            told["suggestedFilename"] = AGAIN.sub("", told["suggestedFilename"])
        elif told.get("filepath"):
            path = Path(told["filepath"])
            path.replace(path.with_name(AGAIN.sub("", path.name)))
        return json.dumps(event)

    def on_close(self) -> None:
        self.far.close()


async def main(command: list[str]) -> int:
    """Run the browser, and say in its words where the bridge is."""
    browser = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, browser.terminate)
    assert browser.stderr is not None
    async for line in browser.stderr:
        said = line.decode(errors="replace")
        if found := READY.search(said):
            Bridge.address = found[1]
            said = said.replace(found[1], serve())
        print(said, end="", file=sys.stderr, flush=True)  # noqa: T201  # Playwright reads it
    return await browser.wait()


def serve() -> str:
    """Listen, and return the address."""
    socket, port = bind_unused_port()
    application = Application([(r"/.*", Bridge)], websocket_max_message_size=MOST)
    HTTPServer(application).add_sockets([socket])
    return f"ws://127.0.0.1:{port}"


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
