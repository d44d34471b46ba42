"""The private names of Voilà that the server uses, because there are no public ones.

Beside these, kernels.py overrides ``_handle_kernel_died`` of jupyter_server.

Nothing else may use such a name. pyproject.toml bounds the versions, and tests/serving/
test_internals.py fails if one goes away or does something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voila.request_info_handler import RequestInfoSocketHandler

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterable, MutableSequence


def forget_request(kernel_id: str) -> None:
    """Drop what Voilà keeps of the request that a kernel was started for; it never does."""
    RequestInfoSocketHandler._cache.pop(kernel_id, None)  # noqa: SLF001


def pools_of(manager: object) -> Iterable[MutableSequence[asyncio.Task[Any]]]:
    """Return Voilà's pools of kernels that start or wait warm; none where it keeps no pool."""
    pools: dict[str, MutableSequence[asyncio.Task[Any]]] = getattr(manager, "_pools", {})
    return pools.values()


def executor_of(kernel_start: Any) -> Any:
    """Return what runs the cells of a page, from the function that its template starts it with."""
    return kernel_start.func.__self__.executor


def is_ready(warmed: asyncio.Task[Any]) -> bool:
    """Return whether the cells of a kernel in a pool have run, or it has failed."""
    failed = warmed.cancelled() or warmed.exception() is not None
    return failed or bool(warmed.result()["task"].done())
