/** Hand a text to the browser as a file. */
export function download(name, text, kind) {
  const address = URL.createObjectURL(new Blob([text], { type: `${kind};charset=utf-8` }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000); // the browser has taken it by then
}

/** The time zone that the person's clock is in, by its name. */
export function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
