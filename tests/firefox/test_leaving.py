"""What is left of a page once Firefox has left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.driver import Screen
from driving.servers import ask
from driving.waiting import eventually
from tests.browser.test_leaving import kernel_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.firefox

LEAVES = 8  # of the last word that a page sends, Firefox loses about one in three
SOON = 15  # seconds


def test_each_page_that_is_left_ends_its_kernel(page: Page, voila_url: str) -> None:
    kernels = []
    for _ in range(LEAVES):
        page.goto(voila_url)
        expect(Screen(page).button("intro.begin")).to_be_visible()
        # Firefox says of scripts that it gives up, on leaving, that they failed.
        expect(page.locator("script[type*=cell-output]")).to_have_count(0)
        kernels.append(kernel_of(page))
        page.goto("about:blank")
    assert len(set(kernels)) == LEAVES
    places = [f"{voila_url}api/kernels/{kernel}" for kernel in kernels]
    eventually(
        lambda: {ask(place).status for place in places} == {404},
        SOON,
        lambda: f"{[ask(place).status for place in places].count(200)} kernels live on",
    )
