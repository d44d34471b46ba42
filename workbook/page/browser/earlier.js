// Earlier check-ins: any number of files goes to the kernel, packed, because a diary may be large. What
// the kernel hands back becomes a download.

import { download, zone } from "./download.js";
import { h, press } from "./elements.js";

/** Return the file gzipped. */
function pack(file) {
  const packed = file.stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(packed).arrayBuffer();
}

function render({ model, el }) {
  const words = model.get("words");
  el.classList.add("wb-files", "wb-earlier");
  const choose = h("input", {
    type: "file",
    accept: ".csv,text/csv",
    multiple: true,
    hidden: true,
  });
  const act = (type) => () => model.send({ type });
  const load = press(words.load, "wb-button", () => choose.click());
  const into = press("", "wb-button", act("into"));
  const table = press(words.table, "wb-button", act("table"));
  const page = press(words.page, "wb-button", act("page"));
  const forget = press(words.forget, "wb-link", act("forget"));
  const hint = h("p", { className: "wb-hint", textContent: words.note });
  const said = h("div", { className: "wb-file-said", role: "status" });
  const more = h("div", { className: "wb-earlier-more" }, into, table, page, forget);
  el.append(load, choose, said, more, hint);

  const say = (texts) => said.replaceChildren(...texts.map((text) => h("p", {}, text)));
  const give = async (file, left) => {
    const message = { type: "give", name: file.name, left, zone: zone() };
    const packed = file.size > Number(words.most) ? null : await pack(file).catch(() => null);
    if (packed === null || packed.byteLength > Number(words["most-packed"]))
      model.send({ ...message, type: "too-large" });
    else model.send(message, null, [packed]);
  };
  choose.onchange = async () => {
    const files = [...choose.files];
    choose.value = ""; // so that the same files can be chosen again
    if (files.length === 0) return;
    say([words.reading]);
    for (const [n, file] of files.entries()) await give(file, files.length - 1 - n);
  };
  const show = () => {
    say(model.get("told"));
    const name = model.get("into");
    into.textContent = words.into.replace("{name}", name);
    into.hidden = name === "";
    table.hidden = forget.hidden = hint.hidden = !model.get("any");
    page.hidden = !model.get("shown");
  };
  const receive = (message, buffers) => {
    if (message.type === "file") download(message.name, buffers[0], message.kind);
    if (message.type === "told") show(); // also where it says the same as before
  };
  show();
  model.on("change:told change:into change:any change:shown", show);
  model.on("msg:custom", receive);
  return () => {
    model.off("change:told change:into change:any change:shown", show);
    model.off("msg:custom", receive);
  };
}

export default { render };
