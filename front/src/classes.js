// Where the classes of widgets come from, by the name of their module.

import * as base from "@jupyter-widgets/base";
import anywidget from "anywidget";
import * as controls from "./controls.js";

const MODULES = {
  "@jupyter-widgets/base": base,
  "@jupyter-widgets/controls": controls,
  anywidget: anywidget(base),
};

/** A class of widgets, or undefined where the page brings none of that name. */
export const find = (name, module) => MODULES[module]?.[name];
