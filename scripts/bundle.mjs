// Writes dist/bundle: the modules of dist in the few files that the package brings. Loading over 300 modules
// takes Node.js longer than starting does, whatever is in them; what is loaded on demand stays in files of its own.
// They are CommonJS, which alone can be compiled when the package is built (scripts/compile-bundle.mjs).
// Packages that nearly every run needs are joined in; other dependencies stay imports.
// The bundler is the one that is all WebAssembly: it needs no package of its platform.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";
import commonjs from "@rollup/plugin-commonjs";
import { rollup } from "@rollup/wasm-node";
import { minify } from "terser";
import { licencesOf } from "./licences.mjs";
import { withoutMadeRequire } from "./made-require.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { dependencies, imports } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8"));
/** Packages that nearly every run needs. They stay dependencies, so that audits of a project see them. */
const JOINED = ["chalk", "commander", "get-east-asian-width", "supports-hyperlinks"];
const names = Object.keys(dependencies).filter((name) => !JOINED.includes(name));

const packages = {
  name: "packages",
  resolveId(id, importer) {
    if (imports[id] !== undefined) return `${ROOT}${imports[id].default}`;
    return importer === undefined || id.startsWith("\0") ? null : createRequire(importer).resolve(id);
  },
};

/** In CommonJS, modules find what they need otherwise. */
const commonjsOfModules = {
  name: "CommonJS of modules",
  transform: (code) => ({ code: withoutMadeRequire(code), map: null }),
  resolveImportMeta: (property) => (property === "dirname" ? "__dirname" : null),
};

/** commander loads this for subcommands that are programs. There are none, and loading takes a hundredth of a small run. */
const PROCESSES = "node:child_process";
const LATE = `export const spawn = (...args) => require("${PROCESSES}").spawn(...args);`;
const lateProcesses = {
  name: "child_process when it is needed",
  resolveId: (id, importer) => (isLate(id, importer) ? `\0${PROCESSES}` : null),
  load: (id) => (id === `\0${PROCESSES}` ? LATE : null),
};

/**
 * Without comments and indents: Node.js has a third less to read. It reads a file of ASCII as one byte a character. Names
 * and line breaks stay, for stack traces.
 */
const dense = {
  name: "dense ASCII",
  renderChunk: (code) =>
    minify(code, {
      compress: false,
      mangle: false,
      format: { ecma: 2020, semicolons: false, ascii_only: true },
    }),
};

const bundle = await rollup({
  input: {
    cli: `${ROOT}dist/cli/main.js`,
    index: `${ROOT}dist/index.js`,
    load: `${ROOT}dist/package/load.js`,
    worker: `${ROOT}dist/run/blocks/worker.js`,
  },
  plugins: [
    lateProcesses,
    packages,
    commonjs({ include: /node_modules/, defaultIsModuleExports: true }),
    commonjsOfModules,
    dense,
  ],
  external: isExternal,
  // No module does anything by being loaded: a chunk loads only what it uses, and no package besides.
  treeshake: { moduleSideEffects: false },
  onwarn: (warning) => {
    throw new Error(warning.message);
  },
});
rmSync(`${ROOT}dist/bundle`, { recursive: true, force: true });
const { output } = await bundle.write({
  dir: `${ROOT}dist/bundle`,
  format: "cjs",
  // What Node.js has not loaded itself may not import().
  dynamicImportInCjs: false,
  // What packages export never changes.
  externalLiveBindings: false,
  generatedCode: "es2015",
  chunkFileNames: "[name].cjs",
  entryFileNames: "[name].cjs",
});
await bundle.close();

// The library is an ES module: its names. The matcher imports them from there, and Vitest.
const { exports } = output.find(({ fileName }) => fileName === "index.cjs");
writeFileSync(`${ROOT}dist/bundle/index.js`, `export { ${exports.join(", ")} } from "./index.cjs";\n`);
copyFileSync(`${ROOT}dist/vitest.js`, `${ROOT}dist/bundle/vitest.js`);
const joined = output.flatMap(({ moduleIds }) => moduleIds);
writeFileSync(`${ROOT}dist/bundle/LICENSES.txt`, licencesOf(joined).join("\n"));

function isLate(id, importer = "") {
  return id === PROCESSES && importer.includes("/commander/");
}

function isExternal(id, importer) {
  if (isLate(id, importer)) return false;
  // Code that ajv has written is incomplete without its helpers.
  if (id.startsWith("ajv/dist/runtime/")) return false;
  return isBuiltin(id) || names.some((name) => id === name || id.startsWith(`${name}/`));
}
