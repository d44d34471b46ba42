// What came with the page.

import "./document.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { firstStates, partsOf } from "../src/first.js";

const holding = (...children) => ({ state: { children: children.map((id) => `IPY_MODEL_${id}`) } });

test("a widget is made with all that it holds, and with nothing else", () => {
  const states = { a: holding("b", "c"), b: holding("a"), c: holding("gone"), d: holding() };
  assert.deepEqual([...partsOf(states, "a")].sort(), ["a", "b", "c"]);
  assert.deepEqual([...partsOf(states, "unknown")], []);
});

test("a document that ended too early has no state", () => {
  document.body.innerHTML = "<p>half of a page</p>";
  assert.equal(firstStates(), null);
});

test("text in the state may look like the end of the script", () => {
  document.body.innerHTML = "";
  const script = document.createElement("script");
  script.type = "application/vnd.jupyter.widget-state+json";
  script.textContent = '{"state": {"a": {"state": {"value": "\\u003c/script>"}}}}';
  document.body.append(script);
  assert.equal(firstStates().state.a.state.value, "</script>");
});
