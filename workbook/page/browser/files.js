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
  const into = first ? {} : add("button", { ...button, textContent: "" });
  const load = add("button", { ...button, textContent: words.load });
  const choose = add("input", { type: "file", accept: ".csv,text/csv", hidden: true });
  if (!first) add("p", { className: "wb-hint", textContent: words.note });
  const said = add("p", { className: "wb-file-said", role: "status" });

  const tell = () => (said.textContent = model.get("said"));
  save.onclick = () => model.send({ type: "save" });
  into.onclick = () => model.send({ type: "into" });
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
  const offer = () => {
    into.textContent = words.into.replace("{name}", model.get("into"));
    into.hidden = model.get("into") === "";
  };
  const receive = (message, buffers) => {
    if (message.type === "file") download(message.name, message.text ?? buffers[0], "text/csv");
    if (message.type !== "said") return;
    tell(); // also where it says the same as before
    if (!first) return;
    said.tabIndex = -1; // the button goes away once the chapters are there
    said.focus();
  };
  tell();
  offer();
  model.on("change:said", tell);
  model.on("change:into", offer);
  model.on("msg:custom", receive);
  return () => {
    model.off("change:said", tell);
    model.off("change:into", offer);
    model.off("msg:custom", receive);
  };
}

export default { render };
