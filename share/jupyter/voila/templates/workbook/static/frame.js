// The frame's own script. It runs before every other script of the page.
"use strict";

/**
 * What Voilà wrote into the page about itself: the kernel's id and the address to reach it; null
 * while that is still arriving.
 */
function pageConfig() {
  const text = document.getElementById("jupyter-config-data")?.textContent;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Voilà ends the kernel on "beforeunload". A click on a tel: or mailto: link fires that as
// well, and the page stays open with nothing behind it. So that event goes no further...
window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true);

// ...and the kernel, with all the answers in its memory, ends when the page is really left, or
// when the workbook says that it has ended. Who leaves fast does not wait for the former: the next
// site may be slow to answer.
let ended = false;
function endKernel() {
  const config = pageConfig();
  if (config && !ended) {
    const address = `${config.baseUrl}voila/api/shutdown/${config.kernelId}`;
    // Some browsers have no beacons; the server also hears the socket close.
    ended =
      navigator.sendBeacon?.(address) || !!fetch(address, { method: "POST", keepalive: true });
  }
}
window.addEventListener("pagehide", endKernel);
window.addEventListener("workbook:leave", endKernel);
window.addEventListener("workbook:end", endKernel);

// A page that the browser kept for the back button has no kernel any more: begin afresh.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    window.location.reload();
  }
});

// Voilà calls this while a slow kernel starts; the page says "one moment" all the time anyway.
window.voila_heartbeat = () => {};
