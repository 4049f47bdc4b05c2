// Builds dist: compiles the sources, the scanner to WebAssembly, and the protocol files that the package brings.
// Types are checked by `npm test`, once for sources and tests together.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

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
await Promise.all([
  run("node_modules/@typescript/native/bin/tsc", "-p", ".", "--noCheck"),
  run(
    "node_modules/assemblyscript/bin/asc.js",
    "assembly/index.ts",
    "--outFile=dist/scanner.wasm",
    "-O3",
    "--noAssert",
    "--runtime=stub",
    "--enable=simd",
  ),
]);
await run("scripts/bundle-protocol.mjs");
await run("scripts/bundle.mjs");
