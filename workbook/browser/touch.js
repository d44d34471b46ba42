// A finger on a slider: a tap answers, and so does a drag to the side; a swipe up or down scrolls the
// page and answers nothing. The slider would answer as soon as it is touched, so a touch is kept
// from it until it is clear what it is. Part of fields.js.

const SLOP = 8; // pixels by which a finger may stray in a tap

/** Give the slider a touch that it takes for a real one. */
function play(name, target, pointerId, x, y) {
  const where = { clientX: x, clientY: y, bubbles: true, cancelable: true };
  const kind = { pointerType: "touch", isPrimary: true, pointerId };
  const buttons = name === "pointerdown" ? 1 : 0;
  target.dispatchEvent(new PointerEvent(name, { ...where, ...kind, buttons }));
}

function holdTouches() {
  let touch = null;
  const ours = (event) => event.isTrusted && event.pointerId === touch?.id;
  const down = (event) => {
    const slider = event.target.closest?.(".wb .noUi-target");
    if (!slider || event.pointerType !== "touch" || !event.isTrusted) return;
    event.stopPropagation();
    if (touch) return; // another finger is at it
    const { target, pointerId: id, clientX: x, clientY: y } = event;
    touch = { slider, target, id, x, y, before: slider.noUiSlider.get(true), drags: false };
  };
  const move = (event) => {
    if (!ours(event) || touch.drags) return;
    const [across, along] = [event.clientX - touch.x, event.clientY - touch.y].map(Math.abs);
    if (Math.max(across, along) < SLOP) return;
    if (along >= across) touch = null;
    else {
      touch.drags = true;
      // Held in the middle, the handle goes to where the finger is with this very event.
      const handle = touch.slider.querySelector(".noUi-handle");
      const { left, top, width, height } = handle.getBoundingClientRect();
      play("pointerdown", handle, touch.id, left + width / 2, top + height / 2);
    }
  };
  const up = (event) => {
    if (!ours(event)) return;
    if (!touch.drags) play("pointerdown", touch.target, touch.id, touch.x, touch.y);
    touch = null;
  };
  /** The browser has made something else of it, such as a scroll: all is as it was before. */
  const cancel = (event) => {
    if (!ours(event)) return;
    if (touch.drags) {
      play("pointerup", touch.slider, touch.id, event.clientX, event.clientY);
      touch.slider.noUiSlider.set(touch.before);
    }
    touch = null;
  };
  const events = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: cancel };
  for (const [name, hear] of Object.entries(events)) document.addEventListener(name, hear, true);
  return () => {
    for (const [name, hear] of Object.entries(events)) document.removeEventListener(name, hear, true);
  };
}
