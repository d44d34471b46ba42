"""Whether nobody on the way can read what is sent."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from typing import Any
from urllib.parse import urlsplit

from workbook.serving.doctor.asking import QUICK, Unreachable, ask, is_here, why
from workbook.serving.doctor.findings import Finding, remark

DAY = 24 * 60 * 60  # seconds
URGENT = 3  # days; until then it is a remark
SOON = 14  # days
HTTPS = 443
# OpenSSL's numbers of what may be wrong with a certificate.
EARLY, EXPIRED, NAMES, ISSUERS = 9, 10, {62, 64}, {18, 19, 20, 21}


async def certificate_findings(url: str) -> list[Finding]:
    """Return what is wrong with the certificate of an https address. Raises Unreachable."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    try:
        async with asyncio.timeout(QUICK):
            _, writer = await asyncio.open_connection(
                name, parts.port or HTTPS, ssl=ssl.create_default_context()
            )
    except ssl.SSLCertVerificationError as error:
        return [Finding(_certificate(name, error))]
    except ssl.SSLError:
        raise Unreachable(
            "no TLS is spoken there. Let the proxy listen with a certificate"
        ) from None
    except (OSError, TimeoutError) as error:
        raise Unreachable(why(error)) from None
    certificate: dict[str, Any] = writer.get_extra_info("peercert")
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    days = int((ssl.cert_time_to_seconds(certificate["notAfter"]) - time.time()) // DAY)
    if days < SOON:
        says = remark if days > URGENT else Finding
        return [
            says(
                f"The certificate of {name} ends in {days} days: see to it that it is"
                " renewed by itself."
            )
        ]
    return []


def _certificate(name: str, error: ssl.SSLCertVerificationError) -> str:
    code = error.verify_code
    if code == EXPIRED:
        return f"The certificate of {name} is out of date: renew it, and load it into the proxy."
    if code == EARLY:
        return f"The certificate of {name} is not valid yet: set the clocks of both machines."
    if code in NAMES:
        return f"The certificate is not for {name}: get one for this name."
    if code in ISSUERS:
        return (
            f"The certificate of {name} is vouched for by nobody whom browsers know: get one from"
            " an authority, and give the proxy the whole chain."
        )
    return f"Browsers do not take the certificate of {name}: {error.verify_message}."


async def plain_findings(url: str, port: int) -> list[Finding]:
    """Return whether the name of an https address answers without encryption too, at ``port``."""
    parts = urlsplit(url)
    if is_here(url) or (parts.port or HTTPS) != HTTPS:
        return []
    plain = f"http://{parts.hostname}/" if port == 80 else f"http://{parts.hostname}:{port}/"  # noqa: PLR2004
    try:
        answer = await ask(plain)
    except Unreachable:
        return []
    if answer.headers.get("Location", "").startswith("https:"):
        return []
    return [
        Finding(
            f"{plain} answers {answer.status} and does not lead to https: let the proxy redirect"
            " it."
        )
    ]
