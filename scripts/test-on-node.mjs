// Runs the tests on other Node versions, from the binaries that the npm registry carries.
// Usage: node scripts/test-on-node.mjs 22 24
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const platform = process.platform === "win32" ? "win" : process.platform;
const versions = process.argv.slice(2);
let failed = 0;

for (const version of versions) {
  const node = binary(version);
  const { stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  console.log(`\n== Node ${stdout.trim()}`);
  const path = [dirname(node), process.env.PATH].join(delimiter);
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  const { status } = spawnSync(node, [vitest, "run"], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, PATH: path },
  });
  if (status !== 0) failed++;
}
console.log(`\n${versions.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** The package `node` only picks one of these by an install script; naming it needs none. */
function binary(version) {
  const folder = join(ROOT, ".cache", `node-${version}`);
  const name = `node-${platform}-${process.arch}`;
  const file = join(folder, "node_modules", name, "bin", platform === "win" ? "node.exe" : "node");
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}');
  const { status } = spawnSync("npm", ["install", "--no-audit", "--no-fund", `${name}@${version}`], {
    cwd: folder,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`npm could not install ${name}@${version}`);
  return file;
}
