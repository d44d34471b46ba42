"""The private names of Voilà that the server uses, because there are no public ones.

Nothing else may use such a name. pyproject.toml bounds the versions, and tests/serving/
test_internals.py fails if one goes away or does something else.
"""

from __future__ import annotations

from voila.request_info_handler import RequestInfoSocketHandler


def forget_request(kernel_id: str) -> None:
    """Drop what Voilà keeps of the request that a kernel was started for; it never does."""
    RequestInfoSocketHandler._cache.pop(kernel_id, None)  # noqa: SLF001
