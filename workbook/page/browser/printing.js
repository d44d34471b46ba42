// On paper stands the summary, which the kernel works out only where it is shown or asked for. What
// is printed is never older than the answers.

import { h } from "./elements.js";

const SUMMARY = "-summary"; // the step it stands in
const PATIENCE = 3000; // milliseconds for the kernel, before the paper says that it is missing

/** Watch over printing; return how to print, and how to stop. */
export function printing(model, host) {
  const words = model.get("words");
  const missing = h("p", { className: "wb-unsummed", textContent: words.unsummed });
  let waiting = 0;
  const isLate = () => model.get("late").includes(SUMMARY) && model.get("begun");
  const ask = () => {
    if (!isLate()) return;
    try {
      model.send({ type: "sum-up" });
    } catch {
      // a kernel that is dead; the paper says that the summary is missing
    }
  };
  const go = () => {
    clearTimeout(waiting);
    waiting = 0;
    print();
  };
  /** Print as soon as the summary is that of the present answers. */
  const printReady = () => {
    if (!isLate()) return print();
    ask();
    waiting ||= setTimeout(go, PATIENCE);
  };
  // Other parts of the same message may come after.
  const arrive = () => waiting && !isLate() && setTimeout(go);
  const press = (event) => {
    const plain = !event.altKey && !event.shiftKey && (event.ctrlKey || event.metaKey);
    if (!plain || event.key.toLowerCase() !== "p" || !isLate()) return;
    event.preventDefault();
    printReady();
  };
  const before = () => {
    host.classList.toggle("wb-no-summary", isLate());
    ask(); // for the next time
  };
  // Whoever goes to the browser's own menu leaves the page before.
  const heard = { keydown: press, beforeprint: before, blur: ask };

  host.append(missing);
  model.on("change:late", arrive);
  for (const [name, hear] of Object.entries(heard)) addEventListener(name, hear);
  host.addEventListener("mouseleave", ask);
  return {
    print: printReady,
    stop: () => {
      clearTimeout(waiting);
      model.off("change:late", arrive);
      for (const [name, hear] of Object.entries(heard)) removeEventListener(name, hear);
      host.removeEventListener("mouseleave", ask);
      host.classList.remove("wb-no-summary");
      missing.remove();
    },
  };
}
