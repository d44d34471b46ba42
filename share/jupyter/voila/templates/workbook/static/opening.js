// Watches over the page while it opens: says what goes wrong, and that it is still on its way.
"use strict";

const at = (id) => document.getElementById(id);

/**
 * Say at once what is wrong: "broken" (the kernel has gone), "part" (something did not come), "old"
 * (the browser); "asked" if nothing is, but somebody wants the people who can help.
 */
function sayLate(why) {
  const late = at("frame-late");
  if (!late || ["broken", "old"].includes(late.dataset.why)) return;
  late.dataset.why = why;
  if (why !== "asked") at("frame-start")?.before(late); // it goes before what does not work now
}

/** The page is there: take back what was said, but not the numbers somebody is looking at. */
function endWatch() {
  const late = at("frame-late");
  if (late?.matches("[data-why=asked], :has(details[open])")) late.dataset.why = "read";
  else late?.remove();
}

// A script that does not come, be it the server's fault or the network's. No such event bubbles.
window.addEventListener(
  "error",
  ({ target }) => target instanceof HTMLScriptElement && sayLate("part"),
  true,
);
window.addEventListener("workbook:failed", () => sayLate("part"));

/** Ask for the kernel. As long as somebody does, the server knows that a page is on its way. */
async function askForKernel({ baseUrl, kernelId }) {
  const answer = await fetch(`${baseUrl}api/kernels/${kernelId}`).catch(() => null);
  return answer?.status !== 404;
}

/** See what is there by now. The page may still be arriving: what it ends with stands last. */
function watchOpening() {
  let [asked, shown] = [0, 0];

  const see = () => {
    const cells = at("rendered_cells");
    if (!shown && cells?.querySelector(".jupyter-widgets:not(#frame-start), .frame-failed")) {
      shown = Date.now();
      cells.removeAttribute("data-frame-busy");
      at("loading")?.remove();
    }
    if (!document.querySelector(".wb-frame:not(#frame-bar) .wb-bar")) return;
    stop();
    endWatch();
  };
  const tick = async () => {
    const patience = 1000 * parseFloat(document.body?.style.getPropertyValue("--frame-patience"));
    // The frame comes with the rest, or else there is neither bar nor way out.
    if (shown && Date.now() - shown > patience) sayLate("part");
    if (!(Date.now() - asked > patience / 3)) return;
    const config = pageConfig();
    if (!config) return;
    asked = Date.now();
    if (await askForKernel(config)) return;
    sayLate("broken");
    stop();
  };
  const observer = new MutationObserver(see);
  const timer = setInterval(tick, 500);
  const stop = () => {
    observer.disconnect();
    clearInterval(timer);
  };
  observer.observe(document, { childList: true, subtree: true });
}

watchOpening();
document.addEventListener("DOMContentLoaded", () => {
  if (!at("frame-whole")) sayLate("broken");
  // Over plain http anybody in the same network can read along.
  at("frame-open").hidden = window.isSecureContext;
});
