// Watches over the page while it opens: says what goes wrong, and that it is still on its way.
"use strict";

const at = (id) => document.getElementById(id);

/** Say at once what is wrong: "broken" (the kernel has gone), "part" (something did not come). */
function sayLate(why) {
  const late = at("frame-late");
  if (late && late.dataset.why !== "broken") late.dataset.why = why;
}

/** The page is there: take back what was said, but not the numbers somebody is looking at. */
function endWatch() {
  const late = at("frame-late");
  if (late?.querySelector("details[open]")) late.dataset.why = "read";
  else late?.remove();
}

// A script that does not come, be it the server's fault or the network's. No such event bubbles.
window.addEventListener(
  "error",
  ({ target }) => target instanceof HTMLScriptElement && sayLate("part"),
  true,
);
window.addEventListener("workbook:failed", () => sayLate("part"));

function watchOpening() {
  const cells = at("rendered_cells");
  let late = 0;
  const patience = parseFloat(document.body.style.getPropertyValue("--frame-patience")) * 1000;
  // Over plain http anybody in the same network can read along.
  at("frame-open").hidden = window.isSecureContext;

  const look = () => {
    if (at("loading") && cells.querySelector(".jupyter-widgets, .frame-failed")) {
      cells.removeAttribute("aria-busy");
      at("loading").remove();
      // The frame comes as well, or else there is neither bar nor way out.
      late = setTimeout(sayLate, patience, "part");
    }
    if (!document.querySelector(".wb-bar")) return;
    stop();
    endWatch();
  };
  const observer = new MutationObserver(look);
  // As long as this asks, the server knows that somebody waits for the kernel.
  const ask = async () => {
    const config = pageConfig();
    const answer = await fetch(`${config.baseUrl}api/kernels/${config.kernelId}`).catch(() => null);
    if (answer?.status === 404 && at("frame-late")) {
      sayLate("broken");
      stop();
    }
  };
  const asking = setInterval(ask, patience / 3);
  const stop = () => {
    observer.disconnect();
    clearTimeout(late);
    clearInterval(asking);
  };
  if (!at("frame-whole")) {
    sayLate("broken");
    return;
  }
  observer.observe(document.body, { childList: true, subtree: true });
  ask();
  look();
}
document.addEventListener("DOMContentLoaded", watchOpening);
