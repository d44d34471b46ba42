"""The address that visitors use, looked at from outside, as they do."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from workbook.serving.doctor.asking import Answer, Unreachable, ask, is_here, origin_of
from workbook.serving.doctor.encryption import certificate_findings, plain_findings
from workbook.serving.doctor.findings import Finding, Weight
from workbook.serving.doctor.proxying import (
    BUFFERS,
    FILE,
    header_findings,
    is_held_back,
    is_ours,
    way_findings,
)
from workbook.serving.doctor.tie import tie_findings

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIG = re.compile(r'id="jupyter-config-data"[^>]*>([^<]*)<')
TEMPLATE = "voila/templates/workbook/"
SILENT = 3.0  # seconds; a page asks its kernel every two and a half
HTTP = 80
MOST_PAGES, ENOUGH = 5, 2  # to look at, one after the other; of which so many came late
MOST_WAYS = 5  # that lead on
OK, NO_CONTENT = 200, 204
LEADING = range(300, 400)


async def address_findings(
    url: str, wanted: Mapping[str, str], silent: float = SILENT, plain: int = HTTP
) -> list[Finding]:
    """Return what a visitor of ``url`` meets with. It takes two places for a moment.

    ``wanted`` is the headers that the server gives to every answer. A socket is kept open for
    ``silent`` seconds. ``plain`` is the port where the same name may answer without TLS.
    """
    try:
        place, found = await _arrive(url, plain)
        if place is not None:
            found += await _look(place, wanted, silent)
    except Unreachable as error:
        return [Finding(f"{url} does not answer: {error}.")]
    return found


async def _arrive(url: str, plain: int) -> tuple[str | None, list[Finding]]:
    """Return the address where the page is, None if no browser would go there, and what is wrong.

    An address may lead to another one of the same name.
    """
    if url.startswith("https:"):
        wrong = await certificate_findings(url)
        if any(finding.weight > Weight.REMARK for finding in wrong):
            return None, wrong
        return url, wrong + await plain_findings(url, plain)
    if is_here(url):
        return url, []
    answer = await ask(url)
    there = urljoin(url, answer.headers.get("Location", ""))
    if there.startswith("https:") and urlsplit(there).hostname == urlsplit(url).hostname:
        return await _arrive(there, plain)
    await _leave(url, answer)
    return url, [
        Finding(
            f"{url} is not encrypted, and whoever listens in on the network can read every answer:"
            " give the proxy a certificate, and redirect http to https."
        )
    ]


async def _look(url: str, wanted: Mapping[str, str], silent: float) -> list[Finding]:
    """Return what is wrong where the page is."""
    page = await ask(url)
    for _ in range(MOST_WAYS):
        there = urljoin(url, page.headers.get("Location", ""))
        if page.status not in LEADING or origin_of(there) != origin_of(url):
            break
        url, page = there, await ask(there)
    config = _config(page)
    if config is None:
        return [Finding(_other(url, page, is_ours(page, wanted)))]
    site = urljoin(url, str(config["baseUrl"]))
    found: list[Finding] = []
    way: list[Finding] = []
    try:
        if TEMPLATE not in page.text:
            return [
                Finding(
                    f"At {url} Voilà runs without voila.json, and keeps none of what is promised:"
                    " start it in the folder of the workbook."
                )
            ]
        found += header_findings(url, page, wanted)
        found += await _next(url, site)
        way = await way_findings(url, site)
        found += way or await tie_findings(url, site, str(config["kernelId"]), silent)
    finally:
        left = await _leave(url, page)
    if not left and not way:
        found.append(
            Finding(
                "A page that is left cannot end its kernel: let the proxy pass POST to"
                f" {site}voila/."
            )
        )
    return found


async def _next(url: str, site: str) -> list[Finding]:
    """Return what the next pages tell: for those the server has to start a kernel.

    At the page's own address, because there the same server answers as for the first. A single one
    may be late by chance.
    """
    file = await ask(site + FILE)
    late = 0
    for _ in range(MOST_PAGES):
        page = await ask(site)
        await _leave(url, page)
        held_back = is_held_back(page, file) if _config(page) else False
        late += held_back is True
        if held_back is False or late == ENOUGH:
            break
    return [Finding(BUFFERS)] if late == ENOUGH else []


def _config(page: Answer) -> dict[str, object] | None:
    """Return what a page of Voilà knows of itself, or None where it is none."""
    match = CONFIG.search(page.text) if page.status == OK else None
    try:
        config = json.loads(match[1]) if match else None
    except ValueError:
        return None
    return config if isinstance(config, dict) and {"baseUrl", "kernelId"} <= set(config) else None


async def _leave(url: str, page: Answer) -> bool:
    """End the kernel of a page, if it has one; return whether a browser could have done it."""
    config = _config(page)
    if config is None:
        return True
    end = urljoin(url, f"{config['baseUrl']}voila/api/shutdown/{config['kernelId']}")
    browser = await ask(end, "POST", {"Origin": origin_of(url)})
    if browser.status != NO_CONTENT:
        await ask(end, "POST")
    return browser.status == NO_CONTENT


def _other(url: str, page: Answer, ours: bool) -> str:  # noqa: FBT001
    """Return what an answer means that is not the page; ``ours``: the workbook's server made it."""
    name, path = urlsplit(url).hostname, urlsplit(url).path
    meanings = {
        (401, False): "asks for a log-in, and what is behind it cannot be seen from here. Let the"
        " doctor in by another address.",
        (
            403,
            True,
        ): f"answers 403, because the server does not go by the name {name}: start it with"
        f" --Visitors.hosts={name}",
        (403, False): "answers 403, and not the workbook does: let the proxy let visitors in.",
        (
            404,
            True,
        ): f"answers 404, because the page is not at {path}: let the proxy pass the path as"
        f" it is, and start the server with --Voila.base_url if that is not /.",
        (404, False): "answers 404, and not the workbook does: let the proxy pass this path.",
        (502, False): "answers 502, because the proxy reaches no server: start it, or mend the"
        " address that the proxy passes to.",
        (
            503,
            True,
        ): "answers 503, because all places are taken, or no server behind the balancer runs: see"
        " whether they run, look again later, or give it more places.",
        (
            503,
            False,
        ): "answers 503, and not the workbook does: no server is there, or the proxy lets"
        " nobody in.",
        (504, False): "answers 504, because the server behind the proxy does not answer: start it"
        " again.",
    }
    meaning = meanings.get((page.status, ours))
    if page.status in LEADING:
        meaning = f"leads to {page.headers.get('Location')}: give the doctor that address."
    if meaning is None and page.status == OK:
        meaning = "shows another page than the workbook: let the proxy pass this address to it."
    return f"{url} {meaning or f'answers {page.status}: let the proxy pass this address on.'}"
