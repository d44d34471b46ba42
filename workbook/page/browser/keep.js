// Saving from the panel, and whether the answers are kept anywhere.

import { h, press } from "./elements.js";

/** The button that saves. Before the first file it says that a file stays behind. */
export function buildSave(model) {
  const words = model.get("words");
  const ask = (on) => {
    first.hidden = !on;
    save.hidden = on;
    (on ? yes : save).focus();
    if (on) first.scrollIntoView({ block: "nearest", behavior: "instant" });
  };
  const hand = () => {
    model.set("told", true);
    model.save_changes();
    model.send({ type: "save" });
  };
  const save = press(words.save, "wb-button", () => (model.get("told") ? hand() : ask(true)));
  const yes = press(words["save-yes"], "wb-button", () => {
    ask(false);
    hand();
  });
  const no = press(words["save-no"], "wb-link", (event) => {
    event.stopPropagation(); // other links lead away, and close the panel
    ask(false);
  });
  const first = h(
    "div",
    { className: "wb-first", hidden: true },
    h("p", {}, words["save-first"]),
    yes,
    no,
  );
  const kept = h("p", { className: "wb-kept" });
  return { kept, whole: h("div", {}, save, first, kept) };
}

/** In words: whether the present answers stand anywhere but on this page. */
export function sayKept(words, { code, at }) {
  const time = new Date(at).toLocaleTimeString(words.formats, {
    hour: "2-digit",
    minute: "2-digit",
  });
  return code ? words[`kept-${code}`].replace("{time}", time) : "";
}
