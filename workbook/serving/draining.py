"""A server that is to be replaced: nobody new comes in, and it ends when the last page has gone."""

from __future__ import annotations

import signal
from typing import Any

from tornado.ioloop import IOLoop, PeriodicCallback

SIGNAL = signal.SIGUSR1
LOOK = 500  # milliseconds between two looks whether somebody is still there


def drain_on_signal(voila: Any) -> None:
    """Drain the server when it gets the signal; twice is the same as once."""

    def begin() -> None:
        if not looks.is_running():
            voila.kernel_manager.close()
            voila.log.info("Nobody new is let in. The server ends when the last page has gone.")
            looks.start()

    def look() -> None:
        if not voila.kernel_manager.busy:
            looks.stop()
            voila.log.info("The last page has gone.")
            voila.ioloop.stop()

    looks = PeriodicCallback(look, LOOK)
    loop: Any = IOLoop.current()
    loop.asyncio_loop.add_signal_handler(SIGNAL, begin)
