"""A visitor who costs next to nothing, so that a crowd of them leaves the machine to the server.

States of widgets are those that came with the page, as in a browser; of what the kernel says only
scores are looked at; and whether these are right is worked out once, at the end.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1

from driving.crowd import RATINGS, TEXTS
from driving.visitor import INSTRUMENT, Visitor

if TYPE_CHECKING:
    import random

STATES = re.compile(r'widget-state\+json">(.*?)</script>', re.DOTALL)
PANEL = b'"panel"'  # in a message that tells of scores
WORD = "canary-"  # what each of them writes begins with this
CHAPTER = "ready"  # which is shown, and answered
HERE = [item for item in RATINGS if item.chapter == CHAPTER]
SIGNS = frozenset(item.id for item in INSTRUMENT.signs)


@dataclass
class Passer(Visitor):
    """One open page. ``waits`` are the seconds from each move of a slider to its scores."""

    waits: list[float] = field(default_factory=list)
    given: dict[str, object] = field(default_factory=dict)
    heard_words: list[bytes] = field(default_factory=list)
    word: str = ""

    def read(self, html: str) -> None:
        """Take the states that the page came with."""
        found = STATES.search(html)
        assert found is not None
        told: dict[str, Any] = json.loads(found[1])
        self.models = {key: one["state"] for key, one in told["state"].items()}

    async def connect(self) -> None:
        """Open the socket, and say that the page is there."""
        await self._open()
        self._begin()
        self.skip_signs()
        self.show(CHAPTER)

    async def _hear_all(self) -> None:
        while (raw := await self._socket.read_message()) is not None:
            assert isinstance(raw, bytes)
            if WORD.encode() in raw:
                self.heard_words.append(raw)
            if PANEL in raw:
                content = json.loads(deserialize_msg_from_ws_v1(raw)[1][3])
                self._take(content.get("comm_id"), content.get("data", {}))
                self._news.set()

    def set(self, key: str, value: object) -> None:
        """Change one control; what follows from it is not worked out here."""
        data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
        self.send("comm_msg", {"comm_id": self.control(key), "data": data})
        self.given[key] = value

    async def press(self, chance: random.Random) -> None:
        """Move some slider from one end to the other, and wait for the scores."""
        item = chance.choice(HERE)
        before = self.panels
        self.set(item.id, item.max if self.given.get(item.id) == item.min else item.min)
        self.waits.append(await self.until(lambda: self.panels > before, "no scores come"))

    def write(self, word: str) -> None:
        """Write a word of one's own into a text."""
        self.word = word
        self.set(TEXTS[0], word)

    @property
    def is_right(self) -> bool:
        """Whether the scores are those of all that this visitor has answered."""
        self.state.replace(self.given)
        for sign in SIGNS:
            self.state.skip(sign)
        return self.panel == self.right_panel

    def foreign(self, words: frozenset[str]) -> frozenset[str]:
        """Return the words of others that came here."""
        heard = b"\n".join(self.heard_words).decode(errors="replace")
        return frozenset(word for word in words - {self.word} if word in heard)
