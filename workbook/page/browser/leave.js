// Leaving fast: the page is covered first, then all else follows.

import { h, press } from "./elements.js";
import { goTo } from "./goto.js";

const PRESSES = 3; // of Shift, with no other key or click between
const WITHIN = 2000; // milliseconds for all of them
const OURS = /^(.+\.)[0-9a-f]{8}(\.at)?$/; // the keys we store under, for each instrument

/** Cover everything, also what the browser draws above all else, such as dialogs. */
function cover() {
  const sheet = h("div", { className: "wb-cover" });
  document.body.append(sheet);
  try {
    sheet.popover = "manual";
    sheet.showPopover();
  } catch {
    sheet.removeAttribute("popover"); // an older browser: its place above all else must do
  }
}

/** Take away what this page and others of its kind have stored. */
function wipeStorage(key) {
  const family = key.match(OURS)[1];
  for (const name of Object.keys(localStorage)) {
    if (name.match(OURS)?.[1] === family) localStorage.removeItem(name);
  }
}

/** Cover the page at once; what takes a moment longer comes when the cover is on the screen. */
function leave(model) {
  let gone = false;
  const go = () => {
    if (!gone) wipeAndGo(model);
    gone = true;
  };
  cover();
  requestAnimationFrame(() => setTimeout(go));
  setTimeout(go, 50); // a page that is not in sight is not drawn
}

/** Wipe, and put another site in the page's place, so that Back does not return. */
function wipeAndGo(model) {
  const steps = [
    () => document.querySelectorAll("dialog").forEach((dialog) => dialog.remove()),
    () => wipeStorage(model.get("key")),
    () => model.send({ type: "leave" }), // where the kernel lives on, it forgets
    () => dispatchEvent(new Event("workbook:leave")), // and where it does not, it ends now
    () => (document.title = ""),
    () =>
      document.querySelectorAll("input, textarea, select").forEach((field) => (field.value = "")),
    () => document.querySelectorAll(".wb, .wb-frame").forEach((part) => part.remove()),
    // The other site learns nothing of this one, and JupyterLab asks no question.
    () => document.head.append(h("meta", { name: "referrer", content: "no-referrer" })),
    () => addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true),
  ];
  for (const step of steps) {
    try {
      step();
    } catch {
      // Whatever fails, such as a message to a dead kernel: the next step matters more.
    }
  }
  const words = model.get("words");
  location.replace(words["leave-to"]);
}

/**
 * Call `act` after Shift was pressed three times, and `tell` with how many presses are still to
 * come, or 0 once the count is forgotten. Capitals, shortcuts and Shift with the mouse do not count.
 */
function onThreeShifts(tell, act) {
  let alone = false; // Shift is down, and nothing else has happened since
  let presses = [];
  let timer = 0;
  const forget = () => {
    alone = false;
    if (presses.length) tell(0);
    presses = [];
  };
  const down = (event) => {
    if (event.key === "Shift" && event.repeat) return;
    const { ctrlKey, altKey, metaKey, isComposing } = event;
    const first = event.key === "Shift" && !alone;
    if (first && !(ctrlKey || altKey || metaKey || isComposing)) alone = true;
    else forget();
  };
  const up = (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    presses = [...presses.filter((then) => event.timeStamp - then < WITHIN), event.timeStamp];
    clearTimeout(timer);
    if (presses.length === PRESSES) act();
    else {
      tell(PRESSES - presses.length);
      timer = setTimeout(forget, WITHIN);
    }
  };
  const events = { keydown: down, keyup: up, pointerdown: forget, blur: forget };
  for (const [name, hear] of Object.entries(events)) window.addEventListener(name, hear, true);
  return () => {
    clearTimeout(timer);
    for (const [name, hear] of Object.entries(events)) window.removeEventListener(name, hear, true);
  };
}

/** The bar: title, support, the way out, and what still is to press for it. */
export function buildBar(model, host) {
  const words = model.get("words");
  const support = press(words.support, "wb-link", () => goTo(host, ".wb-support-section", "h2"));
  const out = press(words.leave, "wb-leave", () => leave(model));
  out.title = words["leave-keys"];
  const hint = h("p", { className: "wb-leave-hint", role: "status" });
  const top = h("header", { className: "wb-bar" }, h("b", {}, words.title), support, out, hint);
  const said = { 1: words["leave-one"], 2: words["leave-two"] };
  const seen = () => top.getClientRects().length > 0; // not in another tab of JupyterLab
  const deaf = onThreeShifts(
    (left) => (hint.textContent = (seen() && said[left]) || ""),
    () => seen() && leave(model),
  );
  return { top, deaf };
}
