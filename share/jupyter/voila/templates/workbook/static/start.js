// The start page before the workbook is there. What is pressed by then is kept, and the ways out work.
"use strict";

const starting = new AbortController(); // until the workbook is there
const early = { signal: starting.signal };
const start = at("frame-start");
const coming = start.querySelector(".wb-coming");
let wanted = null; // what was pressed
let focused = null; // what had the focus: Voilà takes the page out and puts it in again

/** Say quietly that it is on its way. */
function wait(button) {
  wanted = button;
  button.setAttribute("aria-busy", "true");
  coming.textContent = start.dataset.coming;
}

/** Put another site in the page's place; whoever remembered answers here keeps them no longer. */
function leaveEarly() {
  document.body.hidden = true;
  document.title = "";
  try {
    localStorage.removeItem(start.dataset.key);
  } catch {
    // A browser may forbid it.
  }
  window.dispatchEvent(new Event("workbook:leave"));
  location.replace(document.querySelector("#frame-bar .wb-leave").href);
}

/** Show the people who can help, who stand in the page from the first moment. */
function showPeople() {
  sayLate(at("frame-late").dataset.why ?? "asked");
  const head = document.querySelector(".frame-people h2");
  head.tabIndex = -1;
  head.focus();
}

function press(event) {
  const on = (selector) => event.target.closest?.(selector);
  const button = on("[data-wb-begin], [data-wb-file]");
  if (button) wait(button);
  if (on("#frame-bar .wb-leave")) {
    event.preventDefault();
    leaveEarly();
  }
  if (on("[data-frame-people]")) showPeople();
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

/** Whether answers are remembered that will come back: then there is nothing to begin. */
function isReturning() {
  try {
    return localStorage.getItem(start.dataset.key) !== null;
  } catch {
    return false;
  }
}

/** The workbook is there: it hears the buttons now, and gets what was pressed before. */
function handOver() {
  starting.abort();
  at("frame-bar")?.remove();
  const button = wanted;
  button?.removeAttribute("aria-busy");
  coming.textContent = "";
  if (!button) return;
  // A browser opens its list of files only soon after a press.
  if (button.matches("[data-wb-begin]") || navigator.userActivation?.isActive) button.click();
  else coming.textContent = start.dataset.here;
}

/** Files are chosen by the workbook's own button, which comes a little later and is not shown. */
function chooseFile(left = 600) {
  const own = document.querySelector(".wb-start:not(#frame-start) .wb-files button");
  if (own) own.click();
  else if (left > 0) requestAnimationFrame(() => chooseFile(left - 1));
}

document.body.classList.toggle("wb-returning", isReturning());
document.addEventListener("click", press, early);
onShifts(leaveEarly);
window.addEventListener("workbook:here", handOver, { once: true });
start.addEventListener("focusin", ({ target }) => (focused = target));
window.addEventListener("pointerdown", () => (focused = null), { capture: true, ...early });
const moved = new MutationObserver(() => {
  const lost = document.activeElement === document.body && focused?.isConnected;
  if (lost) focused.focus({ preventScroll: true });
});
moved.observe(document.body, { childList: true });
starting.signal.addEventListener("abort", () => moved.disconnect());
start.addEventListener("click", ({ target }) => {
  if (starting.signal.aborted && target.closest("[data-wb-file]")) chooseFile();
});
