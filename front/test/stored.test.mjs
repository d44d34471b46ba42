// Where somebody was: stored beside remembered answers only, and gone with them.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { forgetStored, recallPlace, storePlace } from "../../workbook/page/browser/stored.js";

const KEY = "notes.0123abcd";
const PLACE = { at: "ready", whole: false };
let stored;

function modelOf(remembers) {
  return { get: (name) => ({ key: KEY, remembers })[name] };
}

beforeEach(() => {
  stored = new Map();
  globalThis.localStorage = {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, text) => stored.set(key, text),
    removeItem: (key) => stored.delete(key),
  };
});

test("nothing is stored for somebody who is not remembered", () => {
  storePlace(modelOf(false), PLACE);
  stored.set(KEY, "another window's answers");
  storePlace(modelOf(false), PLACE);
  assert.deepEqual([...stored.keys()], [KEY]);
});

test("nothing is stored where the answers are not, whatever the kernel still says", () => {
  storePlace(modelOf(true), PLACE);
  assert.equal(stored.size, 0);
});

test("the place comes back, and goes with the answers", () => {
  stored.set(KEY, "answers");
  storePlace(modelOf(true), PLACE);
  assert.deepEqual(recallPlace(modelOf(true)), PLACE);
  forgetStored(KEY);
  assert.equal(stored.size, 0);
  assert.equal(recallPlace(modelOf(true)), null);
});

test("what cannot be read is no place", () => {
  stored.set(`${KEY}.at`, "{");
  assert.equal(recallPlace(modelOf(true)), null);
});

test("a browser that forbids it stops nothing", () => {
  const refuse = () => {
    throw new Error("forbidden");
  };
  globalThis.localStorage = { getItem: refuse, setItem: refuse, removeItem: refuse };
  storePlace(modelOf(true), PLACE);
  forgetStored(KEY);
  assert.equal(recallPlace(modelOf(true)), null);
});
