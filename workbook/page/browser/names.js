// What every question of the page is called, for those who hear it, and in which language.

import { CONTROLS } from "./goto.js";
import { ownId } from "./own_id.js";

const OUTPUT = ".jp-Cell-outputArea"; // of a cell in JupyterLab, without its code
const LABELLED = ".noUi-handle, select, textarea, input[type=text], .widget-radio-box";

/** Give the controls of a question its text as their name, and sliders their value in words. */
function name(item) {
  const text = item.querySelector(".wb-q");
  if (!text) return;
  text.id ||= ownId();
  for (const control of item.querySelectorAll(LABELLED)) {
    control.setAttribute("aria-labelledby", text.id);
    if (control.matches(".widget-radio-box")) control.setAttribute("role", "radiogroup");
  }
  // One name makes the answers of a question one group: one stop for Tab, arrows within.
  for (const radio of item.querySelectorAll("input[type=radio]")) radio.name = text.id;
  const said = item.querySelector(".wb-said");
  if (said) item.querySelector(".noUi-handle")?.setAttribute("aria-valuetext", said.textContent);
}

/** A table that was opened stays open when its numbers change. */
function keepOpen({ removedNodes, addedNodes }) {
  const parts = (nodes) => [...nodes].filter((node) => node.localName === "details");
  const before = parts(removedNodes);
  parts(addedNodes).forEach((part, n) => (part.open ||= before[n]?.open ?? false));
}

/** Say which language a part of the page is in, and where its writing runs. */
export function speak(words, ...parts) {
  for (const part of parts) Object.assign(part, { lang: words.language, dir: words.direction });
}

export function nameAll(host, words) {
  for (const item of host.querySelectorAll(".wb-item")) name(item);
  speak(words, ...host.querySelectorAll(OUTPUT));
  const observer = new MutationObserver((changes) => {
    const items = new Set();
    for (const change of changes) {
      const { target, addedNodes } = change;
      keepOpen(change);
      const around = target.closest?.(".wb-item");
      if (around) items.add(around);
      for (const node of addedNodes) {
        if (node.matches?.(OUTPUT)) speak(words, node);
        speak(words, ...(node.querySelectorAll?.(OUTPUT) ?? []));
        for (const item of node.querySelectorAll?.(".wb-item") ?? []) items.add(item);
      }
    }
    for (const item of items) name(item);
  });
  observer.observe(host, { childList: true, subtree: true });
  // "Clear" goes away with the answer, and "Skip" once it is done: the focus goes to the question.
  const cleared = ({ target }) => {
    const item = target.closest(".wb-clear, .wb-skip")?.closest(".wb-item");
    item?.querySelector(CONTROLS)?.focus({ preventScroll: true });
  };
  host.addEventListener("click", cleared);
  return () => {
    observer.disconnect();
    host.removeEventListener("click", cleared);
  };
}
