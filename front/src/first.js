// What came with the page: how to reach the kernel, and the first state of all widgets.

const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';

const read = (element) => JSON.parse(element.textContent);

/** The address of the server, the kernel's id, and the words of the front end. */
export const pageConfig = () => read(document.getElementById("jupyter-config-data"));

/**
 * The states of all widgets by id, and their digest; null where the document ended before it was
 * whole.
 */
export function firstStates() {
  const element = document.querySelector(STATE);
  return element && read(element);
}

/** The widgets that a widget is made of, itself included. */
export function partsOf(states, id, found = new Set()) {
  if (!(id in states) || found.has(id)) return found;
  found.add(id);
  for (const [, part] of JSON.stringify(states[id].state).matchAll(/"IPY_MODEL_(\w+)"/g)) {
    partsOf(states, part, found);
  }
  return found;
}
