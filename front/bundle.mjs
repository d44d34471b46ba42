// How the packages are bundled. What is rewritten here breaks with an update, and then stops the build.

import { readFile } from "node:fs/promises";
import path from "node:path";

export const HERE = import.meta.dirname;
const own = (name) => path.join(HERE, "src", name);

/** Replace what stands in a text exactly once: an update that changes it is to be seen. */
function replaceOne(text, before, after) {
  if (text.split(before).length !== 2) throw new Error(`not once in there: ${before}`);
  return text.replace(before, after);
}

/** anywidget is made for a page with AMD modules, and gives up after two seconds on a slow phone. */
async function anywidget({ path: file }) {
  const script = await readFile(file, "utf8");
  const bundled = replaceOne(
    script,
    'define(["@jupyter-widgets/base"], widget_default);',
    "export default widget_default;",
  );
  return { contents: replaceOne(bundled, "AbortSignal.timeout(2e3)", "AbortSignal.timeout(6e5)") };
}

const slim = {
  name: "slim",
  setup(build) {
    build.onResolve({ filter: /^\.\.$/ }, ({ importer }) =>
      importer.includes("@jupyterlab/services/lib/kernel/") ? { path: own("services.js") } : null,
    );
    build.onResolve({ filter: /^sanitize-html$/ }, () => ({ path: own("sanitize.js") }));
    build.onResolve({ filter: /^ws$/ }, () => ({ path: "ws", namespace: "empty" }));
    build.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "module.exports = {}" }));
    build.onLoad({ filter: /node_modules\/anywidget\/dist\/index\.js$/ }, anywidget);
  },
};

export const shared = {
  absWorkingDir: HERE,
  bundle: true,
  target: "es2022",
  logLevel: "warning",
  nodePaths: [path.join(HERE, "node_modules")],
};
export const withPackages = {
  ...shared,
  plugins: [slim],
  define: { "process.env.NODE_ENV": '"production"', "process.env": "{}", global: "globalThis" },
};
