"""A visitor without a browser: gets the page, talks to its kernel as the page does, and leaves."""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin

from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

from driving.servers import ROOT
from workbook import load_instrument, write_checkin
from workbook.page.state import State
from workbook.page.views.bundle import MessageBundle
from workbook.page.views.panel import panel_of
from workbook.serving.sockets import PROTOCOL
from workbook.text.words import load_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tornado.httpclient import HTTPResponse
    from tornado.websocket import WebSocketClientConnection

INSTRUMENT = load_instrument(ROOT / "data/friendship.toml")
WORDS = load_words()
PATIENCE = 180.0  # seconds, for forty who come at once
KERNEL = re.compile(r'"kernelId": "([0-9a-f-]+)"')
BASE = re.compile(r'"baseUrl": "([^"]+)"')
HTML = "HTMLModel"
BUNDLE = f"{MessageBundle.__module__}.{MessageBundle.__qualname__}"
CONTROLS = {"IntSliderModel", "TextModel", "TextareaModel", "CheckboxModel"}


async def get(url: str, method: str = "GET", headers: dict[str, str] | None = None) -> HTTPResponse:
    """Ask without a browser. Any number of visitors may do so at once."""
    request = HTTPRequest(
        url,
        method,
        headers,
        body=b"" if method == "POST" else None,
        request_timeout=PATIENCE,
        connect_timeout=PATIENCE,
        follow_redirects=False,
    )
    client = AsyncHTTPClient(force_instance=True, max_clients=1)
    try:
        return await client.fetch(request, raise_error=False)
    finally:
        client.close()


@dataclass
class Traffic:
    """What went one way over a socket, before its compression."""

    messages: int = 0
    size: int = 0  # bytes

    def add(self, raw: bytes | str) -> None:
        """Count a message."""
        self.messages += 1
        self.size += len(raw)


class NoRoom(Exception):  # noqa: N818  # not an error: the server says so
    """The page says that all places are taken."""


