"""Asks an address as a browser would, and notes when the answer came."""

from __future__ import annotations

import errno
import ipaddress
import os
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.simple_httpclient import SimpleAsyncHTTPClient

if TYPE_CHECKING:
    from tornado.httputil import HTTPHeaders

PATIENCE = 60.0  # seconds for a page whose kernel has to start
BROKEN = "the answer breaks off in the middle. Let the proxy wait for the server, for a minute"
QUICK = 5.0  # seconds for a connection


class Unreachable(Exception):  # noqa: N818  # not an error here: it is what is looked for
    """Nobody answers there; ``str`` says why, in few words."""


@dataclass(frozen=True)
class Answer:
    """What came back: ``head`` seconds until its first bytes, ``whole`` until its last."""

    status: int
    headers: HTTPHeaders
    text: str
    head: float
    whole: float


async def ask(url: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
    """Ask without following where the answer may lead. Raises Unreachable."""
    start = time.monotonic()
    parts: list[tuple[float, bytes]] = []
    heads: list[str] = []

    def note(part: bytes) -> None:
        parts.append((time.monotonic() - start, part))

    request = HTTPRequest(
        url,
        method,
        headers,
        body=b"" if method == "POST" else None,
        header_callback=heads.append,
        streaming_callback=note,
        connect_timeout=QUICK,
        request_timeout=PATIENCE,
        follow_redirects=False,
        ssl_options=ssl.create_default_context(),
    )
    client = SimpleAsyncHTTPClient(force_instance=True)
    try:
        found = await client.fetch(request, raise_error=False)
    except (OSError, HTTPClientError) as error:
        raise Unreachable(BROKEN if heads else why(error)) from None
    finally:
        client.close()
    whole = time.monotonic() - start
    text = b"".join(part for _, part in parts).decode(errors="replace")
    return Answer(found.code, found.headers, text, parts[0][0] if parts else whole, whole)


def why(error: Exception) -> str:
    """Return in few words why nobody answered, and what to look at."""
    said = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, OSError) and error.errno is not None and error.errno in errno.errorcode:
        said = os.strerror(error.errno)
    elif isinstance(error, TimeoutError):
        said = "nothing came in time"
    return f"{said}. See whether the proxy runs, and whether the name leads to it"


def is_here(url: str) -> bool:
    """Return whether an address is of this machine: what goes there, no network sees."""
    name = urlsplit(url).hostname or ""
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def origin_of(url: str) -> str:
    """Return what a browser says of a page at ``url``: its scheme, name and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
