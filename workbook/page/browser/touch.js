// A finger on a slider: a tap answers, and so does a drag to the side; a swipe up or down scrolls the
// page and answers nothing. The slider itself would answer as soon as it is touched. So it hears of
// no touch, only of a mouse: a tap comes as one from the browser, a drag from here.

const SLIDER = ".wb .noUi-target";
const SLOP = 8; // pixels by which a finger may stray in a tap

function mouse(name, target, x, y) {
  const buttons = name === "mouseup" ? 0 : 1;
  const where = { clientX: x, clientY: y, buttons, bubbles: true, cancelable: true };
  target.dispatchEvent(new MouseEvent(name, where));
}

/** Take the handle in its middle: with the next move it is where the finger is. */
function grasp(slider) {
  const handle = slider.querySelector(".noUi-handle");
  const { left, top, width, height } = handle.getBoundingClientRect();
  mouse("mousedown", handle, left + width / 2, top + height / 2);
}

export function holdTouches() {
  let touch = null;
  const hide = (event) => {
    if (event.target.closest?.(SLIDER)) event.stopPropagation();
  };
  const down = ({ target, pointerType, pointerId: id, clientX: x, clientY: y }) => {
    const slider = target.closest?.(SLIDER);
    if (touch || !slider || pointerType !== "touch") return;
    touch = { slider, id, x, y, before: slider.noUiSlider.get(true), drags: false };
  };
  const move = ({ pointerId, clientX: x, clientY: y }) => {
    if (pointerId !== touch?.id) return;
    const [across, along] = [Math.abs(x - touch.x), Math.abs(y - touch.y)];
    if (!touch.drags && across > SLOP && across > along) {
      touch.drags = true;
      grasp(touch.slider);
    }
    if (touch.drags) mouse("mousemove", touch.slider, x, y);
  };
  const end = ({ type, pointerId }) => {
    if (pointerId !== touch?.id) return;
    const { slider, before, drags, x, y } = touch;
    touch = null;
    if (!drags) return;
    mouse("mouseup", slider, x, y);
    // The browser has made something else of it: all is as it was, "not answered" too.
    if (type === "pointercancel") slider.noUiSlider.set(before);
  };
  const events = {
    touchstart: hide,
    pointerdown: down,
    pointermove: move,
    pointerup: end,
    pointercancel: end,
  };
  const options = { capture: true, passive: true };
  for (const [name, hear] of Object.entries(events)) document.addEventListener(name, hear, options);
  return () => {
    for (const [name, hear] of Object.entries(events))
      document.removeEventListener(name, hear, options);
  };
}
