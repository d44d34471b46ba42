// The start page, which stands alone until the person begins.

import { goTo } from "./goto.js";

const SCROLLER = ".jp-WindowedPanel-outer"; // what scrolls in JupyterLab

/** Whether something is remembered on this device; a browser may forbid to look. */
function isStored(key) {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

/** Go to the first chapter, which may still be loading. */
function toChapters(host, left = 600) {
  if (host.querySelector(".wb-chapter h2")) goTo(host, ".wb-chapter", "h2");
  else if (left > 0) requestAnimationFrame(() => toChapters(host, left - 1));
}

/**
 * JupyterLab goes to the last cell once it has run them all. The beginning stays in view until
 * the person does something.
 */
function stayAtTop(host) {
  const stop = new AbortController();
  const options = { capture: true, passive: true, signal: stop.signal };
  const back = ({ target }) => {
    if (target.matches?.(SCROLLER) && target.scrollTop > 0) target.scrollTop = 0;
  };
  for (const act of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    host.addEventListener(act, () => stop.abort(), options);
  }
  host.addEventListener("scroll", back, options);
  host.querySelectorAll(SCROLLER).forEach((target) => back({ target }));
  return () => stop.abort();
}

/** Show the chapters once the person has begun, or once remembered answers are back. */
export function startPage(model, host) {
  const patience = setTimeout(() => host.classList.remove("wb-returning"), 15_000);
  const show = () => {
    host.classList.toggle("wb-unbegun", !model.get("begun"));
    const coming = !model.get("begun") && !model.get("tried") && isStored(model.get("key"));
    host.classList.toggle("wb-returning", coming);
    host.classList.toggle("wb-returned", model.get("tried"));
  };
  const begin = ({ target }) => {
    if (!target.closest?.("[data-wb-begin]")) return;
    model.set("begun", true);
    toChapters(host);
    model.save_changes();
  };
  const unstay = model.get("begun") ? () => {} : stayAtTop(host);
  show();
  model.on("change:begun change:tried", show);
  host.addEventListener("click", begin);
  return () => {
    clearTimeout(patience);
    unstay();
    model.off("change:begun change:tried", show);
    host.removeEventListener("click", begin);
    host.classList.remove("wb-unbegun", "wb-returning", "wb-returned");
  };
}
