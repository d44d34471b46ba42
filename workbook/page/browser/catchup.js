// After a gap in the connection: which of the page's changes the kernel never heard. Those are sent
// again. Where the kernel has heard a change, or has changed or replaced the answer itself since,
// what it holds is newer and wins.

import { giveUp, holdBack, modelsOf, resend, underWay } from "./internals.js";

/** Our own widgets hold no answers: what the page has set there is the person's last word. */
const isOurs = (widget) => widget.get("_model_module") === "anywidget";

/** The changes of a gap. They outlast an attempt to catch up that is cut off in turn. */
export function changesOf(manager) {
  const found = new Map(); // by widget: by name: the value and the message that took it
  const collect = () => {
    for (const widget of modelsOf(manager)) {
      const own = found.get(widget) ?? new Map();
      for (const [name, id] of underWay(widget)) {
        if (!own.has(name)) own.set(name, { id, value: widget.get(name) });
      }
      holdBack(widget);
      if (own.size > 0) found.set(widget, own);
    }
  };
  /** What the kernel is asked about: for each change, whether it holds something newer. */
  const questions = () =>
    [...found].flatMap(([widget, own]) =>
      isOurs(widget)
        ? []
        : [...own.values()].map(({ id }) => ({ widget: widget.model_id, message: id })),
    );

  /** Send what was lost. A widget that waits for a lost answer would wait for ever. */
  const sendAgain = (newer) => {
    let sent = false;
    // Ours come last: to forget everything is to forget what is sent here as well.
    for (const [widget, own] of [...found].sort(([a], [b]) => isOurs(a) - isOurs(b))) {
      const lost = {};
      for (const [name, { value }] of own) {
        giveUp(widget, name);
        if (!newer.includes(widget.model_id)) lost[name] = value;
      }
      if (Object.keys(lost).length === 0) continue;
      resend(widget, lost);
      sent = true;
    }
    return sent;
  };
  return { collect, questions, sendAgain, forget: () => found.clear() };
}
