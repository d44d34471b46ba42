// Answers as a file: what the kernel hands over becomes a download, a chosen file goes to the kernel.

import { download, zone } from "./download.js";
import { h } from "./elements.js";

function render({ model, el }) {
  const words = model.get("words");
  const add = (...what) => {
    const node = h(...what);
    el.append(node);
    return node;
  };
  el.classList.add("wb-files");
  const button = { type: "button", className: "wb-button" };
  const first = model.get("first"); // on the start page
  const save = first ? {} : add("button", { ...button, textContent: words.save });
  const load = add("button", { ...button, textContent: words.load });
  const choose = add("input", { type: "file", accept: ".csv,text/csv", hidden: true });
  if (!first) add("p", { className: "wb-hint", textContent: words.note });
  const said = add("p", { className: "wb-file-said", role: "status" });

  const tell = () => (said.textContent = model.get("said"));
  save.onclick = () => model.send({ type: "save" });
  load.onclick = () => choose.click();
  choose.onchange = async () => {
    const file = choose.files[0];
    choose.value = ""; // so that the same file can be chosen again
    if (!file) return;
    if (file.size > Number(words.most)) said.textContent = words["too-large"];
    else {
      said.textContent = "";
      model.send({ type: "load", zone: zone(), name: file.name }, null, [await file.arrayBuffer()]);
    }
  };
  const receive = (message) => {
    if (message.type === "file") download(message.name, message.text, "text/csv");
    if (message.type !== "said") return;
    tell(); // also where it says the same as before
    if (!first) return;
    said.tabIndex = -1; // the button goes away once the chapters are there
    said.focus();
  };
  tell();
  model.on("change:said", tell);
  model.on("msg:custom", receive);
  return () => {
    model.off("change:said", tell);
    model.off("msg:custom", receive);
  };
}

export default { render };
