// The frame of the page: a bar with the ways out, and the panel with scores and outcome, which stay
// in view beside the text or below it. Only draws what the kernel sends; all text goes in as text.
// One script with placed.js, own_id.js, leave.js, start.js and keep.js, which stand before it.

const WIDE = 1000; // pixels from which the panel stands beside the text
const OUTPUT = ".jp-Cell-outputArea"; // of a cell in JupyterLab, without its code
const CONTROLS = ".noUi-handle, select, textarea, input";
const LABELLED = ".noUi-handle, select, textarea, input[type=text], .widget-radio-box";

/** Make an element: properties, then children (elements or text). */
function h(name, properties = {}, ...children) {
  const { style, ...plain } = properties;
  const node = Object.assign(document.createElement(name), plain);
  for (const [key, value] of Object.entries(style ?? {})) node.style.setProperty(key, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

function bar(score) {
  const edges = score.bands.map((band) =>
    h("i", { className: "wb-band", style: { left: `${band.from}%`, width: `${band.to - band.from}%` } }),
  );
  const width = score.high - score.low;
  const range = h("i", { className: "wb-range", style: { left: `${score.low}%`, width: `${width}%` } });
  const mark =
    score.value === null
      ? null
      : h("i", { className: "wb-mark", style: { left: `${score.value}%` } });
  return h("div", { className: "wb-bar-track", ariaHidden: "true" }, ...edges, range, mark);
}

function fullScore(score) {
  const said = score.band ? `${score.said} · ${score.band}` : score.said;
  const names = score.bands.map((band) =>
    h("span", { style: { width: `${band.to - band.from}%` } }, band.text),
  );
  return h(
    "div",
    { className: `wb-score wb-score-${score.id}`, style: { "--hue": score.hue } },
    h("div", { className: "wb-score-name" }, h("b", {}, score.name), h("span", {}, said)),
    bar(score),
    h("div", { className: "wb-bands", ariaHidden: "true" }, ...names),
    h("p", { className: "wb-hidden" }, score.sentence),
  );
}

function miniScore(score) {
  return h(
    "span",
    { className: "wb-mini", style: { "--hue": score.hue } },
    h("span", {}, `${score.name} ${score.said}`),
    bar(score),
  );
}

/** Scroll to a part of the page and move the focus there. */
function goTo(host, selector, inside) {
  const part = host.querySelector(selector);
  if (!part) return;
  const target = part.querySelector(inside) ?? part;
  if (!target.matches(CONTROLS)) target.tabIndex = -1;
  // JupyterLab lays cells out only when they come near: go on until the part stays where it is.
  const settle = (left, before) => {
    const shown = inside === CONTROLS ? part : target;
    shown.scrollIntoView({ block: shown === part ? "center" : "start", behavior: "instant" });
    const now = shown.getBoundingClientRect().top;
    if (left > 0 && now !== before) requestAnimationFrame(() => settle(left - 1, now));
    else target.focus({ preventScroll: true });
  };
  settle(60, NaN);
}

/** Give the controls of a question its text as their name, and sliders their value in words. */
function name(item) {
  const text = item.querySelector(".wb-q");
  if (!text) return;
  text.id ||= ownId();
  for (const control of item.querySelectorAll(LABELLED)) {
    control.setAttribute("aria-labelledby", text.id);
    if (control.matches(".widget-radio-box")) control.setAttribute("role", "radiogroup");
  }
  // One name makes the answers of a question one group: one stop for Tab, arrows within.
  for (const radio of item.querySelectorAll("input[type=radio]")) radio.name = text.id;
  const said = item.querySelector(".wb-said");
  if (said) item.querySelector(".noUi-handle")?.setAttribute("aria-valuetext", said.textContent);
}

/** A table that was opened stays open when its numbers change. */
function keepOpen({ removedNodes, addedNodes }) {
  const parts = (nodes) => [...nodes].filter((node) => node.localName === "details");
  const before = parts(removedNodes);
  parts(addedNodes).forEach((part, n) => (part.open ||= before[n]?.open ?? false));
}

/** Say which language a part of the page is in, and where its writing runs. */
function speak(words, ...parts) {
  for (const part of parts) Object.assign(part, { lang: words.language, dir: words.direction });
}

function nameAll(host, words) {
  for (const item of host.querySelectorAll(".wb-item")) name(item);
  speak(words, ...host.querySelectorAll(OUTPUT));
  const observer = new MutationObserver((changes) => {
    const items = new Set();
    for (const change of changes) {
      const { target, addedNodes } = change;
      keepOpen(change);
      const around = target.closest?.(".wb-item");
      if (around) items.add(around);
      for (const node of addedNodes) {
        if (node.matches?.(OUTPUT)) speak(words, node);
        speak(words, ...(node.querySelectorAll?.(OUTPUT) ?? []));
        for (const item of node.querySelectorAll?.(".wb-item") ?? []) items.add(item);
      }
    }
    for (const item of items) name(item);
  });
  observer.observe(host, { childList: true, subtree: true });
  // "Clear" goes away with the answer, and "Skip" once it is done: the focus goes to the question.
  const cleared = ({ target }) => {
    const item = target.closest(".wb-clear, .wb-skip")?.closest(".wb-item");
    item?.querySelector(CONTROLS)?.focus({ preventScroll: true });
  };
  host.addEventListener("click", cleared);
  return () => {
    observer.disconnect();
    host.removeEventListener("click", cleared);
  };
}

function press(text, className, onclick) {
  return h("button", { type: "button", className, onclick }, text);
}

function build(model, host) {
  const words = model.get("words");
  const { top, deaf } = buildBar(model, host);
  const { kept, whole: save } = buildSave(model);

  const toQuestion = (key) => goTo(host, `.${CSS.escape(`wb-k-${key}`)}`, CONTROLS);
  const parts = {
    problem: h("p", { className: "wb-problem", role: "alert" }),
    scores: h("div", { className: "wb-scores" }),
    headline: h("p", { className: "wb-headline", ariaLive: "polite" }),
    notes: h("div", { className: "wb-notes" }),
    needs: h("ul", { className: "wb-needs" }),
    next: press(words.next, "wb-link wb-next", () => toQuestion(model.get("panel").next)),
    progress: h("p", { className: "wb-progress" }),
    help: press(words.support, "wb-button", () => goTo(host, ".wb-support-section", "h2")),
    results: press(words.results, "wb-link", () => goTo(host, ".wb-result", "h2")),
    save,
    kept,
    mini: h("span", { className: "wb-minis" }),
    short: h("b", {}),
  };
  const full = h(
    "div",
    { className: "wb-full", id: ownId() },
    h("h2", {}, words.where),
    parts.problem,
    parts.scores,
    parts.headline,
    parts.notes,
    parts.needs,
    parts.next,
    parts.progress,
    h("p", { className: "wb-framing" }, words.framing),
    parts.results,
    parts.help,
    parts.save,
  );
  const dock = h("button", { type: "button", className: "wb-dock" }, parts.mini, parts.short);
  dock.setAttribute("aria-controls", full.id);
  const panel = h("aside", { className: "wb-panel", ariaLabel: words.where }, full, dock);
  const open = (on) => {
    panel.classList.toggle("wb-open", on);
    dock.setAttribute("aria-expanded", String(on));
  };
  open(false);
  dock.onclick = () => open(!panel.classList.contains("wb-open"));
  full.onclick = (event) => event.target.closest(".wb-link") && open(false);
  panel.onkeydown = (event) => {
    if (event.key === "Escape") open(false); // returning false would cancel every other key
  };
  return { root: h("div", { className: "wb-frame" }, top, panel), top, panel, parts, toQuestion, deaf };
}

function draw({ panel, parts, toQuestion }, now) {
  parts.problem.textContent = now.problem;
  parts.scores.replaceChildren(...now.scores.map(fullScore));
  parts.mini.replaceChildren(...now.scores.map(miniScore));
  if (parts.headline.textContent !== now.headline) parts.headline.textContent = now.headline;
  parts.short.textContent = now.short;
  parts.notes.replaceChildren(...now.notes.map((note) => h("p", {}, note)));
  const links = now.needs.map(({ text, key }) =>
    h("li", {}, h("button", { type: "button", className: "wb-link", onclick: () => toQuestion(key) }, text)),
  );
  parts.needs.replaceChildren(...links);
  parts.next.hidden = now.next === null;
  parts.progress.textContent = now.progress;
  parts.progress.style.setProperty("--share", now.share);
  parts.help.hidden = !now.quiet || now.problem !== "";
  parts.results.hidden = !now.charts;
  panel.classList.toggle("wb-quiet", now.quiet);
}

function place(model, host) {
  const frame = build(model, host);
  const words = model.get("words");
  speak(words, frame.root);
  // JupyterLab's own page goes on in its own language.
  if (host === document.body) {
    speak(words, host); // not the whole document: sliders would turn their numbers round
    document.documentElement.lang = words.language;
    document.title = words.title;
  }
  const show = () => {
    draw(frame, model.get("panel"));
    host.classList.toggle("wb-stale", model.get("panel").problem !== "");
  };
  const keep = () => (frame.parts.kept.textContent = sayKept(model.get("words"), model.get("kept")));
  const size = new ResizeObserver(() => {
    const page = host === document.body ? document.documentElement : host;
    page.style.setProperty("--wb-bar", `${frame.top.offsetHeight}px`);
    host.classList.toggle("wb-wide", host.clientWidth >= WIDE);
    const bar = host.querySelector(".jp-NotebookPanel-toolbar");
    host.style.setProperty("--wb-top", `${bar?.offsetHeight ?? 0}px`);
    host.style.setProperty("--wb-width", `${host.clientWidth}px`);
  });
  const follow = (event) => {
    const goal = event.target.closest?.("[data-wb-goto]")?.dataset.wbGoto;
    if (goal) goTo(host, goal, "h2");
    // The page with people who help is printed once it was asked where the paper will lie.
    const asked = event.target.closest?.("[data-wb-print], [data-wb-shut]");
    if (!asked) return;
    const question = asked.closest("details");
    question.open = false;
    question.querySelector("summary").focus();
    if (asked.matches("[data-wb-print]")) print();
  };
  show();
  keep();
  host.addEventListener("click", follow);
  host.classList.add("wb-host");
  const unstart = startPage(model, host);
  host.prepend(frame.root);
  size.observe(host);
  size.observe(frame.top);
  model.on("change:panel", show);
  model.on("change:kept", keep);
  const unname = nameAll(host, words);
  dispatchEvent(new Event("workbook:here")); // the page round it hands over what was pressed before
  return () => {
    model.off("change:panel", show);
    model.off("change:kept", keep);
    frame.deaf();
    unstart();
    host.removeEventListener("click", follow);
    size.disconnect();
    unname();
    frame.root.remove();
  };
}

function render({ model, el }) {
  return whenPlaced(el, (host) => {
    try {
      return place(model, host);
    } catch (error) {
      dispatchEvent(new Event("workbook:failed")); // the page round it says so
      throw error;
    }
  });
}

export default { render };
