"""What stands on a page and how it lies there: words not translated, texts cut or over others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from driving.waiting import eventually
from tests.pseudo import foreign

if TYPE_CHECKING:
    from collections.abc import Collection

    from playwright.sync_api import Page

# Every text a person sees or hears, and where it stands.
TEXTS = """() => {
    const found = [];
    const add = (text, element, what) => {
        const kind = element.className?.baseVal ?? element.className;
        if (text?.trim()) found.push([text.trim(), `${what} in ${element.tagName}.${kind}`]);
    };
    const seen = element => element.checkVisibility({visibilityProperty: true});
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (element.closest("script, style, noscript")) continue;
        const there = element.closest("option") || seen(element);
        if (there) add(walker.currentNode.data, element, "text");
    }
    const aria = ["aria-label", "aria-valuetext", "aria-description"];
    const names = [...aria, "title", "placeholder", "alt"];
    for (const element of [...document.querySelectorAll("body *")].filter(seen)) {
        for (const name of names) add(element.getAttribute(name), element, name);
        for (const part of ["::before", "::after"]) {
            const {content} = getComputedStyle(element, part);
            if (content.startsWith('"')) add(content.slice(1, -1), element, part);
        }
    }
    add(document.title, document.documentElement, "title");
    return found;
}"""

# Texts that are cut off, lie outside of what they stand in or of the window, or over another text.
LAYOUT = """() => {
    const found = new Set();
    const wide = document.documentElement.clientWidth;
    const far = document.documentElement.scrollWidth;
    if (far > wide) found.add(`the page scrolls sideways: ${far} > ${wide}`);
    const frames = "button, select, .wb-msg, .wb-panel, label, td, th, .wb-bands span";
    const cuts = ["hidden", "clip"];
    const texts = [];
    const look = (element, text, rect) => {
        const box = element.closest(frames)?.getBoundingClientRect();
        const [left, right] = box ? [box.left, box.right] : [0, wide];
        // what scrolls by itself, as a wide table does, may go on
        if (element.closest("details:has(> table)")) return;
        if (rect.left < left - 1.5 || rect.right > right + 1.5) found.add(`outside: ${text}`);
        if (!element.closest("button")) return;
        if (rect.top < box.top - 1 || rect.bottom > box.bottom + 1) found.add(`too high: ${text}`);
    };
    const asked = new Map();  // each is asked once: many texts stand in the same
    const frameOf = e => {
        if (!asked.has(e)) {
            const {overflowX, overflowY} = getComputedStyle(e);
            const idle = ![overflowX, overflowY].some(o => cuts.includes(o)) || e.closest("svg");
            asked.set(e, idle ? null : {overflowX, overflowY, box: e.getBoundingClientRect()});
        }
        return asked.get(e);
    };
    const clip = (element, text, rect) => {
        for (let e = element; e && !e.matches(".wb, .wb-frame"); e = e.parentElement) {
            const frame = frameOf(e);
            if (!frame) continue;
            const {overflowX, overflowY, box} = frame;
            const across = Math.max(box.left - rect.left, rect.right - box.right);
            const down = Math.max(box.top - rect.top, rect.bottom - box.bottom);
            const gone = rect.top >= box.bottom - 3;  // a second line, hidden whole
            if (gone && cuts.includes(overflowY)) return false;
            if (cuts.includes(overflowX) && across > 1.5) found.add(`cut off: ${text}`);
            if (cuts.includes(overflowY) && down > 3) found.add(`cut below: ${text}`);
        }
        return true;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !element.closest(".wb, .wb-frame")) continue;
        if (element.closest("option, .wb-hidden, .widget-label")) continue;
        if (!element.checkVisibility({visibilityProperty: true})) continue;
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        const text = walker.currentNode.data.trim().slice(0, 60);
        for (const rect of range.getClientRects()) {
            if (rect.width < 2 || !clip(element, text, rect)) continue;
            look(element, text, rect);
            const layer = element.closest(".wb-bar, .wb-panel, .wb");
            texts.push({rect, text, layer, slack: element.closest("svg") ? 6 : 4});
        }
    }
    texts.sort((a, b) => a.rect.top - b.rect.top);
    for (const [n, a] of texts.entries()) {
        for (let m = n + 1; m < texts.length; m += 1) {
            const b = texts[m], [p, q] = [a.rect, b.rect];
            if (q.top > p.bottom) break;
            if (a.layer !== b.layer || a.text === b.text) continue;
            const across = Math.min(p.right, q.right) - Math.max(p.left, q.left);
            const down = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
            if (across > 1 && down > Math.max(a.slack, b.slack)) {
                found.add(`over each other: ${a.text} | ${b.text}`);
            }
        }
    }
    return [...found];
}"""

# A window in which even the open panel scrolls nothing out of sight.
HIGH = 14_000


def english(page: Page, allowed: Collection[str]) -> list[str]:
    """Return what stands on the page and is not in the made-up language, or cut."""
    found: list[tuple[str, str]] = page.evaluate(TEXTS)
    assert len(found) > 100
    return [f"{text} ({where})" for text, where in found if foreign(text, allowed)]


def should_lie_well(page: Page) -> None:
    """Wait until every text lies whole in its place, and no text over another."""
    faults: list[str] = []

    def well() -> bool:
        faults[:] = page.evaluate(LAYOUT)
        return not faults

    eventually(well, 20, lambda: "\n".join(faults))
