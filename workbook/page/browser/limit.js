// A text ends where its field is full, and the page says so beside it.

import { h } from "./elements.js";

const TEXTS = ".wb-text :is(textarea, input)";

/**
 * The browser itself cuts what is too much, of a paste too, and never half of a character. It counts
 * an emoji as two where the kernel counts one: what fits here fits there.
 */
export function limitTexts(model) {
  const words = model.get("words");
  const limit = ({ target }) => {
    if (target.matches?.(TEXTS)) target.maxLength = model.get("most");
  };
  const say = ({ target }) => {
    if (!target.matches?.(TEXTS)) return;
    const item = target.closest(".wb-item");
    const said = item.querySelector(".wb-full-field");
    const full = target.value.length >= target.maxLength - 1; // where the next would be an emoji
    if (!full) said?.remove();
    else if (!said)
      item.append(h("p", { className: "wb-full-field wb-hint", role: "alert" }, words.full));
  };
  document.addEventListener("beforeinput", limit, true);
  document.addEventListener("input", say, true);
  return () => {
    document.removeEventListener("beforeinput", limit, true);
    document.removeEventListener("input", say, true);
  };
}
