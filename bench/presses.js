// Notes when a key press changes what is shown. The slider's own parts do not count: they move without
// a kernel.

const PATIENCE = 10_000; // milliseconds for a kernel to answer on a busy machine

function watchPresses(late) {
  const bench = { pressed: 0, first: 0, last: 0, any: 0, places: new Set() };
  window.presses = bench;
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
      const place = element(target)?.closest(".wb-panel, .wb-chart, .wb-item, .toy-total");
      if (place) bench.places.add(place.className);
    }
  }
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };

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
