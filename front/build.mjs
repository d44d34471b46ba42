// Bundles the front end, and the scripts of our own widgets. With a folder named, into that; else
// where the page takes them from.

import { writeFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { HERE, shared, withPackages } from "./bundle.mjs";
import { notices } from "./notices.mjs";

const ROOT = path.dirname(HERE);
const OUT = path.resolve(process.argv[2] ?? ROOT);
const PAGE = "share/jupyter/voila/templates/workbook/static";
const BROWSER = "workbook/page/browser";
const WIDGETS = ["bundle", "earlier", "fields", "files", "frame", "link", "remember", "text"];

const { metafile } = await esbuild.build({
  ...withPackages,
  entryPoints: { front: "src/main.js" },
  outdir: path.join(OUT, PAGE),
  minify: true,
  format: "iife",
  legalComments: "none",
  metafile: true,
});
await writeFile(path.join(OUT, PAGE, "front.NOTICES.txt"), await notices(HERE, metafile));

// One for each widget: JupyterLab takes a widget's script as one text. Names stay, for errors.
await esbuild.build({
  ...shared,
  entryPoints: WIDGETS.map((name) => path.join(ROOT, BROWSER, `${name}.js`)),
  outdir: path.join(OUT, BROWSER, "built"),
  minifySyntax: true,
  minifyWhitespace: true,
  format: "esm",
});
