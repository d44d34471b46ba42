// Says so when the kernel does not answer, lets nothing move meanwhile, offers the answers it has,
// and ends a page that nobody uses. All text goes in as text.

import { download } from "./download.js";
import { h } from "./elements.js";
import { heartbeat } from "./heartbeat.js";
import { ownId } from "./own_id.js";
import { whenPlaced } from "./placed.js";
import { timeout } from "./timeout.js";

const REST = 30 * 60 * 1000; // milliseconds without input after which nobody needs to ask the kernel
const COMING = 2000; // milliseconds after which the page says that it is still connecting
const BACK = 10000; // milliseconds for which the page says that all is well again
// What would change an answer or wants the kernel. Texts are only locked, so that one can copy them.
const CONTROLS = ".wb :is(button, input, select, .noUi-target), .wb-panel button";
const TEXTS = ".wb :is(textarea, input[type=text])";

/** The time of day, as people here write it. */
function clock(words, time) {
  return time.toLocaleTimeString(words.formats, { hour: "2-digit", minute: "2-digit" });
}

/** Return a function that stops every control of the page and lets it go again. */
function holder(host) {
  let before = null;
  let held = false;
  return (on) => {
    if (on === held) return;
    held = on;
    if (on) before = document.activeElement;
    for (const text of host.querySelectorAll(TEXTS)) text.readOnly = on;
    for (const control of host.querySelectorAll(CONTROLS)) {
      if (!control.matches(`${TEXTS}, [data-wb-goto], .wb-way-on`)) control.inert = on;
    }
    // Whoever was at a control before is there again, unless they have gone elsewhere.
    const lost = document.activeElement === document.body;
    if (!on && lost && before?.isConnected) before.focus({ preventScroll: true });
  };
}

/** The notice in place of the panel: what is wrong, and the ways on. */
function brokenNotice(model, words) {
  const said = h("p", { role: "alert" });
  const when = h("p", { className: "wb-framing" });
  const note = h("p", { className: "wb-framing", textContent: words.note });
  const save = h("button", { type: "button", className: "wb-button", textContent: words.save });
  const reload = h("button", { type: "button", className: "wb-button", textContent: words.reload });
  const root = h("section", { className: "wb-notice", hidden: true, ariaLabel: words.title });
  root.append(said, when, save, note, reload);
  save.onclick = () => {
    const { name, text } = model.get("kept");
    download(name, text, "text/csv");
  };
  reload.onclick = () => location.reload();
  const show = (sentence, ended) => {
    const { text, at } = model.get("kept");
    root.hidden = sentence === "";
    // Emptied first: the same sentence again is an alert again.
    said.replaceChildren();
    if (sentence) said.append(sentence);
    save.hidden = note.hidden = !text;
    when.textContent = text
      ? words["as-of"].replace("{time}", clock(words, new Date(at)))
      : words.nothing;
    reload.hidden = !ended;
  };
  return { root, show };
}

/** The question whether anybody is still there. It does not block the ways out. */
function endNotice(words, host) {
  const id = ownId();
  const said = h("p", { id });
  const stay = h("button", { type: "button", className: "wb-button", textContent: words.stay });
  const root = h("section", {
    className: "wb-notice wb-ending",
    hidden: true,
    role: "alertdialog",
  });
  root.setAttribute("aria-labelledby", id);
  root.append(said, stay);
  let before = null;
  const show = (time) => {
    before = document.activeElement;
    root.hidden = false;
    host.classList.add("wb-asked");
    said.textContent = words.ending.replace("{time}", clock(words, time));
    stay.focus();
  };
  const hide = () => {
    root.hidden = true;
    host.classList.remove("wb-asked");
    before?.focus({ preventScroll: true });
  };
  return { root, show, hide, stay };
}

/** Take everything off the page and out of its kernel. */
function clear(model, words) {
  dispatchEvent(new Event("workbook:end")); // the frame of the page ends the kernel
  const again = h("button", { type: "button", className: "wb-button", textContent: words.again });
  again.onclick = () => location.reload();
  const text = h("p", { role: "alert" }, words.ended);
  const cover = h("main", { className: "wb-cover wb-ended", lang: words.language }, text, again);
  document.body.replaceChildren(cover);
  scrollTo(0, 0);
  again.focus();
  model.widget_manager.kernel?.dispose();
}

function place(model, host) {
  const words = model.get("words");
  const alone = "voila" in document.body.dataset;
  const broken = brokenNotice(model, words);
  const ending = endNotice(words, host);
  const well = h("p", { className: "wb-rejoined", role: "status" });
  const language = { lang: words.language, dir: words.direction };
  const root = h("div", { className: "wb-frame", ...language }, broken.root, ending.root, well);
  host.prepend(root);

  // What is answered before the kernel is there waits for it, and that is no secret.
  const coming = setTimeout(() => (well.textContent = alone ? words.coming : ""), COMING);
  const met = () => {
    clearTimeout(coming);
    well.textContent = "";
  };
  let hush = 0;
  const tell = (state) => {
    clearTimeout(hush);
    host.classList.toggle("wb-adrift", state !== "well");
    well.textContent = state === "well" ? words.back : "";
    if (state === "well")
      hush = setTimeout(() => (well.textContent = ""), BACK * model.get("pace"));
    const code = state === "gone" && !alone ? "gone-lab" : state;
    broken.show(state === "well" ? "" : words[code], state === "gone" && alone);
  };
  const hold = holder(host);
  const stop = { beat: () => {} };
  const idle = timeout({
    // In JupyterLab the kernel is the person's own: nothing there ends unasked.
    idle: alone ? model.get("idle") * 1000 : 0,
    grace: model.get("grace") * 1000,
    warn: ending.show,
    end: () => {
      stop.beat();
      clear(model, words);
    },
  });
  ending.stay.onclick = () => {
    idle.stay();
    ending.hide();
  };
  // A page out of sight, or one that nobody uses, keeps no kernel busy.
  const awake = () => document.visibilityState === "visible" && (alone || idle.still() < REST);
  stop.beat = heartbeat(model, { tell, hold, met, awake });
  return () => {
    clearTimeout(coming);
    clearTimeout(hush);
    stop.beat();
    idle.stop();
    hold(false);
    host.classList.remove("wb-adrift", "wb-asked");
    root.remove();
  };
}

const render = ({ model, el }) => whenPlaced(el, (host) => place(model, host));

export default { render };
