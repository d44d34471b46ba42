"""What stands on a page and how it lies there: words nobody translated, texts cut or over others."""

from __future__ import annotations

# Every text a person sees or hears, with what it stands in. A text of one sentence may be many
# nodes; each is given for itself, so that a cut one shows.
TEXTS = """() => {
    const found = [];
    const add = (text, element, what) => {
        text = text?.trim();
        if (text) found.push([text, `${what} in ${element.tagName}.${element.className?.baseVal ?? element.className}`]);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (element.matches("script, style, noscript, noscript *")) continue;
        if (element.closest("option") || element.checkVisibility({visibilityProperty: true})) {
            add(walker.currentNode.data, element, "text");
        }
    }
    for (const element of document.querySelectorAll("body *")) {
        if (!element.checkVisibility({visibilityProperty: true})) continue;
        for (const name of ["aria-label", "aria-valuetext", "aria-description", "title", "placeholder", "alt"]) {
            add(element.getAttribute(name), element, name);
        }
        for (const part of ["::before", "::after"]) {
            const {content} = getComputedStyle(element, part);
            if (content.startsWith('"')) add(content.slice(1, -1), element, part);
        }
    }
    add(document.title, document.documentElement, "title");
    return found;
}"""

# Texts that are cut off, lie outside of their button or of the window, or over another text.
LAYOUT = """() => {
    const found = [];
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > wide) {
        found.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} > ${wide}`);
    }
    const rects = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !element.closest(".wb, .wb-frame")) continue;
        if (element.closest("option, .wb-hidden, .widget-label")) continue;
        if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        const text = walker.currentNode.data.trim().slice(0, 40);
        const frame = element.closest("button, select, .wb-msg, .wb-panel, label, td, th, .wb-bands span, .sum-bands span");
        // in a table that scrolls, a text may lie outside of the window
        const box = element.closest("details:has(> table)") ? null : frame?.getBoundingClientRect();
        for (const rect of range.getClientRects()) {
            if (rect.width < 2) continue;
            const [left, right] = box ? [box.left, box.right] : [0, wide];
            if (!element.closest("details:has(> table)")
                && (rect.left < left - 1.5 || rect.right > right + 1.5)) {
                found.push(`cut off or outside: ${text} in ${element.tagName}.${element.className?.baseVal ?? element.className}`);
            }
            if (element.closest("button") && (rect.top < box.top - 1 || rect.bottom > box.bottom + 1)) {
                found.push(`outside its button: ${text}`);
            }
            const layer = element.closest(".wb-bar, .wb-panel, .wb");
            rects.push({rect, text, layer, element});
        }
        for (let e = element; e && !e.matches(".wb, .wb-frame"); e = e.parentElement) {
            const {overflowX, overflowY} = getComputedStyle(e);
            if (e.closest("svg")) continue;
            const cutX = ["hidden", "clip"].includes(overflowX) && e.scrollWidth > e.clientWidth + 1;
            const cutY = ["hidden", "clip"].includes(overflowY) && e.scrollHeight > e.clientHeight + 1;
            if (cutX || cutY) found.push(`clipped: ${text} by ${e.tagName}.${e.className}`);
        }
    }
    for (const [n, a] of rects.entries()) {
        for (const b of rects.slice(n + 1)) {
            if (a.layer !== b.layer || a.text === b.text) continue;
            const across = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left);
            const down = Math.min(a.rect.bottom, b.rect.bottom) - Math.max(a.rect.top, b.rect.top);
            const svg = a.element.closest("svg") || b.element.closest("svg");
            if (across > 1 && down > (svg ? 6 : 4)) found.push(`over each other: ${a.text} | ${b.text}`);
        }
    }
    return [...new Set(found)];
}"""
