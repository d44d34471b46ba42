// The contents: which steps there are, how far each has come, and where somebody is. Beside the text
// where there is room, else behind a button in the bar.

import { h, press } from "./elements.js";
import { ownId } from "./own_id.js";

function entry(step, go) {
  const title = h("span", { className: "wb-step-title" });
  const said = h("span", { className: "wb-hidden" });
  const dot = h("span", { className: "wb-dot", ariaHidden: "true" });
  const button = h("button", { type: "button", onclick: () => go(step.id) }, dot, title, said);
  const root = h("li", {}, button);
  const show = (now, here) => {
    title.textContent = now.title;
    said.textContent = now.said;
    root.className = `wb-is-${now.state}`;
    if (here) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  };
  return { root, show };
}

/** Steps in a list for each group. */
function lists(steps, entries) {
  const groups = new Map();
  for (const step of steps) {
    if (!groups.has(step.group)) groups.set(step.group, h("ol", {}));
    groups.get(step.group).append(entries.get(step.id).root);
  }
  return groups.values();
}

/**
 * ``go(id)`` is called for a step that is chosen, ``turn()`` to change between one step and all. What
 * it returns: ``button`` for the bar, ``nav``, and ``show`` to bring both up to date.
 */
export function buildContents(words, { go, turn }) {
  const button = press("", "wb-where", () => open(button.ariaExpanded !== "true"));
  const parts = h("div", {});
  const whole = press(words.whole, "wb-link wb-turn", () => {
    open(false);
    turn();
  });
  const nav = h(
    "nav",
    { className: "wb-contents", id: ownId(), ariaLabel: words.contents },
    parts,
    whole,
  );
  button.setAttribute("aria-controls", nav.id);
  let [entries, before] = [new Map(), ""];

  const open = (on) => {
    button.ariaExpanded = String(on);
    nav.classList.toggle("wb-open", on);
  };
  const choose = (id) => {
    open(false);
    go(id);
  };
  const rebuild = (steps) => {
    const order = steps.map(({ id }) => id).join();
    if (order === before) return;
    before = order;
    entries = new Map(steps.map((step) => [step.id, entry(step, choose)]));
    parts.replaceChildren(...lists(steps, entries));
  };
  const show = ({ steps, at, isWhole, said }) => {
    rebuild(steps);
    for (const step of steps) entries.get(step.id).show(step, step.id === at);
    whole.textContent = isWhole ? words.single : words.whole;
    button.textContent = said || words.contents;
  };
  const shut = (event) => {
    if (event.key !== "Escape" || button.ariaExpanded !== "true") return;
    open(false);
    button.focus();
  };
  const away = ({ target }) => nav.contains(target) || button.contains(target) || open(false);
  nav.addEventListener("keydown", shut);
  button.addEventListener("keydown", shut);
  document.addEventListener("pointerdown", away);
  open(false);
  return { button, nav, show, stop: () => document.removeEventListener("pointerdown", away) };
}
