// The start page, which stands alone until the person begins. Part of frame.js.

/** Whether something is remembered on this device; a browser may forbid to look. */
function isStored(key) {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

/** Go to the first chapter, which may still be loading. */
function toChapters(host, left = 600) {
  if (host.querySelector(".wb-chapter h2")) goTo(host, ".wb-chapter", "h2");
  else if (left > 0) requestAnimationFrame(() => toChapters(host, left - 1));
}

/** Show the chapters once the person has begun, or once remembered answers are back. */
function startPage(model, host) {
  const patience = setTimeout(() => host.classList.remove("wb-returning"), 15_000);
  const show = () => {
    host.classList.toggle("wb-unbegun", !model.get("begun"));
    const coming = !model.get("begun") && !model.get("tried") && isStored(model.get("key"));
    host.classList.toggle("wb-returning", coming);
    host.classList.toggle("wb-returned", model.get("tried"));
  };
  const begin = ({ target }) => {
    if (!target.closest?.("[data-wb-begin]")) return;
    model.set("begun", true);
    toChapters(host);
    model.save_changes();
  };
  show();
  model.on("change:begun change:tried", show);
  host.addEventListener("click", begin);
  return () => {
    clearTimeout(patience);
    model.off("change:begun change:tried", show);
    host.removeEventListener("click", begin);
    host.classList.remove("wb-unbegun", "wb-returning", "wb-returned");
  };
}

