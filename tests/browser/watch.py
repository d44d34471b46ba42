"""Watches what a browser asks for and complains about: every test is a privacy test too."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError

# Schemes by which the page itself reaches no other machine.
INSIDE = {"about", "blob", "chrome-error", "data", "mailto", "tel"}

# Complaints of the platform itself, each with its reason. Nothing of ours belongs here.
KNOWN: dict[str, str] = {
    "Cross-Origin-Opener-Policy header has been ignored": "what every page over plain http gets",
}

# What the browsers themselves say when a server or a kernel is gone: Chromium, then Firefox.
BROKEN = (
    *("Failed to load resource", "WebSocket connection to", "is disposed"),
    *("establish a connection to the server", "The connection to ws"),
)


@dataclass
class Watch:
    """Everything that happens in one browser context, and the pages in it."""

    allowed: frozenset[str] = frozenset()
    expected: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def start(self, context: BrowserContext) -> None:
        """Listen from the first moment on, also to pages that open later."""
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("page", self._page)
        context.on("console", self._console)
        context.on("weberror", self._error)

    def _page(self, page: Page) -> None:
        self.pages.append(page)
        page.on("websocket", lambda socket: self.asked.append(socket.url))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            place = message.location
            self._complain(f"{message.text} ({place['url']}:{place['lineNumber']})")

    def _error(self, error: WebError) -> None:
        self._complain(f"uncaught: {error.error}")

    def _complain(self, text: str) -> None:
        if not any(known in text for known in (*KNOWN, *self.expected)):
            self.complaints.append(text)

    @property
    def foreign(self) -> list[str]:
        """Addresses on any host but that of the first page, and those a test has allowed."""
        outside = [url for url in self.asked if urlsplit(url).scheme not in INSIDE]
        home = {urlsplit(url).netloc for url in outside[:1]} | self.allowed
        return [url for url in outside if urlsplit(url).netloc not in home]

    def check(self) -> None:
        """Fail if the page asked another host for anything, or if anything went wrong in it."""
        assert not self.foreign, f"asked other hosts: {self.foreign}"
        assert not self.complaints, f"errors in the page: {self.complaints}"
