"""What the server logs: that something happened, and never who asked, or what for."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from workbook.serving.health import Health

if TYPE_CHECKING:
    from tornado.web import RequestHandler

TORNADO = ("tornado.access", "tornado.application", "tornado.general")
# Who knows a kernel's id can talk to it: eight signs are enough to follow it through a log.
KERNEL = re.compile(r"\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
QUERY = re.compile(r"\?[^\s)'\"]*")
ADDRESS = re.compile(r" \([0-9a-fA-F.:]+\)|, remote_ip='[^']*'")


class Scrub(logging.Filter):
    """Takes kernel ids, queries and visitors' addresses out of every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the line, and let it pass."""
        record.msg, record.args = scrubbed(record.getMessage()), None
        return True


def scrubbed(line: str) -> str:
    """Return ``line`` without what identifies a visit."""
    return ADDRESS.sub("", QUERY.sub("?...", KERNEL.sub(r"\1", line)))


def log_quietly(log: logging.Logger) -> None:
    """Send all that the server says through ``log``, scrubbed."""
    # Else each message between page and kernel makes lines that nobody gets to see.
    log.setLevel(min((handler.level for handler in log.handlers), default=log.level))
    for handler in log.handlers:
        handler.addFilter(Scrub())
    for name in TORNADO:
        logger = logging.getLogger(name)
        logger.handlers = list(log.handlers)
        logger.propagate = False


def log_request(handler: RequestHandler) -> None:
    """Log a request that failed. An address that does not exist is a visitor's own words.

    That there is no place is no failure, where a balancer asks for it every second.
    """
    status = handler.get_status()
    if status >= 400 and not isinstance(handler, Health):  # noqa: PLR2004  # where HTTP's errors begin
        path = "elsewhere" if status == 404 else handler.request.path  # noqa: PLR2004
        logging.getLogger(TORNADO[0]).warning("%s %s %s", status, handler.request.method, path)
