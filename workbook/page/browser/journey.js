// One step at a time. The page changes between steps by itself, at once; the kernel only says which
// steps there are. Neither the address nor the history tells where somebody is.

import { buildContents } from "./contents.js";
import { h, press } from "./elements.js";
import { recallPlace, storePlace } from "./stored.js";

const [START, SUPPORT] = ["-start", "-support"]; // the steps outside the order
const HEADINGS = "h1, h2, h3";
const MARK = "wb-step-"; // what the class of a step's parts begins with

const selectorOf = (id) => `.${CSS.escape(MARK + id)}`;

/** The step that a part of the page belongs to. */
function stepAround(part) {
  const names = part.closest(".wb-step")?.classList ?? [];
  return [...names].find((name) => name.startsWith(MARK))?.slice(MARK.length);
}

/** What shows one step and nothing of the others, on the screen; paper has its own rules. */
const ruleFor = (id) =>
  `@media screen { .wb-stepped:not(.wb-whole, .wb-unbegun) .wb-step:not(${selectorOf(id)}) { display: none !important; } }`;

/** The line above a step, and the ways on below it. */
function buildEnds(words, go) {
  const where = h("p", { className: "wb-over" });
  const ways = ["back", "next"].map((name) => {
    const way = press("", `wb-way-on wb-${name === "next" ? "main" : "button"}`, () =>
      go(way.goal),
    );
    const show = (step) => {
      way.hidden = !step;
      way.goal = step?.id;
      if (step) way.textContent = words[name].replace("{step}", step.title);
    };
    return { way, show };
  });
  const [back, next] = ways;
  const place = "jupyter-widgets wb";
  return {
    where,
    head: h("div", { className: `${place} wb-step-head` }, where),
    foot: h("div", { className: `${place} wb-step-foot` }, back.way, next.way),
    showWays: (before, after) => {
      back.show(before);
      next.show(after);
    },
  };
}

/** Move the focus to the heading of a step, once it is there. */
function focusHeading(host, id, left = 600) {
  const heading = [...host.querySelectorAll(selectorOf(id))]
    .flatMap((part) => [...part.querySelectorAll(HEADINGS)])
    .find((found) => found.checkVisibility());
  if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  } else if (left > 0) requestAnimationFrame(() => focusHeading(host, id, left - 1));
}

export function stepByStep(model, host, top) {
  const words = model.get("step_words");
  const sheet = new CSSStyleSheet();
  let [at, index, before, left] = [START, 0, START, ""];

  const steps = () => model.get("steps");
  const isWhole = () => host.classList.contains("wb-whole");
  const start = { id: START, title: words.start };
  /** What lies before and after; a step that has been left out keeps its place. */
  const around = () => {
    const all = steps();
    if (at === START) return [null, all[0]];
    if (at === SUPPORT) return [all.find(({ id }) => id === before) ?? start, null];
    const found = all.findIndex(({ id }) => id === at);
    return [all[index - 1] ?? start, all[found < 0 ? index : index + 1]];
  };
  const show = () => {
    const all = steps();
    const found = all.findIndex(({ id }) => id === at);
    if (found >= 0) index = found;
    const numbers = { number: index + 1, of: all.length };
    const place = words.where.replace(/\{(\w+)\}/g, (_, name) => numbers[name]);
    const said = found < 0 ? "" : place;
    contents.show({ steps: all, at, isWhole: isWhole(), said });
    ends.where.textContent = said && `${said} · ${left}`;
    ends.showWays(...around());
  };
  /** Whether what is shown is of older answers; the kernel brings it up to date once it knows. */
  const isLate = () => model.get("late").some((id) => id === at || isWhole());
  const catchUp = () => isLate() || host.classList.remove("wb-late");
  /** Remember the place where that was asked for; the kernel works out what is on the screen. */
  const notePlace = () => {
    host.classList.toggle("wb-late", isLate());
    storePlace(model, { at, whole: isWhole() });
    model.set("shown", isWhole() ? "" : at);
    model.save_changes();
  };
  /** Let another step be the one that is shown. */
  const turnTo = (id) => {
    if (id === at) return;
    if (id === SUPPORT) before = at;
    at = id;
    left = steps().find((step) => step.id === id)?.left ?? "";
    sheet.replaceSync(ruleFor(id));
    host.classList.remove("wb-came-back");
    notePlace();
    show();
  };
  const go = (id) => {
    turnTo(id);
    if (isWhole()) host.querySelector(selectorOf(id))?.scrollIntoView({ behavior: "instant" });
    else scrollTo({ top: 0, behavior: "instant" });
    focusHeading(host, id);
  };
  const turn = () => {
    host.classList.toggle("wb-whole");
    notePlace();
    show();
    go(at);
  };
  const reveal = ({ target }) => {
    const id = model.get("begun") && stepAround(target); // before that, all there is stands there
    if (id) turnTo(id);
  };
  /** Remembered answers are back: so is the place. */
  const comeBack = () => {
    if (!model.get("begun") || !model.get("remembers") || at !== START) return;
    const stored = recallPlace(model) ?? {};
    host.classList.toggle("wb-whole", stored.whole === true);
    turnTo(steps().find(({ id }) => id === stored.at)?.id ?? steps()[0]?.id ?? START);
    host.classList.add("wb-came-back");
  };
  const beginAgain = () => model.get("begun") || turnTo(START);
  // What came back brings its place along, and is not overwritten before.
  const remember = () => model.get("begun") && notePlace();

  const contents = buildContents(words, { go, turn });
  const ends = buildEnds(words, go);
  const main = host.querySelector("main") ?? host;
  document.adoptedStyleSheets.push(sheet);
  sheet.replaceSync(ruleFor(at));
  host.classList.add("wb-stepped");
  top.prepend(contents.button);
  top.after(contents.nav);
  main.prepend(ends.head);
  main.append(ends.foot);
  host.addEventListener("workbook:show", reveal);
  const heard = { steps: show, begun: comeBack, remembers: remember, late: catchUp };
  for (const [name, hear] of Object.entries(heard)) model.on(`change:${name}`, hear);
  model.on("change:begun", beginAgain);
  show();
  comeBack();
  return () => {
    contents.stop();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    host.classList.remove("wb-stepped", "wb-whole", "wb-came-back", "wb-late");
    host.removeEventListener("workbook:show", reveal);
    for (const [name, hear] of Object.entries(heard)) model.off(`change:${name}`, hear);
    model.off("change:begun", beginAgain);
    for (const part of [contents.button, contents.nav, ends.head, ends.foot]) part.remove();
  };
}