@dataclass
class Visitor:
    """One open page. ``state`` is what this visitor has answered, scored here and not there.

    ``url`` is where its own addresses begin.
    """

    url: str
    kernel: str
    state: State = field(default_factory=lambda: State(INSTRUMENT))
    models: dict[str, dict[str, Any]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    told: int = 0
    panels: int = 0
    sent: Traffic = field(default_factory=Traffic)
    heard: Traffic = field(default_factory=Traffic)

    @classmethod
    async def come(cls, url: str, base: str | None = None) -> Self:
        """Open the page, until all its widgets are known.

        Its own addresses begin with what it says, or with ``base`` where there is no balancer that
        would know the former.
        """
        html = await cls._page(url)
        kernel, said = KERNEL.search(html), BASE.search(html)
        assert kernel is not None
        assert said is not None
        visitor = cls(urljoin(url, base or said[1]), kernel[1])
        visitor.read(html)
        await visitor.connect()
        return visitor

    @staticmethod
    async def _page(url: str) -> str:
        """Return the page. Raises NoRoom where all places are taken."""
        page = await get(url)
        if page.code == HTTPStatus.SERVICE_UNAVAILABLE:
            raise NoRoom(page.body.decode())
        assert page.code == HTTPStatus.OK, f"no page: {page.code} {page.reason}"
        return page.body.decode()

    def read(self, html: str) -> None:
        """Take what the page came with; all widgets are asked for anyway."""

    @property
    def _origin(self) -> dict[str, str]:
        return {"Origin": urljoin(self.url, "/")[:-1]}

    async def connect(self) -> None:
        """Open the socket and ask for every widget, as a page does when it loads."""
        await self._open()
        before = self.told
        self.ask_for_all()
        await self.until(lambda: self.told > before, "the kernel does not tell its widgets")
        self._begin()

    async def _open(self) -> None:
        """Open the socket, and listen."""
        place = self.url.replace("http", "ws", 1) + f"api/kernels/{self.kernel}/channels"
        self._socket: WebSocketClientConnection = await websocket_connect(
            HTTPRequest(f"{place}?session_id={uuid.uuid4()}", headers=self._origin),
            max_message_size=100_000_000,
            subprotocols=[PROTOCOL],
        )
        self._news = asyncio.Event()
        self._listening = asyncio.create_task(self._listen())

    def _begin(self) -> None:
        """Say that the page is there: changes may come together from now on."""
        bundle = next(k for k, m in self.models.items() if m.get("_anywidget_id") == BUNDLE)
        ready = {"method": "custom", "content": {"type": "ready"}}
        self.send("comm_msg", {"comm_id": bundle, "data": ready})

    def ask_for_all(self) -> None:
        """Ask the kernel for the state of all its widgets."""
        comm = {"comm_id": uuid.uuid4().hex}
        target = {"target_name": "jupyter.widget.control", "data": {}}
        self.send("comm_open", comm | target, {"version": "1.0.0"})
        self.send("comm_msg", comm | {"data": {"method": "request_states"}})

    def send(
        self,
        kind: str,
        content: dict[str, Any],
        metadata: object = None,
        buffers: tuple[bytes, ...] = (),
    ) -> None:
        """Send a message of any kind to the kernel."""
        header = {"msg_type": kind, "msg_id": uuid.uuid4().hex, "version": "5.3"}
        header |= {"session": "", "username": "", "date": "2000-01-01T00:00:00Z"}
        parts = [json.dumps(part).encode() for part in (header, {}, metadata or {}, content)]
        self.send_raw(serialize_msg_to_ws_v1([*parts, *buffers], "shell"))

    def send_raw(self, raw: bytes | str) -> None:
        """Send whatever this is."""
        self.sent.add(raw)
        self._socket.write_message(raw, binary=isinstance(raw, bytes))

    async def closed(self) -> int | None:
        """Wait until the other side has closed the socket; return its reason."""
        async with asyncio.timeout(PATIENCE):
            await self._listening
        code = self._socket.close_code
        self._socket.close()
        return code

    async def _listen(self) -> None:
        try:
            await self._hear_all()
        finally:
            self._news.set()

    async def _hear_all(self) -> None:
        while (raw := await self._socket.read_message()) is not None:
            self.heard.add(raw)
            _channel, parts = deserialize_msg_from_ws_v1(raw)
            content = json.loads(parts[3])
            self.seen.append(parts[3].decode())
            self._take(content.get("comm_id"), content.get("data", {}))
            self._news.set()

    def _take(self, comm: str | None, data: dict[str, Any]) -> None:
        if data.get("method") == "update_states":
            self.models = {key: value["state"] for key, value in data["states"].items()}
            self.told += 1
        elif data.get("method") == "custom" and "updates" in data["content"]:
            for widget, state in data["content"]["updates"].items():
                self._take(widget, {"method": "update", "state": state})
        elif data.get("method") == "update" and comm is not None:
            self.models.setdefault(comm, {}).update(data["state"])
            self.panels += "panel" in data["state"]
        elif "state" in data and "method" not in data and comm is not None:
            self.models[comm] = data["state"]

    async def until(self, done: Callable[[], bool], otherwise: str) -> float:
        """Wait until what came from the kernel makes ``done`` true; return the seconds."""
        start = time.monotonic()
        async with asyncio.timeout(PATIENCE):
            while not done():
                if self._listening.done():
                    self._listening.result()
                    raise AssertionError(f"{otherwise}: the socket is closed")
                self._news.clear()
                await self._news.wait()
        return time.monotonic() - start

    @property
    def panel(self) -> dict[str, Any]:
        """The scores and the outcome as the page shows them."""
        found = (m["panel"] for m in self.models.values() if "panel" in m and "words" in m)
        return next(found, {})

    @property
    def right_panel(self) -> dict[str, Any]:
        """What it has to be."""
        right: dict[str, Any] = json.loads(json.dumps(panel_of(self.state, WORDS)))
        return right

    def set(self, key: str, value: object) -> None:
        """Change one control, without waiting for what follows."""
        data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
        self.send("comm_msg", {"comm_id": self.control(key), "data": data})
        self.state.set(key, value)

    def load(self, answers: dict[str, object]) -> None:
        """Load a file with these answers in place of all others."""
        files = next(id_ for id_, m in self.models.items() if m.get("first") is False)
        content = {"type": "load", "zone": "UTC", "name": "notes.csv"}
        data = {"method": "custom", "content": content}
        text = write_checkin(INSTRUMENT, answers)
        self.send("comm_msg", {"comm_id": files, "data": data}, buffers=(text.encode(),))
        self.state.replace(answers)

    def show(self, step: str) -> None:
        """Go to a step, as a press of *Next* or of the contents does; "" shows all on one page."""
        frame = next(id_ for id_, model in self.models.items() if "panel" in model)
        data = {"method": "update", "state": {"shown": step}, "buffer_paths": []}
        self.send("comm_msg", {"comm_id": frame, "data": data})

    def skip_signs(self) -> None:
        """Leave every sign open, knowingly: scores are shown after that."""
        for sign in (item.id for item in INSTRUMENT.signs):
            click = {"method": "custom", "content": {"event": "click"}}
            button = self._within(sign, lambda m: "wb-skip" in m.get("_dom_classes", ()))
            self.send("comm_msg", {"comm_id": button, "data": click})
            self.state.skip(sign)

    async def settled(self) -> float:
        """Wait until the panel shows what follows from all answers; return the seconds.

        Signs that are open are left open, knowingly: before that the panel says nothing of answers.
        """
        if not self.state.scores_open:
            self.skip_signs()
        right = self.right_panel
        return await self.until(lambda: self.panel == right, f"{self.panel} is not {right}")

    @property
    def kept(self) -> dict[str, Any]:
        """The file that the page has without its kernel; it follows when the hand rests."""
        return next(m["kept"] for m in self.models.values() if "idle" in m and "kept" in m)

    def summed_up(self, text: str) -> bool:
        """Return whether ``text`` stands in the summary, which follows when all is at rest."""
        shown = (m.get("value") for m in self.models.values() if m.get("_model_name") == HTML)
        return any('class="sum"' in value and text in value for value in shown if value)

    def control(self, key: str) -> str:
        """Return the id of the one control within the item of this key."""
        return self._within(key, lambda model: model.get("_model_name") in CONTROLS)

    def _within(self, key: str, fits: Callable[[dict[str, Any]], bool]) -> str:
        """Return the id of the first widget that fits within the item of this key."""
        name = f"wb-k-{key}"
        frames = [m for m in self.models.values() if name in m.get("_dom_classes", ())]
        assert len(frames) == 1, f"{len(frames)} items of the key {key}"
        return next(id_ for id_ in self._below(frames[0]) if fits(self.models[id_]))

    def _below(self, model: dict[str, Any]) -> list[str]:
        ids = [child.removeprefix("IPY_MODEL_") for child in model.get("children", ())]
        return ids + [deep for id_ in ids for deep in self._below(self.models[id_])]

    async def leave(self) -> None:
        """Close the page: the beacon, then the socket."""
        beacon = await get(f"{self.url}voila/api/shutdown/{self.kernel}", "POST", self._origin)
        assert beacon.code == HTTPStatus.NO_CONTENT
        await self.vanish()

    async def go_away(self) -> None:
        """Leave without the beacon, as some browsers do: they only say that they go away."""
        self._socket.close(1001)
        await self._listening

    async def lose_network(self) -> None:
        """Lose the connection, without even a last word on the socket."""
        protocol = self._socket.protocol
        assert protocol is not None
        protocol._abort()  # noqa: SLF001  # there is no other way to be rude
        await self._listening
        self._socket.close()

    async def vanish(self) -> None:
        """Be gone without a word, as when a browser crashes."""
        self._socket.close()
        await self._listening
