// Builds dist: compiles the sources, the scanner to WebAssembly, and the protocol files that the package brings.
// Types are checked by `npm test`, once for sources and tests together.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Runs a script with this Node.js; ends the build where it fails. */
function run(...args) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

// What has been deleted or moved must not live on.
rmSync(`${ROOT}dist`, { recursive: true, force: true });
run("node_modules/typescript/bin/tsc", "-p", ".", "--noCheck");
run(
  "node_modules/assemblyscript/bin/asc.js",
  "assembly/index.ts",
  "--outFile=dist/scanner.wasm",
  "-O3",
  "--noAssert",
  "--runtime=stub",
  "--enable=simd",
);
run("scripts/bundle-protocol.mjs");
run("scripts/bundle.mjs");
