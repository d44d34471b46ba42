"""Firefox writes to the disk what stands in fields, to bring a tab back. Nothing of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from driving.driver import WORDS, open_in_voila
from tests.browser.profile import fill_all, found, type_what_is_kept, wait_until_written
from tests.firefox.mozlz4 import read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.firefox.conftest import OpenProfile

pytestmark = pytest.mark.firefox


def test_nothing_entered_is_written_into_the_profile(
    open_profile: OpenProfile, voila_url: str, tmp_path: Path
) -> None:
    context = open_profile(tmp_path)
    page = context.new_page()
    elsewhere = WORDS("frame.leave-to")
    page.route(f"{elsewhere}**", lambda route: route.fulfill(body="Near", content_type="text/html"))
    screen = open_in_voila(page, voila_url)
    entered = fill_all(screen)
    type_what_is_kept(page, "wombat-open")
    wait_until_written("wombat-open", tmp_path, read)
    assert found(entered, tmp_path, read) == {}
    screen.button("frame.leave").click(no_wait_after=True)
    page.wait_for_url(f"{elsewhere}**")
    type_what_is_kept(page, "wombat-left")
    wait_until_written("wombat-left", tmp_path, read)
    assert found(entered, tmp_path, read) == {}
    context.close()
    assert found(entered, tmp_path, read) == {}
