"""What a balancer may know of a server: how many places are free."""

from __future__ import annotations

from http import HTTPStatus

from tornado.web import RequestHandler

HEALTH = "health"  # the address, below that of the page


class Health(RequestHandler):
    """Tells the number of free places, and nothing else: 200 while there are any, else 503."""

    def get(self) -> None:
        """Answer; no kernel is needed, and none is taken."""
        free = self.settings["kernel_manager"].free
        self.set_status(HTTPStatus.OK if free else HTTPStatus.SERVICE_UNAVAILABLE)
        self.finish({"free": free})
