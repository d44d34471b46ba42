// The manager: widgets of what came with the page, and what the kernel says of them later.

import "./document.mjs";
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Manager } from "../src/manager.js";
import { Kernel, settle } from "./doubles.mjs";

const CONTROLS = "@jupyter-widgets/controls";
const BASE = "@jupyter-widgets/base";
const named = (model_module, model_name, state) => ({
  model_name,
  model_module,
  model_module_version: "2.0.0",
  state: { _model_name: model_name, _model_module: model_module, ...state },
});
const slider = (value) =>
  named(CONTROLS, "IntSliderModel", {
    _view_name: "IntSliderView",
    _view_module: CONTROLS,
    layout: "IPY_MODEL_layout",
    value,
  });
const states = (value) => ({ slider: slider(value), layout: named(BASE, "LayoutModel", {}) });

let kernel;
let manager;

beforeEach(async () => {
  mock.method(console, "error", () => {});
  kernel = new Kernel();
  manager = new Manager(kernel, { missing: "A part is missing." });
  const first = states(3);
  await manager.make(first, Object.keys(first));
});

const value = () => manager._modelsSync.get("slider").get("value");
const latest = (target) => kernel.sent.findLast(({ targetName }) => targetName === target);
const control = () => latest("jupyter.widget.control");
const digest = () => latest("workbook.states");

/** Let the manager begin to take what the kernel holds, and hear whether the page has the same. */
async function refresh(same = false) {
  const asking = manager.refresh("a digest");
  await settle();
  await kernel.say(digest().commId, { same });
  return { asking };
}

/** Let the manager ask for all states, and the kernel answer. */
async function answered(asking, found) {
  await settle();
  await kernel.say(control().commId, { method: "update_states", states: found, buffer_paths: [] });
  await asking;
}

test("widgets are there before the kernel has said a word, and ask it for nothing", () => {
  assert.equal(value(), 3);
  assert.deepEqual(kernel.sent, []);
});

test("the kernel's state wins over the one that came with the page", async () => {
  const { asking } = await refresh();
  await answered(asking, states(5));
  assert.equal(value(), 5);
});

test("where the page came with the same, nothing is asked for", async () => {
  const { asking } = await refresh(true);
  await asking;
  assert.equal(digest().data.digest, "a digest");
  assert.equal(control(), undefined);
});

test("a kernel that knows of no digest tells all it holds", async () => {
  const asking = manager.refresh("a digest");
  await settle();
  kernel.comms.get(digest().commId).onClose({ content: { data: {} }, buffers: [] });
  await answered(asking, states(5));
  assert.equal(value(), 5);
});

test("but not over an answer that is on its way", async () => {
  const model = manager._modelsSync.get("slider");
  model.set("value", 7);
  model.save_changes();
  const { asking } = await refresh();
  await answered(asking, states(5));
  assert.equal(value(), 7);
  assert.deepEqual(kernel.sent[0].data.state, { value: 7 });
});

test("after a gap it wins over that too", async () => {
  const model = manager._modelsSync.get("slider");
  model.set("value", 7);
  model.save_changes();
  await answered(manager._loadFromKernel(), states(5));
  assert.equal(value(), 5);
});

test("a widget that the page has not heard of is made", async () => {
  const { asking } = await refresh();
  await answered(asking, { ...states(3), more: slider(8) });
  assert.equal((await manager.get_model("more")).get("value"), 8);
});

test("what the kernel says after its state is not lost under it", async () => {
  const { asking } = await refresh();
  await settle();
  const told = kernel.say(control().commId, {
    method: "update_states",
    states: states(5),
    buffer_paths: [],
  });
  await told; // the connection hands over the next message only now
  await kernel.say("slider", { method: "update", state: { value: 9 }, buffer_paths: [] });
  await asking;
  assert.equal(value(), 9);
});

test("a widget that opens although it is there already stays the one that it is", async () => {
  const before = await manager.get_model("slider");
  const comm = kernel.createComm("jupyter.widget", "slider");
  const data = { state: slider(1).state, buffer_paths: [] };
  await kernel.targets["jupyter.widget"](comm, {
    content: { data },
    metadata: { version: "2.1.0" },
  });
  assert.equal(await manager.get_model("slider"), before);
  assert.equal(value(), 3);
});

test("a message that no one asked for changes nothing", async () => {
  for (const data of [{}, { method: "nonsense" }, { method: "custom", content: null }]) {
    await kernel.say("slider", data);
  }
  assert.equal(value(), 3);
});

test("in the place of a control that the page lacks stands a sentence", async () => {
  const view = { _view_name: "GaugeView", _view_module: "gauges" };
  await manager.make({ gauge: named("gauges", "GaugeModel", view) }, ["gauge"]);
  const shown = await manager.create_view(await manager.get_model("gauge"));
  assert.equal(shown.el.textContent, "A part is missing.");
  assert.equal(shown.el.querySelector("p").getAttribute("role"), "alert");
});
