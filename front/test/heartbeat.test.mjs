// The tie to the kernel: when the page says that it is broken, and how the two come together again.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { heartbeat } from "../../workbook/page/browser/heartbeat.js";
import { Kernel, settle } from "./doubles.mjs";

let kernel;
let said;
let held;
let met;
let sent;
let hear;
let stop;

/** Let time pass in steps in which all that waits for an answer gets it. */
async function pass(milliseconds) {
  for (let left = milliseconds; left > 0; left -= 100) {
    mock.timers.tick(100);
    await settle();
  }
}

const pong = (more = {}) => hear({ type: "pong", number: sent.length, ...more });

function begin() {
  const manager = { kernel, _modelsSync: new Map(), _loadFromKernel: mock.fn(async () => {}) };
  const model = {
    widget_manager: manager,
    get: (name) => ({ pace: 1, own: "link", turn: 3 })[name],
    on: (_, callback) => (hear = callback),
    off: () => {},
    send: (message) => sent.push(message),
  };
  const hold = (on) => held.push(on);
  const tell = (state) => said.push(state);
  stop = heartbeat(model, { tell, hold, met: () => (met += 1), awake: () => true });
  return manager;
}

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 });
  globalThis.document = { addEventListener() {}, removeEventListener() {} };
  kernel = new Kernel();
  [said, held, sent, met] = [[], [], [], 0];
});

afterEach(() => {
  stop();
  mock.timers.reset();
});

test("as long as the kernel answers, nothing is said", async () => {
  begin();
  for (let times = 0; times < 5; times += 1) {
    pong();
    await pass(3000);
  }
  assert.equal(sent.length, 6);
  assert.deepEqual([said, met, kernel.looks], [[], 1, 0]);
});

test("a kernel without an answer is said to be silent, and nothing moves until it answers", async () => {
  begin();
  pong();
  await pass(3000);
  await pass(5000);
  assert.deepEqual([said, held], [["silent"], [true]]);
  pong();
  assert.deepEqual(
    [said, held],
    [
      ["silent", "well"],
      [true, false],
    ],
  );
});

test("a connection that is still being made gets its time", async () => {
  kernel.connectionStatus = "connecting";
  begin();
  await pass(1500);
  assert.deepEqual([kernel.looks, kernel.reconnects, said], [0, 0, []]);
  await pass(3000);
  assert.equal(kernel.reconnects, 0);
  assert.ok(kernel.looks > 0);
  await pass(2000);
  assert.equal(kernel.reconnects, 1);
});

test("who waits in vain from the start is told", async () => {
  kernel.connectionStatus = "connecting";
  kernel.found = null;
  begin();
  await pass(31000);
  assert.deepEqual(said, ["offline"]);
});

test("a kernel that the server no longer knows is gone for good", async () => {
  begin();
  pong();
  kernel.become("connecting");
  kernel.found = { status: 404 };
  await pass(3000);
  assert.deepEqual(said, ["gone"]);
  kernel.become("connected");
  pong();
  await pass(20000);
  assert.deepEqual(said, ["gone"]);
});

test("after a gap the page asks, takes what the kernel holds, and goes on", async () => {
  const manager = begin();
  pong();
  kernel.become("connecting");
  await pass(1000);
  kernel.become("connected");
  await pass(100);
  assert.deepEqual(sent.at(-1), { type: "ping", number: 2, changes: [], turn: 3 });
  assert.equal(manager._loadFromKernel.mock.callCount(), 0);
  pong({ newer: [] });
  await settle();
  assert.equal(manager._loadFromKernel.mock.callCount(), 1);
  assert.deepEqual([said, held], [[], [true, false]]);
});

test("a gap within a gap: only the last attempt to catch up counts", async () => {
  const manager = begin();
  pong();
  kernel.become("connecting");
  kernel.become("connected");
  await pass(100);
  kernel.become("connecting");
  kernel.become("connected");
  await pass(100);
  hear({ type: "pong", number: 2, newer: [] });
  await settle();
  assert.equal(manager._loadFromKernel.mock.callCount(), 0);
  pong({ newer: [] });
  await settle();
  assert.equal(manager._loadFromKernel.mock.callCount(), 1);
});
