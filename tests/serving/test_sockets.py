"""What a kernel says reaches its page as it is, but for what no page needs; and is noted."""

from __future__ import annotations

import asyncio
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from jupyter_client.session import Session
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

from driving.visitor import Visitor
from workbook.serving.sockets import Sockets

if TYPE_CHECKING:
    from driving.servers import Server

RATING = "ready.healed"


class Kernels:
    """Notes who watches the one kernel there is."""

    def __init__(self) -> None:
        self.watching, self.connections = True, 1

    def __contains__(self, _kernel: str) -> bool:
        return True

    def kernel_model(self, _kernel: str) -> dict[str, int]:
        return {"connections": self.connections}

    def start_watching_activity(self, _kernel: str) -> None:
        assert not self.watching, "watched twice"
        self.watching = True

    def stop_watching_activity(self, _kernel: str) -> None:
        self.watching = False


class Heard(Sockets):
    """A socket whose page is a list."""

    session = Session(key=b"secret")
    websocket_handler = SimpleNamespace(close_code=1006)
    kernel_id = "one"

    def __init__(self) -> None:
        self.kernel = SimpleNamespace(execution_state="starting")
        self.kernels, self.page = Kernels(), list[Any]()
        self.channels = {"iopub": None}

    @property
    def kernel_manager(self) -> Any:
        return self.kernel

    @property
    def multi_kernel_manager(self) -> Any:
        return self.kernels

    def _on_zmq_reply(self, _stream: Any, parts: Any) -> None:
        self.page.append(parts)


@pytest.fixture
def heard() -> Heard:
    return Heard()


def say(heard: Heard, kind: str, content: dict[str, Any]) -> list[bytes]:
    """Say something as a kernel does; return the parts that a page would get."""
    message = heard.session.serialize(heard.session.msg(kind, content), ident=b"topic")
    heard.handle_outgoing_message("iopub", message)
    return message[3:]


def test_what_a_widget_says_goes_to_the_page_as_it_is(heard: Heard) -> None:
    said = say(heard, "comm_msg", {"comm_id": "a", "data": {"text": '"execution_state": "busy"'}})
    assert heard.page == [said]


def test_a_page_hears_that_the_kernel_is_done_but_not_that_it_begins(heard: Heard) -> None:
    say(heard, "status", {"execution_state": "busy"})
    assert (heard.page, heard.kernel.execution_state) == ([], "busy")
    said = say(heard, "status", {"execution_state": "idle"})
    assert (heard.page, heard.kernel.execution_state) == ([said], "idle")


def test_all_else_is_left_to_jupyter_which_holds_back_texts_of_errors(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[Any] = []
    name = "handle_outgoing_message"
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, name, lambda *given: left.append(given))
    content = {"ename": '"msg_type": "comm_msg"', "evalue": "an answer", "traceback": []}
    for kind in ("error", "stream", "execute_result", "comm_open"):
        say(heard, kind, content)
    assert (len(left), heard.page) == (4, [])


def test_a_kernel_is_watched_by_one_of_us_at_any_time(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, kernels = ZMQChannelsWebsocketConnection, heard.kernels
    monkeypatch.setattr(base, "disconnect", lambda _: None)

    async def live() -> None:
        ready: asyncio.Future[None] = asyncio.Future()
        monkeypatch.setattr(base, "connect", lambda _: ready)
        heard.connect()
        assert kernels.watching  # until all that the kernel says comes here
        ready.set_result(None)
        await asyncio.sleep(0)
        assert not kernels.watching
        heard.disconnect()  # another page of it is still there
        assert not kernels.watching
        kernels.connections = 0
        heard.disconnect()
        heard.disconnect()
        assert kernels.watching
        monkeypatch.setattr(base, "connect", lambda _: None)  # it did not come about
        heard.connect()
        assert kernels.watching

    asyncio.run(live())


def follows(visitor: Visitor, before: str) -> bool:
    return str(visitor.kept) != before


def test_a_press_takes_a_page_four_messages(server: Server) -> None:
    """One to the kernel; back come the scores, that it is done, and what follows at rest."""

    async def visit() -> None:
        visitor = await Visitor.come(server.url)
        visitor.show("ready")
        for value in (3, 4, 5):
            before = str(visitor.kept)
            sent, heard = visitor.sent.messages, visitor.heard.messages
            visitor.set(RATING, value)
            await visitor.until(partial(follows, visitor, before), "nothing follows at rest")
        assert visitor.sent.messages - sent == 1
        assert visitor.heard.messages - heard == 3
        assert not [text for text in visitor.seen if '"busy"' in text]
        await visitor.leave()

    asyncio.run(visit())
