// Builds dist: compiles the sources, the scanner to WebAssembly, and the protocol files that the package brings.
// Types are checked by `npm test`, once for sources and tests together.
//
//   node scripts/build.mjs [--if-changed]
//
// --if-changed builds only where something that a build reads is later than what the last build wrote.
import { spawn } from "node:child_process";
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What a build reads. */
const SOURCES = [
  ...["src", "assembly", "schemas", "invariants", "package.json", "package-lock.json", "tsconfig.json"],
  ...["build", "bundle", "bundle-protocol", "compile-bundle", "licences", "made-require"].map(
    (name) => `scripts/${name}.mjs`,
  ),
];
/** What a build writes last. */
const BUILT = "dist/bundle";

if (process.argv[2] === "--if-changed" && isUpToDate()) {
  console.log("dist is up to date");
  // Perhaps another Node.js has built it.
  await run("scripts/compile-bundle.mjs");
  process.exit();
}

/** Runs a script with this Node.js; ends the build where it fails. */
function run(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: "inherit" });
    child.on("error", reject);
    child.on("close", (status) => (status === 0 ? resolve() : process.exit(status ?? 1)));
  });
}

// What has been deleted or moved must not live on.
rmSync(`${ROOT}dist`, { recursive: true, force: true });
// Neither needs the other.
await Promise.all([run("node_modules/@typescript/native/bin/tsc", "-p", ".", "--noCheck"), buildScanner()]);
await run("scripts/bundle-protocol.mjs");
await run("scripts/bundle.mjs");
await run("scripts/compile-bundle.mjs");

async function buildScanner() {
  const scanner = "dist/scanner.wasm";
  const compile = ["--outFile", scanner, "-O3", "--noAssert", "--runtime=stub", "--enable=simd"];
  await run("node_modules/assemblyscript/bin/asc.js", "assembly/index.ts", ...compile);
  // V8 inlines no WebAssembly function of its own accord on Node.js 20, so larger ones are inlined here.
  const features = ["simd", "bulk-memory", "sign-ext", "nontrapping-float-to-int", "mutable-globals"];
  const optimize = ["-O4", "--flexible-inline-max-function-size=250", "--converge"];
  const enable = features.map((name) => `--enable-${name}`);
  await run("node_modules/binaryen/bin/wasm-opt", scanner, "-o", scanner, ...enable, ...optimize);
}

/** Whether nothing that a build reads is later than what it wrote; of what is deleted, the folder changes. */
function isUpToDate() {
  const built = changedAt(BUILT);
  return SOURCES.flatMap(pathsUnder).every((path) => changedAt(path) < built);
}

function pathsUnder(source) {
  if (!statSync(join(ROOT, source)).isDirectory()) return [source];
  return [source, ...readdirSync(join(ROOT, source), { recursive: true }).map((name) => join(source, name))];
}

/** In milliseconds; 0 where there is no such file. */
function changedAt(path) {
  return statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
