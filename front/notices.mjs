// The licences of all that stands in the bundle, which has none of their notices any more.

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const PACKAGE = /^node_modules\/(?:.+\/node_modules\/)?((?:@[^/]+\/)?[^/]+)/;
const LICENCE = /^(licen[cs]e|notice)/i;
// What stands in a package that is bundled itself.
const WITHIN = { anywidget: ["solid-js", "@lukeed/uuid"] };

/** The licence texts of a package; where it ships none, the one of its project in licences/. */
async function texts(folder, name) {
  const place = path.join(folder, "node_modules", name);
  const files = (await readdir(place)).filter((file) => LICENCE.test(file)).sort();
  const ours = path.join(folder, "licences", `${name.split("/")[0]}.txt`);
  const found = files.length > 0 ? files.map((file) => path.join(place, file)) : [ours];
  return Promise.all(found.map((file) => readFile(file, "utf8")));
}

async function notice(folder, name) {
  const about = path.join(folder, "node_modules", name, "package.json");
  const { version, license } = JSON.parse(await readFile(about, "utf8"));
  const said = (await texts(folder, name)).map((text) => text.replaceAll("\r\n", "\n").trim());
  return [`${name} ${version} (${license})`, ...said].join("\n\n");
}

/** Return the notices of every package of which a part is in a bundle of esbuild's. */
export async function notices(folder, metafile) {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const direct = used.map(([file]) => file.match(PACKAGE)?.[1]).filter(Boolean);
  const names = new Set(direct.flatMap((name) => [name, ...(WITHIN[name] ?? [])]));
  const all = await Promise.all([...names].sort().map((name) => notice(folder, name)));
  const rule = `\n\n${"-".repeat(72)}\n\n`;
  return `front.js and front.css contain parts of these packages.${rule}${all.join(rule)}\n`;
}
