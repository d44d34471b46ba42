"""What Firefox keeps of what one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.driver import open_in_voila

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.firefox


def test_it_opens(page: Page, voila_url: str) -> None:
    screen = open_in_voila(page, voila_url)
    screen.rate("for.care", 6)
    screen.should_have({"for.care": 6})
