// A page that nobody uses clears itself, after it has said so and waited for an answer.

const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "input"];

/**
 * ``warn(time)`` is called after ``idle`` milliseconds without any input, ``end()`` a further
 * ``grace`` milliseconds later, unless the returned ``stay()`` is called. ``still()`` tells for how
 * long there was no input.
 */
export function timeout({ idle, grace, warn, end }) {
  let seen = Date.now();
  let warned = 0;
  const stay = () => {
    seen = Date.now();
    warned = 0;
  };
  const notice = () => warned || (seen = Date.now());
  const timer = setInterval(() => {
    const now = Date.now();
    if (!idle) return;
    if (!warned && now - seen >= idle) {
      warned = now;
      warn(new Date(now + grace));
    } else if (warned && now - warned >= grace) {
      clearInterval(timer);
      end();
    }
  }, 1000);
  for (const sign of SIGNS_OF_LIFE)
    addEventListener(sign, notice, { capture: true, passive: true });
  const stop = () => {
    clearInterval(timer);
    for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, notice, { capture: true });
  };
  return { stay, stop, still: () => Date.now() - seen };
}
