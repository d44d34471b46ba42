// Answers in the browser's own storage, only on request: what the kernel hands over is stored under
// one key; what is stored there when the page opens goes to the kernel. No view is needed for that.

import { download, zone } from "./download.js";
import { h } from "./elements.js";
import { ownId } from "./own_id.js";
import { forgetStored } from "./stored.js";

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

/** Change the model here, and in the kernel if it still lives. */
function put(model, changes) {
  for (const [name, value] of Object.entries(changes)) model.set(name, value);
  try {
    model.save_changes();
  } catch {
    // The page is right all the same.
  }
}

function initialize({ model }, own) {
  const key = model.get("key");
  const words = model.get("words");
  let left = false;
  /** Claim nothing that is not so: another window may have stored its answers, or forgotten all. */
  const check = () => {
    const [stored, mine, on] = [read(key), own.held, model.get("on")];
    if (left || mine === undefined || !(on || model.get("unread"))) return;
    if (on && mine === null)
      put(model, { on: false }); // it came back with the kernel's state
    else if (stored === null) put(model, { on: false, unread: false, said: words.elsewhere });
    else if (on && stored !== mine) {
      own.held = null;
      put(model, { on: false, unread: true, said: words.taken });
    }
  };
  const receive = (message) => {
    if (message.type !== "keep" || left) return;
    check();
    if (!model.get("on")) return;
    if (write(key, message.text)) {
      own.held = message.text;
      model.send({ type: "kept", number: message.number });
    } else {
      forgetStored(key);
      own.held = null;
      put(model, { on: false, said: words.full });
    }
  };
  const elsewhere = (event) => (event.key === key || event.key === null) && check();
  const leave = () => {
    left = true; // what is still on its way from the kernel comes too late
    forgetStored(key);
  };
  model.on("msg:custom", receive);
  model.on("change:on", check);
  const heard = { storage: elsewhere, "workbook:leave": leave, pageshow: check };
  for (const [name, hear] of Object.entries(heard)) addEventListener(name, hear);
  document.addEventListener("visibilitychange", check); // a window that slept may have missed it
  const stored = read(key);
  if (stored !== null && (model.get("on") || !model.get("tried"))) {
    own.held = stored;
    model.send({ type: "restore", zone: zone() }, null, [new TextEncoder().encode(stored).buffer]);
  } else if (model.get("on")) put(model, { on: false, said: words.elsewhere });
  return () => {
    model.off("msg:custom", receive);
    model.off("change:on", check);
    for (const [name, hear] of Object.entries(heard)) removeEventListener(name, hear);
    document.removeEventListener("visibilitychange", check);
  };
}

function render({ model, el }, own) {
  const key = model.get("key");
  const words = model.get("words");
  const box = h("input", { type: "checkbox" });
  const label = h("label", {}, box, h("span", { textContent: words.label }));
  const why = h("p", { className: "wb-hint", textContent: words.why, id: ownId() });
  box.setAttribute("aria-describedby", why.id);
  const button = { type: "button", className: "wb-button" };
  const hand = h("button", { ...button, textContent: words.hand });
  const forget = h("button", { ...button, textContent: words.forget });
  const note = h("p", { className: "wb-hint", textContent: words["forget-note"] });
  const said = h("p", { className: "wb-file-said" });
  said.setAttribute("role", "status");
  el.classList.add("wb-remember");
  el.append(h("div", { className: "widget-checkbox" }, label), why, said, hand, forget, note);

  const stop = () => {
    own.held = null;
    forgetStored(key);
  };
  box.onchange = () => {
    if (box.checked) own.held = undefined;
    else stop();
    put(model, { on: box.checked, said: box.checked ? "" : words.off });
  };
  forget.onclick = () => {
    stop();
    const forgets = model.get("forgets") + 1; // a value, because a message may get lost
    put(model, { on: false, unread: false, said: words["forgotten-here"], forgets });
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

/**
 * Each widget gets its own. ``held`` is what this window has stored or found last; null: it was told
 * to store nothing, or gives way to another window; undefined: it may store.
 */
export default () => {
  const own = { held: undefined };
  return {
    initialize: (context) => initialize(context, own),
    render: (context) => render(context, own),
  };
};
