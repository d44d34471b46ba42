"""What a page waited for, drawn with letters: a line for each wave of requests."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from bench.visits import Asked, Traffic, Visit

WIDTH = 60  # letters for all of the time
NAME = 22
TOGETHER = 0.03  # of all of the time: what starts within that is one wave


def waterfall(traffic: Traffic, times: Visit) -> str:
    """Return what a visit got over the line, in the order in which it was asked for."""
    asked = [one for one in traffic.over_the_line if one.start]
    if not asked:
        return ""
    zero = min(one.start for one in asked)
    scale = WIDTH / times.answered
    lines = [_line(wave, zero, scale) for wave in _waves(asked, times.answered * TOGETHER)]
    marks = {"readable": times.readable, "answers": times.answered}
    lines += [f"{name:{NAME}} {' ' * round(at * scale)}▲ {at:.1f} s" for name, at in marks.items()]
    return "\n".join(lines)


def _waves(asked: list[Asked], together: float) -> list[list[Asked]]:
    """Put what is of one kind and starts together into one wave."""
    waves: list[list[Asked]] = []
    for one in sorted(asked, key=lambda one: one.start):
        like = [wave for wave in waves if wave[0].kind == one.kind]
        if like and one.start - like[-1][-1].start < together:
            like[-1].append(one)
        else:
            waves.append([one])
    return waves


def _line(wave: list[Asked], zero: float, scale: float) -> str:
    first = min(WIDTH - 1, round((wave[0].start - zero) * scale))
    last = min(WIDTH, round((max(one.end for one in wave) - zero) * scale))
    bar = " " * first + "█" * max(1, last - first)
    name = _name(wave[0]) if len(wave) == 1 else f"{wave[0].kind.lower()} x {len(wave)}"
    return f"{name[:NAME]:{NAME}} {bar:{WIDTH}} {sum(one.bytes for one in wave) / 1000:.0f} kB"


def _name(asked: Asked) -> str:
    if asked.kind in {"Document", "Fetch", "WebSocket", "XHR"}:
        return asked.kind.lower()
    return urlsplit(asked.url).path.rsplit("/", 1)[-1]
