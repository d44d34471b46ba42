// Going to a part of the page.

/** What an answer is given with. */
export const CONTROLS = ".noUi-handle, select, textarea, input";

/** Scroll to a part of the page and move the focus there; its step is shown first. */
export function goTo(host, selector, inside) {
  const part = host.querySelector(selector);
  if (!part) return;
  part.dispatchEvent(new Event("workbook:show", { bubbles: true }));
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
