// A document for tests without a browser. Imported before anything that looks for one.

import { Window } from "happy-dom";

const page = new Window({ url: "http://127.0.0.1:8866/" });
const NAMES = ["document", "window", "location", "Element", "HTMLElement", "Node", "Event"];
const MORE = ["DragEvent", "KeyboardEvent", "MouseEvent", "MutationObserver", "Text", "Selection"];
for (const name of [...NAMES, ...MORE]) globalThis[name] = page[name] ?? class {};
globalThis.window = globalThis;
for (const name of ["getComputedStyle", "addEventListener", "removeEventListener"]) {
  globalThis[name] = page[name].bind(page);
}
globalThis.requestAnimationFrame = (act) => setTimeout(act);
globalThis.cancelAnimationFrame = clearTimeout;
