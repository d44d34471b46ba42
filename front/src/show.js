// Puts what the cells show in the place where it stands in the document.

import { Widget } from "@lumino/widgets";
import { partsOf } from "./first.js";

const OUTPUT = 'script[type="application/vnd.voila.cell-output+json"]';
const VIEW = "application/vnd.jupyter.widget-view+json";

/** Let the browser draw, and the person press, before more is made. */
const breathe = () => new Promise((go) => setTimeout(go));

async function show(manager, states, place) {
  const { data, text } = JSON.parse(place.textContent);
  const target = document.createElement("div");
  target.className = "jp-OutputArea-output";
  place.replaceWith(target);
  const id = data?.[VIEW]?.model_id;
  if (!id) {
    target.textContent = data?.["text/plain"] ?? text ?? "";
    return;
  }
  await manager.make(states, [...partsOf(states, id)]);
  const view = await manager.create_view(await manager.get_model(id));
  Widget.attach(view.luminoWidget, target);
}

/** Show one cell after the other, so that the first can be read while the last is made. */
export async function showAll(manager, states) {
  for (const place of document.querySelectorAll(OUTPUT)) {
    await show(manager, states, place).catch((error) => {
      console.error(error);
      dispatchEvent(new Event("workbook:failed")); // the frame of the page says so
    });
    await breathe();
  }
  await manager.make(states, Object.keys(states)); // what is shown nowhere
}
