// The frame of the page: a bar with the ways out, and the panel with scores and outcome, which stay
// in view beside the text or below it. Only shows what the kernel sends: the scores as they were drawn
// there, all else as text.

import { h, press } from "./elements.js";
import { CONTROLS, goTo } from "./goto.js";
import { stepByStep } from "./journey.js";
import { buildSave, sayKept } from "./keep.js";
import { buildBar } from "./leave.js";
import { nameAll, speak } from "./names.js";
import { ownId } from "./own_id.js";
import { whenPlaced } from "./placed.js";
import { printing } from "./printing.js";
import { drawScores } from "./scores.js";
import { startPage } from "./start.js";

const WIDE = 1000; // pixels from which the panel stands beside the text

function build(model, host) {
  const words = model.get("words");
  const { top, deaf } = buildBar(model, host);
  const { kept, whole: save } = buildSave(model);

  const toQuestion = (key) => goTo(host, `.${CSS.escape(`wb-k-${key}`)}`, CONTROLS);
  const parts = {
    problem: h("p", { className: "wb-problem", role: "alert" }),
    scores: h("div", { className: "wb-scores" }),
    headline: h("p", { className: "wb-headline", ariaLive: "polite" }),
    next: press(words.next, "wb-link wb-next", () => toQuestion(model.get("panel").next)),
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
    parts.next,
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
  return {
    root: h("div", { className: "wb-frame" }, top, panel),
    top,
    panel,
    parts,
    deaf,
  };
}

function draw({ panel, parts }, now) {
  parts.problem.textContent = now.problem;
  drawScores(parts, now.scores);
  if (parts.headline.textContent !== now.headline) parts.headline.textContent = now.headline;
  parts.short.textContent = now.short;
  parts.next.hidden = now.next === null;
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
  const keep = () =>
    (frame.parts.kept.textContent = sayKept(model.get("words"), model.get("kept")));
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
    if (goal) goTo(host, goal, goal.startsWith(".wb-k-") ? CONTROLS : "h2");
    // The page with people who help is printed once it was asked where the paper will lie.
    const asked = event.target.closest?.("[data-wb-print], [data-wb-shut]");
    if (!asked) return;
    const question = asked.closest("details");
    question.open = false;
    question.querySelector("summary").focus();
    if (asked.matches("[data-wb-print]")) paper.print();
  };
  show();
  keep();
  host.addEventListener("click", follow);
  host.classList.add("wb-host");
  const unstart = startPage(model, host);
  host.prepend(frame.root);
  const unstep = host === document.body ? stepByStep(model, host, frame.top) : () => {};
  const paper = printing(model, host);
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
    unstep();
    paper.stop();
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
