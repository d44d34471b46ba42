"""Many visitors: who come and go, and who are there at once."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from driving.visitor import INSTRUMENT, Visitor

if TYPE_CHECKING:
    from collections.abc import Callable

RATINGS = [item for item in INSTRUMENT.items if item.kind == "rating"]
TEXTS = [item.id for item in INSTRUMENT.items if item.kind == "text"]
BURST = 4  # moves of a slider before the hand rests


@dataclass
class Met:
    """What one visitor met with; all in seconds."""

    name: str
    opened: float
    waits: list[float] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


async def come_and_go(url: str, times: int, after_each: Callable[[], None]) -> None:
    """Open the page, answer one question, leave; again and again."""
    for number in range(times):
        visitor = await Visitor.come(url)
        visitor.skip_signs()
        visitor.set(RATINGS[0].id, number % 10)
        await visitor.settled()
        await visitor.leave()
        after_each()


async def together(
    url: str, people: int, moves: int, while_all_are_there: Callable[[], None]
) -> list[Met]:
    """Let ``people`` open the page at once, write texts of their own, and move sliders.

    Fails where the panel does not come to what a visitor's own answers lead to, be it that an
    answer was lost, came to somebody else, or that an older score stays.
    """
    all_here = asyncio.Barrier(people)

    async def one(number: int) -> tuple[Met, Visitor]:
        chance = random.Random(number)  # noqa: S311  # the same moves in each run
        start = time.monotonic()
        visitor = await Visitor.come(url)
        met = Met(f"canary-{number:03}-{chance.getrandbits(64):016x}", time.monotonic() - start)
        await all_here.wait()
        visitor.skip_signs()
        await visitor.settled()
        for key in TEXTS:
            visitor.set(key, f"{met.name} in {key}")
        for _ in range(moves):
            item = chance.choice(RATINGS)
            assert item.min is not None
            assert item.max is not None
            for _ in range(chance.randint(1, BURST)):
                visitor.set(item.id, chance.randint(item.min, item.max))
            met.waits.append(await visitor.settled())
        await visitor.until(lambda: visitor.summed_up(met.name), "the texts do not arrive")
        return met, visitor

    found = await asyncio.gather(*(one(number) for number in range(people)))
    while_all_are_there()
    names = {met.name for met, _ in found}
    for met, visitor in found:
        heard = "\n".join(visitor.seen)
        met.foreign = sorted(name for name in names - {met.name} if name in heard)
    await asyncio.gather(*(visitor.leave() for _, visitor in found))
    return [met for met, _ in found]
