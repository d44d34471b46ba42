"""Who comes in: decided for every request, before any part of Voilà or Jupyter sees it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from tornado.http1connection import HTTP1Connection
from tornado.routing import Matcher
from tornado.web import GZipContentEncoding, HTTPError, OutputTransform, RequestHandler
from voila.utils import create_include_assets_functions

from workbook.serving.health import HEALTH
from workbook.serving.sockets import PROTOCOL

if TYPE_CHECKING:
    from tornado.httputil import HTTPHeaders, HTTPServerRequest

MAX_BODY = 64 * 1024  # bytes; the page itself sends none
# Where files may be kept by the browser if it asks each time whether they have changed.
FILES = ("voila/static/", "voila/templates/", "voila/labextensions/")
NAVIGATION = {"document", None}  # None: a browser that is too old to say, or none


@dataclass(frozen=True)
class Gate(Matcher):
    """Stops a request: of another host or site, or for what no page asks for.

    ``base`` is the address of the page, with slashes at both ends, as the server is asked for it;
    ``template`` is the name of its template; ``hosts`` are the names it is reached by, beside the
    machine's own numbers; ``places`` are the beginnings of all other addresses, below ``base``.
    """

    base: str
    template: str
    hosts: frozenset[str]
    places: tuple[str, ...]

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Return what to answer (for Tornado: this rule applies), or None to let it in."""
        if isinstance(request.connection, HTTP1Connection):
            request.connection.set_max_body_size(MAX_BODY)
        status = self.verdict(request)
        if status is None:
            return None
        return {"target_kwargs": {"status": status, "base": self.base, "template": self.template}}

    def verdict(self, request: HTTPServerRequest) -> HTTPStatus | None:
        """Return the status to answer with, or None to let the request in."""
        if not self._is_here(request.host) or self._is_foreign(request):
            return HTTPStatus.FORBIDDEN
        if request.path != self.base:
            if not self._is_known(request.path):
                return HTTPStatus.NOT_FOUND
            spoken = request.headers.get("Sec-WebSocket-Protocol", "")
            unsafe = request.path.endswith("/channels") and PROTOCOL not in spoken
            return HTTPStatus.BAD_REQUEST if unsafe else None
        # A page takes a kernel: only for somebody who really goes there.
        if request.headers.get("Sec-Fetch-Dest") not in NAVIGATION:
            return HTTPStatus.FORBIDDEN
        if "prefetch" in request.headers.get("Sec-Purpose", ""):
            return HTTPStatus.SERVICE_UNAVAILABLE
        # Voilà would keep a query as long as the server runs.
        return HTTPStatus.SEE_OTHER if request.query else None

    def _is_known(self, path: str) -> bool:
        """Return whether a page, or a balancer, asks for such an address."""
        within = path.startswith(tuple(self.base + place for place in self.places))
        return path == self.base + HEALTH or (within and ".." not in unquote(path).split("/"))

    def _is_here(self, host: str) -> bool:
        """Return whether ``host`` is a name of this server: another would be a trick."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
            return name in self.hosts or ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False

    def _is_foreign(self, request: HTTPServerRequest) -> bool:
        """Return whether a page of another site asks, other than by a link."""
        headers = request.headers
        site = headers.get("Sec-Fetch-Site", "none")
        if headers.get("Origin") == "null" and site == "same-origin":
            # What some browsers send from a page with the policy "no-referrer".
            del headers["Origin"]
        origin = headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            return True
        return site in {"cross-site", "same-site"} and headers.get("Sec-Fetch-Mode") != "navigate"


class Refusal(RequestHandler):
    """Answers in place of Voilà."""

    def initialize(self, status: HTTPStatus, base: str, template: str) -> None:
        """Take what to answer, and what the page for it needs."""
        self.status, self.base, self.template = status, base, template

    def prepare(self) -> None:
        """Answer, whatever the method."""
        if self.status == HTTPStatus.SEE_OTHER:
            self.redirect(self.base, status=self.status)
        else:
            raise HTTPError(self.status)

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        """Show the page of the template for this."""
        pages = self.settings["voila_jinja2_env"]
        assets = create_include_assets_functions(self.template, self.settings["base_url"])
        self.finish(pages.get_template("error.html").render(status_code=status_code, **assets))


class Headers(OutputTransform):
    """Gives every answer the headers of voila.json, not just those of Jupyter's own handlers."""

    def __init__(self, request: HTTPServerRequest, base: str, fixed: dict[str, str]) -> None:
        super().__init__(request)
        self._keep = request.path.startswith(tuple(base + place for place in FILES))
        self._fixed = fixed

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: FBT001
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Add what is missing, and take away what tells the version."""
        del finishing
        headers.pop("Server", None)
        for name, value in self._fixed.items():
            headers.setdefault(name, value)
        keep = self._keep and status_code in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}
        headers.setdefault("Cache-Control", "no-cache" if keep else "no-store")
        if status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            headers["Retry-After"] = "60"
        return status_code, headers, chunk


def compressing(request: HTTPServerRequest, base: str) -> OutputTransform:
    """Return what compresses an answer while it is streamed; files come compressed already."""
    is_file = request.path.startswith(tuple(base + place for place in FILES))
    return OutputTransform(request) if is_file else GZipContentEncoding(request)
