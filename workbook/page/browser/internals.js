// The private names of the widgets' own code that the page uses, because there are no public ones.
// No other script of ours uses any; tests/browser/test_catching_up.py fails if one goes away or does
// something else.

/** Every widget the page holds. */
export const modelsOf = (manager) => [...(manager._modelsSync?.values() ?? [])];

/** Names of the values that are on their way to the kernel, each with its message if it has one. */
export function underWay(widget) {
  // The kernel has been done with every message that has left.
  if (widget._pending_msgs === 0 && !widget._msg_buffer) return new Map();
  const waiting = [...widget._attrsToUpdate, ...Object.keys(widget._msg_buffer ?? {})];
  return new Map([...widget._expectedEchoMsgIds, ...waiting.map((name) => [name, null])]);
}

/** Take back what waits to be sent until an answer comes. */
export const holdBack = (widget) => (widget._msg_buffer = null);

/** Wait for no answer to what was sent of this value. */
export function giveUp(widget, name) {
  widget._expectedEchoMsgIds.delete(name);
  widget._attrsToUpdate.delete(name);
}

/** Send values, whether or not the widget takes them for changed. */
export function resend(widget, values) {
  widget.set(values);
  Object.assign(widget._buffered_state_diff, values);
  widget.save_changes();
}

/** Get the state of every widget from the kernel anew; answers that were lost are not waited for. */
export async function reloadAll(manager) {
  for (const widget of modelsOf(manager)) widget._pending_msgs = 0;
  await manager._loadFromKernel?.();
}
