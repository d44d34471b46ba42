"""No place, no server, or too many pages: it is said; and a free place is found anywhere."""

from __future__ import annotations

import asyncio
import random
from functools import partial
from typing import TYPE_CHECKING

import pytest
from tornado.httpclient import HTTPClientError

from deploying.cluster import HERE
from deploying.site import Limits
from driving.cluster import cluster, wait_for_places
from driving.servers import ask
from driving.visitor import NoRoom, Visitor
from driving.waiting import eventually
from tests.cluster.conftest import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from deploying.cluster import Cluster

pytestmark = pytest.mark.cluster

ALL = 3 * PLACES
MANY = 5  # times


@pytest.fixture(autouse=True)
def all_gone(small: Cluster) -> Iterator[None]:
    """Begin each test with all places free, and end it so."""
    for number in range(3):
        wait_for_places(small, number, PLACES)
    yield
    small.revives = True


def test_who_finds_no_place_is_told_so_and_one_that_is_free_is_found_wherever_it_is(
    small: Cluster,
) -> None:
    chance = random.Random(18)  # noqa: S311  # the same servers in each run

    async def visit() -> None:
        here = [await Visitor.come(small.url) for _ in range(ALL)]
        for _ in range(MANY):
            with pytest.raises(NoRoom, match="All places are taken"):
                await Visitor.come(small.url)
            answer = ask(small.url)
            assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
            assert 'href="tel:' in answer.text
            leaves = here.pop(chance.randrange(ALL))
            await leaves.leave()
            wait_for_places(small, int(leaves.url[-2]))
            here.append(await Visitor.come(small.url))
            assert here[-1].url == leaves.url
        for visitor in here:
            await visitor.leave()

    asyncio.run(visit())


def test_of_many_at_once_just_as_many_come_in_as_there_are_places(small: Cluster) -> None:
    async def visit() -> list[type]:
        tries = (Visitor.come(small.url) for _ in range(ALL + 4))
        found = await asyncio.gather(*tries, return_exceptions=True)
        for visitor in found:
            if isinstance(visitor, Visitor):
                await visitor.leave()
        return [type(one) for one in found]

    found = asyncio.run(visit())
    assert found.count(Visitor) == ALL
    assert found.count(NoRoom) == 4


def test_who_is_sent_to_a_server_that_has_just_filled_up_comes_in_at_another(
    small: Cluster,
) -> None:
    full, room = (0, 1), 2
    doors = [f"http://{HERE}:{small.ports[number]}/" for number in full]

    async def visit() -> None:
        first = [await Visitor.come(door, "/") for door in doors for _ in range(PLACES - 1)]
        filling = [asyncio.create_task(Visitor.come(door, "/")) for door in doors]
        await asyncio.to_thread(_until_full, small, full)
        # The balancer asks once a second, and does not know yet.
        here = await asyncio.gather(*(Visitor.come(small.url) for _ in range(PLACES)))
        assert {visitor.url for visitor in here} == {f"{small.url}{room}/"}
        for visitor in (*first, *here, *await asyncio.gather(*filling)):
            await visitor.leave()

    asyncio.run(visit())


def _until_full(small: Cluster, numbers: Sequence[int]) -> None:
    free = partial(map, small.free, numbers)
    eventually(lambda: not any(free()), 30, lambda: f"{[*free()]} places are free")


def test_where_no_server_is_the_balancer_says_so_and_then_all_is_well_again(
    small: Cluster,
) -> None:
    small.revives = False
    for number in range(3):
        small.kill(number)
    eventually(
        lambda: not any(server.lives for server in small.servers), 10, lambda: "one lives on"
    )
    for path in ("", "0/api/kernels/x", "0/voila/templates/workbook/static/frame.css"):
        answer = ask(small.url + path)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
        assert "Something went wrong here" in answer.text
        assert 'href="tel:' in answer.text
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    small.revives = True
    for number in range(3):
        wait_for_places(small, number)

    async def visit() -> None:
        await (await Visitor.come(small.url)).leave()

    asyncio.run(visit())


@pytest.mark.parametrize("path", ["health", "0/health", "nothing", "0/nothing", "77/x", "0x/"])
def test_what_is_nobodys_business_is_not_there(small: Cluster, path: str) -> None:
    answer = ask(small.url + path)
    assert answer.status == 404
    assert "There is no page at this address." in answer.text
    assert "free" not in answer.text


def test_a_page_is_entered_by_the_door_only(small: Cluster) -> None:
    for path in ("0/", "1", "7/?a=b"):
        answer = ask(small.url + path)
        assert (answer.status, answer.headers["Location"]) == (303, "/")


def test_an_address_takes_no_more_than_its_share(tmp_path: Path) -> None:
    limits = Limits(pages_a_minute=3, sockets=2)
    with cluster(tmp_path, servers=1, limits=limits) as here:

        async def visit() -> None:
            one, two = [await Visitor.come(here.url) for _ in range(2)]
            with pytest.raises(HTTPClientError, match="429"):
                await Visitor.come(here.url)
            await one.leave()
            await two.vanish()
            await two.connect()
            await two.leave()

        asyncio.run(visit())
        answer = ask(here.url)
        assert (answer.status, answer.headers["Retry-After"]) == (429, "60")
        assert "try again in a minute" in answer.text
