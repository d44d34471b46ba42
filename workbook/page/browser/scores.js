// The scores as bars, whole in the panel and small in the bar below.

import { h } from "./elements.js";

function bar(score) {
  const edges = score.bands.map((band) =>
    h("i", {
      className: "wb-band",
      style: { left: `${band.from}%`, width: `${band.to - band.from}%` },
    }),
  );
  const width = score.high - score.low;
  const range = h("i", {
    className: "wb-range",
    style: { left: `${score.low}%`, width: `${width}%` },
  });
  const mark =
    score.value === null
      ? null
      : h("i", { className: "wb-mark", style: { left: `${score.value}%` } });
  return h("div", { className: "wb-bar-track", ariaHidden: "true" }, ...edges, range, mark);
}

export function fullScore(score) {
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

export function miniScore(score) {
  return h(
    "span",
    { className: "wb-mini", style: { "--hue": score.hue } },
    h("span", {}, `${score.name} ${score.said}`),
    bar(score),
  );
}
