"""The style sheet asks nothing of the browser that makes every change slow."""

from __future__ import annotations

import re

from workbook.page.scripts import BROWSER

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SELECTORS = re.compile(r"([^{};]+)\{")
HAS = re.compile(r":has\((?:[^()]|\([^()]*\))*\)([^,]*)")


def test_no_rule_reaches_on_from_what_an_element_has() -> None:
    """After `:has(...)` with more behind it, each change made the whole page be styled anew."""
    css = COMMENT.sub("", (BROWSER / "style.css").read_text(encoding="utf-8"))
    rules = [" ".join(found.split()) for found in SELECTORS.findall(css)]
    assert len(rules) > 100
    assert not [r for r in rules for after in HAS.findall(r) if re.search(r"[ >+~]\S", after)]
