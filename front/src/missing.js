// What stands in the place of a widget that this page has no script for.

import { DOMWidgetModel, DOMWidgetView } from "@jupyter-widgets/base";

/** A model that holds what the kernel sends, and does nothing with it. */
export class MissingModel extends DOMWidgetModel {}

/** Return a view that says ``sentence``. */
export const missingView = (sentence) =>
  class extends DOMWidgetView {
    render() {
      const said = Object.assign(document.createElement("p"), { textContent: sentence });
      said.setAttribute("role", "alert");
      this.el.classList.add("frame-missing");
      this.el.append(said);
    }
  };
