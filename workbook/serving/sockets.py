"""The socket between a page and its kernel: takes only what a page sends."""

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


class Sockets(ZMQChannelsWebsocketConnection):
    """Closes on a message that is none, and passes over one that is not allowed."""

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
