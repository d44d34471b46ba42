"""Many people on three servers, of which one is killed and one replaced: nobody is mixed up."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psutil
import pytest

from driving.cluster import cluster, wait_for_places
from driving.crowd import RATINGS, TEXTS
from driving.servers import ask
from driving.visitor import Visitor
from driving.waiting import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from deploying.cluster import Cluster

pytestmark = pytest.mark.cluster

PEOPLE = 120
AT_ONCE = 10  # who open the page at the same time
TOLD = 10  # seconds
KILLED, DRAINED, LEFT_ALONE = 0, 1, 2


@dataclass
class Crowd:
    """People on many servers, each with a word of their own in every text."""

    here: Cluster
    chance: random.Random = field(default_factory=lambda: random.Random(18))  # noqa: S311
    people: dict[str, Visitor] = field(default_factory=dict)

    async def come(self, number: int) -> None:
        few = asyncio.Semaphore(AT_ONCE)

        async def one() -> None:
            async with few:
                visitor = await Visitor.come(self.here.url)
                canary = f"canary-{len(self.people):03}-{self.chance.getrandbits(64):016x}"
                self.people[canary] = visitor
                await self.answer(canary)
                for key in TEXTS:
                    visitor.set(key, f"{canary} in {key}")
                await self.summed_up(canary)

        await asyncio.gather(*(one() for _ in range(number)))

    async def answer(self, canary: str) -> None:
        """Move a slider, and see the scores that follow from all of one's own answers."""
        visitor, item = self.people[canary], self.chance.choice(RATINGS)
        assert item.min is not None
        assert item.max is not None
        visitor.set(item.id, self.chance.randint(item.min, item.max))
        await visitor.settled()

    async def summed_up(self, canary: str) -> None:
        """See one's own texts in the summary, which follows when the hand rests."""
        visitor = self.people[canary]
        await visitor.until(lambda: visitor.summed_up(canary), "the texts are not there")

    def of(self, number: int) -> dict[str, Visitor]:
        """Return who is on a server."""
        return {c: v for c, v in self.people.items() if v.url.endswith(f"/{number}/")}

    async def all_answer(self, *numbers: int) -> None:
        """Let everybody on some servers answer in turn; their texts are still there."""
        for number in numbers:
            for canary in self.of(number):
                await self.answer(canary)
                await self.summed_up(canary)

    async def leave(self, number: int) -> None:
        await asyncio.gather(*(visitor.leave() for visitor in self.of(number).values()))

    def mixed_up(self) -> list[str]:
        """Return every word that was seen by somebody whose word it is not."""
        heard = {canary: "\n".join(visitor.seen) for canary, visitor in self.people.items()}
        return [c for c in heard for canary, text in heard.items() if c != canary and c in text]


def test_of_many_people_nobody_is_mixed_up_and_nobody_loses_anything_but_with_their_server(
    tmp_path: Path,
) -> None:
    with cluster(tmp_path, places=PEOPLE) as here:
        crowd = Crowd(here)
        asyncio.run(_live_through(crowd))
        assert crowd.mixed_up() == []
        written = [file.read_text(errors="replace") for file in tmp_path.glob("*.log")]
        secrets = [*crowd.people, *(visitor.kernel for visitor in crowd.people.values())]
        assert not [secret for secret in secrets for log in written if secret in log]


async def _live_through(crowd: Crowd) -> None:
    await crowd.come(PEOPLE)
    spread = Counter(visitor.url for visitor in crowd.people.values())
    assert len(spread) == 3
    assert max(spread.values()) - min(spread.values()) <= 3, spread
    await _one_is_killed(crowd)
    await _one_is_replaced(crowd)
    for number in (KILLED, LEFT_ALONE):
        await crowd.leave(number)


async def _one_is_killed(crowd: Crowd) -> None:
    lost = crowd.of(KILLED)
    killed = time.monotonic()
    crowd.here.kill(KILLED)
    await asyncio.gather(*(visitor.closed() for visitor in lost.values()))
    assert time.monotonic() - killed < TOLD
    await crowd.all_answer(DRAINED, LEFT_ALONE)
    await asyncio.to_thread(wait_for_places, crowd.here, KILLED)
    # By this a page knows that its kernel is gone for good; it has the answers itself.
    gone = [ask(f"{visitor.url}api/kernels/{visitor.kernel}").status for visitor in lost.values()]
    assert set(gone) == {404}
    for visitor in lost.values():
        visitor.url = "lost"


async def _one_is_replaced(crowd: Crowd) -> None:
    here = crowd.here
    process = psutil.Process(here.servers[DRAINED].pid)
    here.drain(DRAINED)
    eventually(lambda: here.free(DRAINED) == 0, TOLD, lambda: "it is not drained")
    before = set(crowd.of(DRAINED))
    await crowd.come(6)
    assert set(crowd.of(DRAINED)) == before, "somebody new has come in"
    await crowd.all_answer(DRAINED, LEFT_ALONE, KILLED)
    assert process.is_running(), "people are there"
    await crowd.leave(DRAINED)
    await asyncio.to_thread(process.wait, TOLD)
    await asyncio.to_thread(wait_for_places, here, DRAINED)
    assert [server.starts for server in here.servers] == [2, 2, 1]
    for canary in before:
        crowd.people[canary].url = "left"
    await crowd.come(3)
    assert crowd.of(DRAINED), "nobody new comes to the new server"
    await crowd.all_answer(*range(3))
    await crowd.leave(DRAINED)
