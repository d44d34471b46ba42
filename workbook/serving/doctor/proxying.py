"""What a proxy may do to the page: each by the traces that it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.serving.doctor.asking import Answer, ask, is_here, origin_of
from workbook.serving.doctor.findings import Finding, remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE = "voila/templates/workbook/static/frame.css"
HSTS = "Strict-Transport-Security"
# What would send news of a visit to somebody, or know a visitor again.
TELLING = ("NEL", "Report-To", "Reporting-Endpoints", "Content-Security-Policy-Report-Only")
COLD = 0.05  # seconds: where a kernel takes no longer, nothing can be seen
LATE = 0.7  # of that time: where the head comes no sooner, something held it back


def is_ours(answer: Answer, wanted: Mapping[str, str]) -> bool:
    """Return whether the workbook's server has made an answer, by the headers it gives to all."""
    return any(answer.headers.get(name) == value for name, value in wanted.items())


def header_findings(url: str, answer: Answer, wanted: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what became of the headers of the page on their way; ``wanted`` is what was sent."""
    got = {name: answer.headers.get_list(name) for name in wanted}
    lost = [name for name, values in got.items() if not values]
    other = [name for name, values in got.items() if values and values != [wanted[name]]]
    if lost:
        yield Finding(f"The proxy takes away {', '.join(lost)}: let it pass all headers on.")
    if other:
        yield Finding(
            f"The proxy changes or doubles {', '.join(other)}: take these headers out of its"
            " configuration, the workbook sets them."
        )
    if "no-store" not in answer.headers.get("Cache-Control", ""):
        yield Finding(
            "The proxy changes Cache-Control, so that a page with somebody's kernel could be kept"
            " and shown to others: let it cache nothing and set no Cache-Control."
        )
    if "Set-Cookie" in answer.headers:
        yield Finding(
            "The proxy sets a cookie, by which visitors could be known again: a page stays with its"
            " server by its address, so no cookie is needed."
        )
    telling = [name for name in TELLING if name in answer.headers]
    if telling:
        yield Finding(
            f"The proxy adds {', '.join(telling)}: browsers then report to somebody who came."
            " Switch it off."
        )
    if url.startswith("https:") and not is_here(url) and HSTS not in answer.headers:
        yield remark(
            f"{HSTS} is missing: with it, a browser that was here once never comes without TLS."
        )


async def way_findings(url: str, site: str) -> list[Finding]:
    """Return whether the proxy passes path and Host; ``site`` is where the page's files are."""
    plain = await ask(site + FILE)
    if plain.status != 200:  # noqa: PLR2004
        return [
            Finding(
                f"{site}{FILE} answers {plain.status}, though the page is there: let the proxy pass"
                " everything below the address of the page, with its path as it is."
            )
        ]
    browser = await ask(site + FILE, headers={"Origin": origin_of(url)})
    if browser.status == 403:  # noqa: PLR2004
        return [
            Finding(
                "The proxy changes Host, so that sockets are refused: let it pass the name and the"
                " port that the browser sent (nginx: proxy_set_header Host $http_host)."
            )
        ]
    return []


def is_held_back(page: Answer, file: Answer) -> bool | None:
    """Return whether the head of a page came with its end; ``file`` came by the same way.

    The server sends the head at once, as it does a file, and the rest when the kernel is there.
    None where a kernel was there already, so that nothing can be seen.
    """
    if "Content-Length" in page.headers:
        return True
    work = page.whole - file.whole
    return page.head - file.head > LATE * work if work > COLD else None


BUFFERS = (
    "The proxy holds the page back until all of it is there, so that the start page comes later"
    " than it could: switch its buffering off (nginx: proxy_buffering off)."
)
