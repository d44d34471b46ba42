// Hands every widget what the kernel has to say to it and sent in one message with all else.

function initialize({ model }) {
  const manager = model.widget_manager;
  let before = Promise.resolve();
  const hand = async (updates) => {
    for (const [id, state] of Object.entries(updates)) {
      if (!manager.has_model(id)) continue;
      try {
        (await manager.get_model(id)).set_state(state);
      } catch (error) {
        console.error(error); // as for a message of its own; the others still get theirs
      }
    }
  };
  const take = ({ updates }) => {
    before = before.then(() => hand(updates));
  };
  model.on("msg:custom", take);
  model.send({ type: "ready" });
  return () => model.off("msg:custom", take);
}

export default { initialize };
