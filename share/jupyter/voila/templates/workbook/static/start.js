// The start page before the workbook is there: what is pressed is kept, and the ways out work. It
// stands in the head, so that it hears the first press.
"use strict";

const starting = new AbortController(); // until the workbook is there
const early = { capture: true, signal: starting.signal };
let wanted = null; // what was pressed
let focused = null; // what had the focus: Voilà takes the page out and puts it in again

/** The text beside the button, by its name in the start page. */
function sayBeside(name) {
  const start = at("frame-start");
  start.querySelector(".wb-coming").textContent = name ? start.dataset[name] : "";
}

/** Say quietly that it is on its way. */
function wait(button) {
  wanted?.removeAttribute("aria-busy");
  wanted = button;
  button.setAttribute("aria-busy", "true");
  sayBeside("coming");
}

/** Whether answers are remembered that will come back: then there is nothing to begin. */
function isReturning() {
  try {
    return localStorage.getItem(at("frame-start").dataset.key) !== null;
  } catch {
    return false; // a browser may forbid to look
  }
}

/** Put another site in the page's place; what this device remembers goes. */
function leaveEarly() {
  document.body.hidden = true;
  document.title = "";
  try {
    const family = at("frame-start").dataset.key.slice(0, -8); // one key for each questionnaire
    const ours = new RegExp(`^${family}[0-9a-f]{8}(\\.at)?$`);
    for (const key of Object.keys(localStorage)) if (ours.test(key)) localStorage.removeItem(key);
  } catch {
    // Leaving matters more.
  }
  window.dispatchEvent(new Event("workbook:leave"));
  location.replace(document.querySelector("#frame-bar .wb-leave").href);
}

/** Show the people who can help, who stand in the page from the first moment. */
function showPeople() {
  if (!at("frame-late")) return;
  sayLate(at("frame-late").dataset.why ?? "asked");
  const head = document.querySelector(".frame-people h2");
  head.tabIndex = -1;
  head.focus();
}

function press(event) {
  const on = (selector) => event.target.closest?.(selector);
  const button = on("[data-wb-begin], [data-wb-file]");
  if (button) wait(button);
  if (on("[data-frame-people]")) showPeople();
  if (!on("#frame-bar .wb-leave")) return;
  event.preventDefault();
  leaveEarly();
}

/** Shift, pressed three times within two seconds with nothing between. */
function onShifts(act) {
  let presses = [];
  const forget = ({ key }) => key !== "Shift" && (presses = []);
  const up = ({ key, timeStamp }) => {
    if (key !== "Shift") return;
    presses = [...presses.filter((then) => timeStamp - then < 2000), timeStamp];
    if (presses.length === 3) act();
  };
  window.addEventListener("keydown", forget, early);
  window.addEventListener("keyup", up, early);
  window.addEventListener("pointerdown", forget, early);
}

/** The workbook is there: it hears the buttons now, and gets what was pressed before. */
function handOver() {
  starting.abort();
  at("frame-bar")?.remove();
  sayBeside("");
  const button = wanted;
  if (!button) return;
  button.removeAttribute("aria-busy");
  // A browser opens its list of files only soon after a press.
  if (button.matches("[data-wb-begin]") || navigator.userActivation?.isActive) button.click();
  else sayBeside("here");
}

/** Files are chosen by the workbook's own button, which comes a little later and is not shown. */
function chooseFile(left = 600) {
  const own = document.querySelector(".wb-start:not(#frame-start) .wb-files button");
  if (own) own.click();
  else if (left > 0) requestAnimationFrame(() => chooseFile(left - 1));
}

function keepFocus() {
  const lost = document.activeElement === document.body && focused?.isConnected;
  if (lost) focused.focus({ preventScroll: true });
}

let seen = false; // the start page: it is looked at once, before it is drawn
const watch = new MutationObserver(() => {
  if (!seen && at("frame-start")) {
    seen = true;
    document.body.classList.toggle("wb-returning", isReturning());
  }
  keepFocus();
});
watch.observe(document, { childList: true, subtree: true });
starting.signal.addEventListener("abort", () => watch.disconnect());

document.addEventListener("click", press, early);
document.addEventListener("focusin", ({ target }) => (focused = target), early);
window.addEventListener("pointerdown", () => (focused = null), early);
onShifts(leaveEarly);
window.addEventListener("workbook:here", handOver, { once: true });
document.addEventListener("click", ({ target }) => {
  const file = target.closest?.("#frame-start [data-wb-file]");
  if (!file || !starting.signal.aborted) return;
  sayBeside("");
  chooseFile();
});
