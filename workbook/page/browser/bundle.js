// Hands every widget what the kernel has to say to it and sent in one message with all else.

import { handOver } from "./internals.js";

function initialize({ model }) {
  const manager = model.widget_manager;
  let before = Promise.resolve();
  const hand = async (updates, buffers) => {
    let from = 0;
    for (const { id, ...data } of updates) {
      const own = buffers.slice(from, (from += data.buffer_paths.length));
      if (!manager.has_model(id)) continue;
      try {
        const widget = await manager.get_model(id);
        await handOver(widget, data, own);
      } catch (error) {
        console.error(error); // as for a message of its own; the others still get theirs
      }
    }
  };
  const take = ({ updates }, buffers) => {
    before = before.then(() => hand(updates, buffers));
  };
  model.on("msg:custom", take);
  model.send({ type: "ready" });
  return () => model.off("msg:custom", take);
}

export default { initialize };
