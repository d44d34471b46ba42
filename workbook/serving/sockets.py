"""The socket between a page and its kernel: takes only what a page sends, tells what it needs."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

# The only protocol of the socket that is safe here. Where another is spoken, one binary answer
# makes Voilà count to a number that never ends, and the server hangs for everybody.
PROTOCOL = "v1.kernel.websocket.jupyter.org"
PROTOCOL_ERROR = 1002  # RFC 6455
WORD = 8  # bytes of a number in a message
GOING_AWAY = 1001  # the same: a page that is left, not one whose network is lost
FEWEST = 6  # numbers in a message: where its channel begins and ends, and where its four parts end


# What a kernel says before it deals with a message. A page waits for the end of that, no more.
BUSY = b'{"execution_state": "busy"}'
# What it says most, and what may go to the page as it is: no error, whose text is held back.
PLAIN = (b'"msg_type": "comm_msg"', b'"msg_type": "status"')


class Sockets(ZMQChannelsWebsocketConnection):
    """Closes on a message that is none, and passes over one that is not allowed.

    Once a page is there, Jupyter need not watch its kernel besides, which would be as much work
    again for each message: what the kernel does shows in what passes here.
    """

    def connect(self) -> Any:
        """Watch the kernel in Jupyter's place as soon as all it says comes here."""
        connected = super().connect()
        if connected is not None:
            connected.add_done_callback(lambda _: self._watch())
        return connected

    def _watch(self) -> None:
        if self.channels and self.kernel_id in self.multi_kernel_manager:
            self.multi_kernel_manager.stop_watching_activity(self.kernel_id)

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Hand a message on to the page as it is. That the kernel is at work is only noted."""
        _, (_signature, *parts) = self.session.feed_identities(outgoing_msg)
        kind = next((kind for kind in PLAIN if kind in parts[0]), None)
        if kind is None:
            super().handle_outgoing_message(stream, outgoing_msg)
            return
        if kind is not PLAIN[0]:
            state = json.loads(parts[3])["execution_state"]
            self.kernel_manager.execution_state = state
        if parts[3] != BUSY:
            self._on_zmq_reply(stream, parts)

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        """Hand a message on to the kernel; neither its type nor a word of it is logged."""
        kind = kind_of(incoming_msg)
        if kind is None:
            self.websocket_handler.close(PROTOCOL_ERROR)
        elif kind in self.multi_kernel_manager.allowed_message_types:
            super().handle_incoming_message(incoming_msg)

    def disconnect(self) -> None:
        """Close on this side as well; a page that said goodbye needs its kernel no more."""
        super().disconnect()
        kernels, kernel = self.multi_kernel_manager, self.kernel_id
        if kernel in kernels and not kernels.kernel_model(kernel)["connections"]:
            kernels.stop_watching_activity(kernel)
            kernels.start_watching_activity(kernel)
        if self.websocket_handler.close_code == GOING_AWAY:
            self.multi_kernel_manager.page_left(self.kernel_id)


def kind_of(raw: object) -> str | None:
    """Return the type of a message, or None if it is malformed.

    Jupyter takes the numbers of a message on trust: a huge one would keep the server busy for ever.
    """
    if not isinstance(raw, bytes) or len(raw) < WORD * (1 + FEWEST):
        return None
    count = int.from_bytes(raw[:WORD], "little")
    if not FEWEST <= count < len(raw) // WORD:
        return None
    ends = [int.from_bytes(raw[n * WORD : (n + 1) * WORD], "little") for n in range(1, count + 1)]
    if ends[0] < WORD * (1 + count) or ends[-1] > len(raw) or any(a > b for a, b in pairwise(ends)):
        return None
    if raw[ends[0] : ends[1]] not in {b"shell", b"control"}:
        return None
    try:
        header = json.loads(raw[ends[1] : ends[2]])
    except (ValueError, RecursionError):
        return None
    kind = header.get("msg_type") if isinstance(header, dict) else None
    return kind if isinstance(kind, str) else None
