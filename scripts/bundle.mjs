// Writes dist/bundle: the modules of dist in the few files that the package brings. Loading over 300 modules
// takes Node.js longer than starting does, whatever is in them; what is loaded on demand stays in files of its own.
// The bundler is the one that is all WebAssembly: it needs no package of its platform.
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rollup } from "@rollup/wasm-node";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { dependencies, peerDependencies, imports } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8"));
const names = Object.keys({ ...dependencies, ...peerDependencies });

const bundle = await rollup({
  input: {
    cli: `${ROOT}dist/cli/main.js`,
    index: `${ROOT}dist/index.js`,
    vitest: `${ROOT}dist/vitest.js`,
    worker: `${ROOT}dist/run/blocks/worker.js`,
  },
  plugins: [
    { name: "imports", resolveId: (id) => imports[id] && `${ROOT}${imports[id].default}` },
    // Node.js reads a file of ASCII as one byte a character, and loads it some percent sooner.
    { name: "ascii", renderChunk: (code) => code.replaceAll(/[^\0-\x7f]/g, escaped) },
  ],
  external: (id) => id.startsWith("node:") || names.some((name) => id === name || id.startsWith(`${name}/`)),
  // No module does anything by being loaded: a chunk loads only what it uses, and no package besides.
  treeshake: { moduleSideEffects: false },
  onwarn: (warning) => {
    throw new Error(warning.message);
  },
});
rmSync(`${ROOT}dist/bundle`, { recursive: true, force: true });
await bundle.write({
  dir: `${ROOT}dist/bundle`,
  format: "esm",
  chunkFileNames: "[name].js",
  entryFileNames: "[name].js",
});
await bundle.close();

/** No name in the sources has such a character: all stand in strings, templates, expressions and comments. */
function escaped(character) {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
