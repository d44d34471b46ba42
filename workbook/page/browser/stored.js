// Where somebody was, in the browser's own storage: only beside remembered answers, and gone with them.

const placeKey = (key) => `${key}.at`;

/** Store where somebody is, if this window's answers are remembered here. */
export function storePlace(model, place) {
  const key = model.get("key");
  try {
    if (!model.get("remembers") || localStorage.getItem(key) === null) return;
    localStorage.setItem(placeKey(key), JSON.stringify(place));
  } catch {
    // full or forbidden: then it begins at the first chapter
  }
}

/** Where somebody was; null if that is not known. */
export function recallPlace(model) {
  try {
    return JSON.parse(localStorage.getItem(placeKey(model.get("key"))));
  } catch {
    return null;
  }
}

/** Take the answers away, and the place with them. */
export function forgetStored(key) {
  try {
    localStorage.removeItem(key);
    localStorage.removeItem(placeKey(key));
  } catch {
    // forbidden: then nothing is there
  }
}
