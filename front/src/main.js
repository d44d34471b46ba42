// The page's own front end: the few controls that the workbook uses, and the way to its kernel.

import { firstStates, pageConfig } from "./first.js";
import { connect } from "./kernel.js";
import { Manager } from "./manager.js";
import { showAll } from "./show.js";
import "./style.css";

/** The kernel may have gone on since the page was made, once: later, the page's own scripts look. */
function refreshOnce(kernel, manager, digest) {
  const look = (_, status) => {
    if (status !== "connected") return;
    kernel.connectionStatusChanged.disconnect(look);
    manager.refresh(digest).catch((error) => console.error(error));
  };
  kernel.connectionStatusChanged.connect(look);
}

/** Begin when the document is whole: what its cells show, and the state of that, stand last. */
function start() {
  const first = firstStates();
  if (!first) return; // the kernel ended before the document did; opening.js says so
  const config = pageConfig();
  const kernel = connect(config);
  const manager = new Manager(kernel, config.words);
  const shown = showAll(manager, first.state);
  refreshOnce(kernel, manager, first.digest);
  return shown;
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
