"""A page is made of what its widgets say together, and holds what each of them holds."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from typing import TYPE_CHECKING, Any

from driving.visitor import KERNEL, Visitor, get
from workbook.opening.digest import TARGET

if TYPE_CHECKING:
    from driving.servers import Server

STATE = re.compile(r'<script type="application/vnd.jupyter.widget-state\+json">(.*?)</script>')


def test_a_page_comes_with_what_its_kernel_holds(server: Server) -> None:
    async def visit() -> tuple[dict[str, Any], Visitor]:
        page = (await get(server.url)).body.decode()
        found, kernel = STATE.search(page), KERNEL.search(page)
        assert found
        assert kernel
        visitor = Visitor(server.url, kernel[1])
        await visitor.connect()
        came_with = json.loads(found[1])
        opened = {"comm_id": uuid.uuid4().hex, "target_name": TARGET}
        visitor.send("comm_open", opened | {"data": {"digest": came_with["digest"]}})
        await visitor.until(lambda: any('"same"' in s for s in visitor.seen), "it says nothing")
        await visitor.leave()
        return came_with, visitor

    came_with, visitor = asyncio.run(visit())
    assert {name: model["state"] for name, model in came_with["state"].items()} == visitor.models
    assert any('"same": true' in said for said in visitor.seen)
