// What holds for every field of the page, also for one that comes later. No view is needed for that,
// so it holds before the first field is shown.

import { limitTexts } from "./limit.js";
import { holdTouches } from "./touch.js";

const FIELDS = ".jupyter-widgets :is(input, textarea, select)";

/** Without this a browser writes what is typed and chosen to the disk, to bring the tab back later. */
function keepOffDisk() {
  const mark = (node) => {
    if (node.matches?.(FIELDS)) node.setAttribute("autocomplete", "off");
    node.querySelectorAll?.(FIELDS).forEach((field) => field.setAttribute("autocomplete", "off"));
  };
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach(mark);
  });
  observer.observe(document.body, { childList: true, subtree: true });
  mark(document.body);
  return () => observer.disconnect();
}

function initialize({ model }) {
  const undo = [keepOffDisk(), limitTexts(model), holdTouches()];
  return () => undo.forEach((step) => step());
}

export default { initialize };
