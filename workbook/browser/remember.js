// Answers in the browser's own storage, only on request: what the kernel hands over is stored under
// one key; what is stored there when the page opens goes to the kernel. No view is needed for that.

function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // forbidden
  }
}

function write(key, text) {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false; // full or forbidden
  }
}

function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // forbidden: then nothing is there
  }
}

/** Change the model here, and in the kernel if it still lives. */
function put(model, changes) {
  for (const [name, value] of Object.entries(changes)) model.set(name, value);
  try {
    model.save_changes();
  } catch {
    // The page is right all the same.
  }
}

function initialize({ model }) {
  const key = model.get("key");
  const words = model.get("words");
  let left = false;
  const receive = (message) => {
    if (message.type !== "keep" || left || !model.get("on")) return;
    if (write(key, message.text)) model.send({ type: "kept", number: message.number });
    else {
      remove(key);
      put(model, { on: false, said: words.full });
    }
  };
  const elsewhere = (event) => {
    const ours = event.key === key || event.key === null;
    if (ours && event.newValue === null && model.get("on")) {
      put(model, { on: false, said: words.elsewhere });
    }
  };
  const leave = () => {
    left = true; // what is still on its way from the kernel comes too late
    remove(key);
  };
  model.on("msg:custom", receive);
  addEventListener("storage", elsewhere);
  addEventListener("workbook:leave", leave);
  const stored = read(key);
  if (stored !== null && !model.get("tried") && !model.get("on")) {
    model.send({ type: "restore" }, null, [new TextEncoder().encode(stored).buffer]);
  }
  return () => {
    model.off("msg:custom", receive);
    removeEventListener("storage", elsewhere);
    removeEventListener("workbook:leave", leave);
  };
}

function render({ model, el }) {
  const key = model.get("key");
  const words = model.get("words");
  const make = (tag, properties, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };
  const box = make("input", { type: "checkbox" });
  const label = make("label", {}, box, make("span", { textContent: words.label }));
  const why = make("p", { className: "wb-hint", textContent: words.why, id: ownId() });
  box.setAttribute("aria-describedby", why.id);
  const button = { type: "button", className: "wb-button" };
  const hand = make("button", { ...button, textContent: words.hand });
  const forget = make("button", { ...button, textContent: words.forget });
  const note = make("p", { className: "wb-hint", textContent: words["forget-note"] });
  const said = make("p", { className: "wb-file-said" });
  said.setAttribute("role", "status");
  el.classList.add("wb-remember");
  el.append(make("div", { className: "widget-checkbox" }, label), why, said, hand, forget, note);

  box.onchange = () => {
    if (!box.checked) remove(key);
    put(model, { on: box.checked, said: box.checked ? "" : words.off });
  };
  forget.onclick = () => {
    remove(key);
    put(model, { on: false, unread: false, said: words["forgotten-here"] });
    model.send({ type: "forget" });
  };
  hand.onclick = () => download(words["hand-name"], read(key) ?? "", "text/csv");
  const show = () => {
    box.checked = model.get("on");
    hand.hidden = !model.get("unread");
    said.textContent = model.get("said");
  };
  show();
  model.on("change:on change:unread change:said", show);
  return () => model.off("change:on change:unread change:said", show);
}

export default { initialize, render };
