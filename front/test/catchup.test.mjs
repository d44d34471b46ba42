// After a gap: what the kernel never heard is sent again, and nothing over what it holds newer.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { changesOf } from "../../workbook/page/browser/catchup.js";

/** A widget with a value on its way to the kernel, in the message of that id. */
function widget(model_id, module, values, underWay) {
  const sent = [];
  return {
    model_id,
    sent,
    _pending_msgs: underWay ? 1 : 0,
    _msg_buffer: null,
    _attrsToUpdate: new Set(),
    _expectedEchoMsgIds: new Map(Object.entries(underWay ?? {})),
    _buffered_state_diff: {},
    get: (name) => (name === "_model_module" ? module : values[name]),
    set: (changes) => Object.assign(values, changes),
    save_changes() {
      sent.push(this._buffered_state_diff);
      this._buffered_state_diff = {};
      order.push(model_id);
    },
  };
}

const CONTROLS = "@jupyter-widgets/controls";
let order;

const changes = (...widgets) =>
  changesOf({ _modelsSync: new Map(widgets.map((w) => [w.model_id, w])) });

beforeEach(() => {
  order = [];
});

test("a lost answer is asked about and sent again", () => {
  const [lost, still] = [
    widget("a", CONTROLS, { value: 7 }, { value: "m1" }),
    widget("b", CONTROLS, {}),
  ];
  const found = changes(lost, still);
  found.collect();
  assert.deepEqual(found.questions(), [{ widget: "a", message: "m1" }]);
  assert.equal(found.sendAgain([]), true);
  assert.deepEqual([lost.sent, still.sent], [[{ value: 7 }], []]);
  assert.equal(lost._expectedEchoMsgIds.size, 0);
});

test("where the kernel holds something newer, nothing is sent over it", () => {
  const old = widget("a", CONTROLS, { value: 7 }, { value: "m1" });
  const found = changes(old);
  found.collect();
  assert.equal(found.sendAgain(["a"]), false);
  assert.deepEqual(old.sent, []);
  assert.equal(old._expectedEchoMsgIds.size, 0);
});

test("the value is the one of the gap, also when the kernel's came over it meanwhile", () => {
  const values = { value: 7 };
  const lost = widget("a", CONTROLS, values, { value: "m1" });
  const found = changes(lost);
  found.collect();
  values.value = 3;
  found.sendAgain([]);
  assert.deepEqual(lost.sent, [{ value: 7 }]);
});

test("our own widgets are not asked about, and come last", () => {
  const ours = widget("ours", "anywidget", { on: false }, { on: "m1" });
  const answer = widget("answer", CONTROLS, { value: 2 }, { value: "m2" });
  const found = changes(ours, answer);
  found.collect();
  assert.deepEqual(found.questions(), [{ widget: "answer", message: "m2" }]);
  found.sendAgain([]);
  assert.deepEqual(order, ["answer", "ours"]);
});
