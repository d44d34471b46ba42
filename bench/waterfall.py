"""What a page waited for, drawn with letters: a line for each request that matters."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from bench.visits import Asked, Traffic, Visit

WIDTH = 60  # letters for all of the time
NAME = 28
LINES = 14  # requests with a line of their own


def waterfall(traffic: Traffic, times: Visit) -> str:
    """Return the requests of a visit in the order in which they were made.

    The longest have a line of their own; what lies between them is told together.
    """
    asked = [one for one in traffic.over_the_line if one.start]
    if not asked:
        return ""
    zero = min(one.start for one in asked)
    scale = WIDTH / times.answered
    long = sorted(asked, key=lambda one: one.end - one.start, reverse=True)[:LINES]
    lines: list[str] = []
    rest: list[Asked] = []
    for one in sorted(asked, key=lambda one: one.start):
        if any(one is other for other in long):
            lines += _together(rest, zero, scale)
            rest = []
            lines.append(_line(_name(one), [one], zero, scale))
        else:
            rest.append(one)
    lines += _together(rest, zero, scale)
    marks = {"readable": times.readable, "answers": times.answered}
    lines += [f"{name:{NAME}} {' ' * round(at * scale)}▲ {at:.1f} s" for name, at in marks.items()]
    return "\n".join(line.rstrip() for line in lines)


def _together(rest: list[Asked], zero: float, scale: float) -> list[str]:
    return [_line(f"({len(rest)} more)", rest, zero, scale)] if rest else []


def _line(name: str, asked: list[Asked], zero: float, scale: float) -> str:
    start = min(one.start for one in asked) - zero
    end = max(one.end for one in asked) - zero
    first = min(WIDTH - 1, round(start * scale))
    length = max(1, min(WIDTH, round(end * scale)) - first)
    bar = (" " * first + "█" * length).ljust(WIDTH)
    return f"{name[:NAME]:{NAME}} {bar} {sum(one.bytes for one in asked) / 1000:.0f} kB"


def _name(asked: Asked) -> str:
    if asked.kind == "WebSocket":
        return "websocket (uncompressed)"
    return urlsplit(asked.url).path.rsplit("/", 1)[-1] or "document"
