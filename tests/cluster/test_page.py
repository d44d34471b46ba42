"""A real page behind the balancer, by TLS: its server is killed, and it hands out the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from driving.cluster import cluster
from driving.driver import WORDS, check_file, open_in_voila
from tests.browser.breaking import KEY, SOON, TEXT, at_rest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import NewPage

pytestmark = pytest.mark.cluster

BASE = "JSON.parse(document.querySelector('#jupyter-config-data').text).baseUrl"
PROTOCOL = "performance.getEntriesByType('navigation')[0].nextHopProtocol"


def test_a_page_whose_server_is_killed_says_so_and_hands_out_its_file(
    new_page: NewPage, certificate: Path, tmp_path: Path
) -> None:
    with cluster(tmp_path, places=3, certificate=str(certificate)) as here:
        page = new_page(breaks=True, ignore_https_errors=True)
        answer = page.goto(here.url)
        assert answer is not None
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        screen = open_in_voila(page, here.url)
        assert page.evaluate(PROTOCOL) == "h2"
        assert page.evaluate("location.pathname") == "/"
        screen.write(TEXT, "Not tonight.")
        screen.rate(KEY, 7)
        at_rest(screen, {KEY: 7, TEXT: "Not tonight."})
        expect(page.locator(".wb-summary")).to_contain_text("Not tonight.")
        here.kill(int(page.evaluate(BASE).strip("/")))
        region = page.get_by_role("region", name=WORDS("link.title"))
        expect(region.get_by_role("alert")).not_to_be_empty(timeout=SOON)
        file = screen.save(region.get_by_role("button", name=WORDS("files.save")))
        check_file(file, {KEY: 7, TEXT: "Not tonight."})
        # The server has started anew meanwhile: this page is over, another one begins anywhere.
        page.get_by_role("button", name=WORDS("link.reload")).click()
        expect(page.locator(".wb-panel").first).to_be_attached()
