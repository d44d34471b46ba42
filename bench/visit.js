// Runs in a page before anything else: notes when it can first be read, and when it first answers.
// It looks whenever the browser draws, so that what is there but not yet drawn does not count.

function visit({ begin, control, said }) {
  const AGAIN = 500; // milliseconds after which somebody presses "Begin" once more
  const roots = [document];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    roots.push(root);
    return root;
  };
  const shown = (element, more) =>
    element.checkVisibility({ visibilityProperty: true, ...more }) && element.getClientRects().length;

  function find(selector, fits) {
    for (const root of roots) {
      for (const element of root.querySelectorAll(selector)) if (fits(element)) return element;
    }
    return null;
  }
  const text = (element) => element.textContent.trim();
  const heading = () =>
    find("h1", (element) => text(element) && shown(element, { opacityProperty: true }));
  const button = () => find("button", (element) => text(element) === begin && shown(element));
  const first = () => find(control, (element) => shown(element));
  const answer = () => find(said, text)?.textContent;

  const bench = { readable: null, pressable: null, answered: null };
  window.bench = bench;
  let before;
  let begun = -AGAIN;

  function look(now) {
    if (bench.readable === null && heading()) bench.readable = performance.now();
    if (begin && now - begun >= AGAIN && button()) {
      begun = now;
      button().click();
    }
    if (before !== undefined && (answer() ?? before) !== before) bench.answered = performance.now();
    else requestAnimationFrame(look);
  }
  requestAnimationFrame(look);

  /** Give the first control the focus, if it is there, and return whether it can be pressed. */
  bench.focus = () => {
    const found = first();
    const now = answer();
    if (!found || now === undefined) return false;
    bench.pressable ??= performance.now();
    before ??= now;
    found.focus();
    return true;
  };
}
