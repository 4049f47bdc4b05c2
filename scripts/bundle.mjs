// Writes dist/bundle: the modules of dist in the few files that the package brings. Loading some 280 modules
// takes Node.js longer than starting does, whatever is in them; what is loaded on demand stays in files of its own.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { dependencies } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8"));
const names = Object.keys(dependencies);

const bundle = await rolldown({
  cwd: ROOT,
  input: { cli: "dist/cli/main.js", index: "dist/index.js", worker: "dist/threads/worker.js" },
  platform: "node",
  transform: { target: "node20" },
  external: (id) => names.some((name) => id === name || id.startsWith(`${name}/`)),
});
await bundle.write({
  dir: "dist/bundle",
  format: "esm",
  cleanDir: true,
  // What the entries share is named after the folder of its first module.
  chunkFileNames: ({ name }) => (name === "dist" ? "shared.js" : "[name].js"),
});
await bundle.close();
