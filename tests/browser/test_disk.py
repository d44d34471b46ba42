"""Browsers write to the disk what stands in fields, to bring a tab back. Nothing of ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from driving.chromium import ARGUMENTS, find_chromium
from driving.driver import WORDS, open_in_voila
from tests.browser.profile import fill_all, found, type_what_is_kept, wait_until_written

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_nothing_entered_is_written_into_the_profile(
    browser: Browser, voila_url: str, tmp_path: Path
) -> None:
    kind = browser.browser_type
    context = kind.launch_persistent_context(
        tmp_path, executable_path=find_chromium(kind), args=ARGUMENTS
    )
    page = context.new_page()
    elsewhere = WORDS("frame.leave-to")
    page.route(f"{elsewhere}**", lambda route: route.fulfill(body="Near", content_type="text/html"))
    screen = open_in_voila(page, voila_url)
    entered = fill_all(screen)
    type_what_is_kept(page, "wombat-open")
    wait_until_written("wombat-open", tmp_path)
    assert found(entered, tmp_path, Path.read_bytes) == {}
    screen.button("frame.leave").click(no_wait_after=True)
    page.wait_for_url(f"{elsewhere}**")
    type_what_is_kept(page, "wombat-left")
    wait_until_written("wombat-left", tmp_path)
    assert found(entered, tmp_path, Path.read_bytes) == {}
    context.close()
    assert found(entered, tmp_path, Path.read_bytes) == {}
