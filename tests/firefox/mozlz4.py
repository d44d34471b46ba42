"""Reads what Firefox keeps of a session: a block of LZ4 behind a word and a size of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = b"mozLz40\0"


def read(path: Path) -> bytes:
    """Return what stands in a file, unpacked where Firefox has packed it."""
    content = path.read_bytes()
    if not content.startswith(MAGIC):
        return content
    try:
        return _unpack(content[len(MAGIC) + 4 :])
    except IndexError:  # the browser is still writing it
        return content


def _unpack(block: bytes) -> bytes:
    out = bytearray()
    at = 0
    while at < len(block):
        token = block[at]
        size, at = _length(block, at + 1, token >> 4)
        out += block[at : at + size]
        at += size
        if at >= len(block):  # the last sequence is plain text only
            break
        offset = int.from_bytes(block[at : at + 2], "little")
        size, at = _length(block, at + 2, token & 15)
        start = len(out) - offset
        for n in range(size + 4):  # it may run into what it writes itself
            out.append(out[start + n])
    return bytes(out)


def _length(block: bytes, at: int, size: int) -> tuple[int, int]:
    """Return a length and where it ends: 15 goes on, with bytes up to one that is not 255."""
    more = size == 15
    while more:
        size += block[at]
        more = block[at] == 255
        at += 1
    return size, at
