// Elements of the page. All text goes in as text.

/** Make an element: properties, then children (elements or text). */
export function h(name, properties = {}, ...children) {
  const { style, ...plain } = properties;
  const node = Object.assign(document.createElement(name), plain);
  for (const [key, value] of Object.entries(style ?? {})) node.style.setProperty(key, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Make a button with words on it. */
export function press(text, className, onclick) {
  return h("button", { type: "button", className, onclick }, text);
}
