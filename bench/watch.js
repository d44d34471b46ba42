// Runs in the page before anything else: notes when the kernel first answers, and when a key press
// changes what is shown. The slider's own parts do not count: they move without a kernel.

const PATIENCE = 10_000; // milliseconds for a kernel to answer on a busy machine

function watch({ slider, late, begin }, answer) {
  const bench = { usable: null, pressed: 0, first: 0, last: 0, any: 0, places: new Set() };
  window.bench = bench;
  const own = ".widget-slider, .noUi-target";

  const element = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
  const within = (node, selector) => Boolean(selector && element(node)?.closest(selector));

  function note(changes) {
    const now = performance.now();
    for (const { target } of changes) {
      if (within(target, own)) continue;
      bench.any = now;
      if (within(target, late)) continue;
      bench.first ||= now;
      bench.last = now;
      const place = element(target)?.closest(".wb-panel, .wb-chart, .wb-item, .bare-sum");
      if (place) bench.places.add(place.className);
    }
  }
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  const press = (handle, key) =>
    handle.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

  // Loading: begin as soon as that can be pressed, press as soon as a slider is in sight, again and
  // again, until the kernel has answered.
  const seen = (element) => element?.checkVisibility({ visibilityProperty: true });
  let begun = false;
  let before;
  let timer = 0;
  const wait = new MutationObserver(() => {
    if (bench.usable !== null) return;
    const start = begin && document.querySelector(begin);
    if (start && seen(start) && !begun) {
      begun = true; // a press counts from when it can be seen, and is itself a change of the page
      start.click();
    }
    if (before !== undefined && answer() !== undefined && answer() !== before) {
      bench.usable = performance.now();
      clearInterval(timer);
      wait.disconnect();
    } else if (before === undefined && seen(document.querySelector(slider)) && answer()) {
      before = answer();
      bench.seen = performance.now();
      const again = () => press(document.querySelector(slider), "ArrowRight");
      again();
      timer = setInterval(again, 50);
    }
  });
  wait.observe(document, everything);

  /** From here on, time what a key press changes. */
  bench.arm = () => {
    Object.assign(bench, { pressed: 0, first: 0, last: 0, any: 0 });
    bench.places.clear();
    bench.observer ??= new MutationObserver(note);
    bench.observer.observe(document, everything);
    addEventListener("keydown", () => (bench.pressed = performance.now()), {
      capture: true,
      once: true,
    });
  };

  /** Once nothing has changed for a while: how long after the press the changes came. */
  bench.settled = async (quiet) => {
    const started = performance.now();
    const since = (then) => performance.now() - then;
    while (bench.first ? since(bench.any) < quiet : since(started) < PATIENCE) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    bench.observer.disconnect();
    const { pressed, first, last, places } = bench;
    return { first: first - pressed, last: last - pressed, places: [...places], seen: first > 0 };
  };
}
