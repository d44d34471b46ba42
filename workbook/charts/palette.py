"""The one palette, for the page, its frame, print and files: each colour on light and on dark.

The hues of the scores are from Okabe and Ito's set, which people with any kind of colour vision
can tell apart, darkened or lightened until they read well on the paper.
"""

from __future__ import annotations

from types import MappingProxyType

PALETTE = MappingProxyType(
    {
        "paper": ("#fbfaf7", "#15181b"),
        "card": ("#ffffff", "#1c2024"),
        "ink": ("#23262b", "#e9e6df"),
        "soft": ("#5d636c", "#a3a8af"),
        "line": ("#e4e0d8", "#2d3238"),
        "edge": ("#85807a", "#7a828b"),
        "accent": ("#2f5d62", "#8fc1c4"),
        "tint": ("#e8f0ef", "#1f2e30"),
        "ready": ("#0072b2", "#56b4e9"),
        "risk": ("#c24e00", "#e69f00"),
        "third": ("#00795a", "#4cc9a0"),
        "band": ("#f0ede6", "#24292e"),
        "warn": ("#8a5a00", "#e0b050"),
        "region-0": ("#d5ece4", "#16382f"),
        "region-1": ("#dcebf5", "#17303f"),
        "region-2": ("#f6ecd0", "#3a3119"),
        "region-3": ("#f6dfd2", "#3f2618"),
        "region-4": ("#f0ede6", "#24292e"),
        "region-5": ("#efe1ea", "#38263a"),
    }
)


def adaptive(selector: str) -> str:
    """Return a CSS rule with every colour as a variable that follows ``color-scheme``."""
    return _rule(selector, {n: f"light-dark({a}, {b})" for n, (a, b) in PALETTE.items()})


def light(selector: str = ":root") -> str:
    """Return a CSS rule with the colours on paper."""
    return _rule(selector, {name: pair[0] for name, pair in PALETTE.items()})


def plain() -> str:
    """Return CSS for a whole document, for scripts that understand plain colours only.

    Dark on the screen alone: what is printed from a dark screen is still ink on paper.
    """
    dark = _rule(":root", {name: pair[1] for name, pair in PALETTE.items()})
    return f"{light()}\n@media screen and (prefers-color-scheme: dark) {{ {dark} }}"


def _rule(selector: str, colours: dict[str, str]) -> str:
    return f"{selector} {{ {' '.join(f'--wb-{n}: {c};' for n, c in colours.items())} }}"
