// Runs the tests in test/, each bundled as the page's scripts are, with a document of happy-dom.

import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import * as esbuild from "esbuild";
import { HERE, withPackages } from "./bundle.mjs";

const names = (await readdir(path.join(HERE, "test"))).filter((name) => name.endsWith(".test.mjs"));
const folder = path.join(HERE, "node_modules", ".tests"); // where packages are found
try {
  await esbuild.build({
    ...withPackages,
    entryPoints: names.map((name) => path.join(HERE, "test", name)),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"],
    external: ["happy-dom"],
  });
  const files = names.map((name) => path.join(folder, name));
  const tests = run({ files });
  tests.on("test:fail", () => (process.exitCode = 1));
  for await (const text of tests.compose(new spec())) process.stdout.write(text);
} finally {
  await rm(folder, { recursive: true, force: true });
}
