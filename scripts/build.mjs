// Builds dist: compiles the sources.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Runs a command of a package with this Node.js; ends the build where it fails. */
function run(path, ...args) {
  const { status } = spawnSync(process.execPath, [`node_modules/${path}`, ...args], {
    cwd: ROOT,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

run("typescript/bin/tsc", "-p", ".");
