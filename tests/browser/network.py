"""A network that fails on demand: a TCP proxy between a browser and its server."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from types import TracebackType


class Network:
    """Leads from ``url``, an address of its own, to a server.

    ``cut`` ends every connection and refuses new ones; ``stall`` keeps them, but nothing gets
    through, as where no packet arrives any more; ``stall_after`` does that to one line, once the
    server has said something on it; ``deafen`` lets nothing through that the server says; ``mend``
    ends them. What was under way then arrives when it is mended, and is lost when it is cut.
    """

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        self._server = (parts.hostname, parts.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"{parts.scheme}://127.0.0.1:{self._listener.getsockname()[1]}/"
        self._up, self._down, self._held = (threading.Event() for _ in range(3))
        self._flow()
        self._refuses = False
        self._last: bytes | None = None
        self.brought = 0  # bytes to the browser
        self._open: set[socket.socket] = set()

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.cut()
        self._listener.close()

    def cut(self) -> None:
        self._refuses = True
        for line in list(self._open):
            _close(line)
        self._open.clear()
        self._flow()

    def stall(self) -> None:
        self._up.clear()
        self._down.clear()

    def deafen(self) -> None:
        self._down.clear()

    def stall_after(self, text: bytes) -> None:
        self._last = text
        self._held.clear()

    def mend(self) -> None:
        self._refuses = False
        self._flow()

    def _flow(self) -> None:
        self._held.set()
        self._up.set()
        self._down.set()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:  # closed
                return
            far: socket.socket | None = None
            if not self._refuses:
                with contextlib.suppress(OSError):
                    far = socket.create_connection(self._server)
            if far is None:
                _close(near)
                continue
            self._open |= {near, far}
            for ends in ((near, far, self._up), (far, near, self._down)):
                threading.Thread(target=self._pump, args=ends, daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, flows: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                flows.wait()
                if flows is self._down:
                    data = self._after_last(data, target)
                    self.brought += len(data)
                target.sendall(data)
        for line in (source, target):
            _close(line)
            self._open.discard(line)

    def _after_last(self, data: bytes, target: socket.socket) -> bytes:
        """Send what goes before a stall, wait, and return the rest."""
        if self._last is None or self._last not in data:
            return data
        end = data.index(self._last) + len(self._last)
        self._last = None
        target.sendall(data[:end])
        self.brought += end
        self._held.wait()
        return data[end:]


def _close(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
