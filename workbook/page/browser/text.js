// A text to take along: shown as it is, to copy or to save as a file.

import { download } from "./download.js";
import { h } from "./elements.js";

function render({ model, el }) {
  const words = model.get("words");
  el.classList.add("wb-text-out");
  const add = (...what) => {
    const node = h(...what);
    el.append(node);
    return node;
  };
  const shown = add("div", { className: "wb-msg" });
  const button = { type: "button", className: "wb-button" };
  const copy = add("button", { ...button, textContent: words.copy });
  const save = add("button", { ...button, textContent: words.save });
  add("p", { className: "wb-hint", textContent: words.note });
  const said = add("p", { className: "wb-file-said", role: "status" });

  copy.onclick = async () => {
    try {
      await navigator.clipboard.writeText(model.get("text"));
      said.textContent = words.copied;
    } catch {
      // no permission, or plain http, where there is only the old way: what is selected. Where not
      // even that works, it stays selected for the keyboard.
      getSelection().selectAllChildren(shown);
      said.textContent = document.execCommand("copy") ? words.copied : words.select;
    }
  };
  save.onclick = () => {
    download(model.get("name"), model.get("text"), model.get("mime"));
    said.textContent = words.saved;
  };
  const show = () => {
    shown.textContent = model.get("preview") ? model.get("text") : "";
    shown.hidden = !model.get("preview") || model.get("text") === "";
    copy.hidden = !model.get("preview");
    copy.disabled = save.disabled = model.get("text") === "";
    said.textContent = "";
  };
  show();
  model.on("change:text", show);
  return () => model.off("change:text", show);
}

export default { render };
