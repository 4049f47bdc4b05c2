import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runAction } from "./support/composite-action.js";
import { ROOT } from "./support/fixtures.js";
import { CLEAN } from "./support/workspace.js";

const LEFT_OUT = new Set(["node_modules", "dist", ".git", ".cache", "coverage", "fixtures", "test"]);

let folder = "";
let checkout = "";
let workspace = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-install-"));
  checkout = join(folder, "check out");
  workspace = join(folder, "workspace");
  mkdirSync(workspace);
  cpSync(ROOT, checkout, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
  cpSync(CLEAN, join(workspace, "a.ndjson"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("the action installs what stands in its checkout, once a job", () => {
  expect(existsSync(join(checkout, "dist"))).toBe(false);
  const env = { NODE_ENV: "production", npm_config_prefer_offline: "true" };
  const place = { workspace, actionPath: checkout, env };
  expect(runAction({ paths: "a.ndjson" }, place)).toMatchObject({ status: 0, outputs: { "exit-code": "0" } });
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "npm"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  const withoutNpm = { ...place, env: { PATH: `${bin}:${process.env.PATH}` } };
  expect(runAction({ paths: "a.ndjson" }, withoutNpm)).toMatchObject({ status: 0 });
}, 300_000);

it("npm pack prints the name of the file and nothing else, as pre-commit reads it", () => {
  const pack = join(folder, "pack");
  mkdirSync(pack);
  cpSync(join(ROOT, ".npmrc"), join(pack, ".npmrc"));
  const prepare = "node -p 1";
  writeFileSync(
    join(pack, "package.json"),
    JSON.stringify({ name: "a", version: "1.0.0", scripts: { prepare } }),
  );
  const printed = execFileSync("npm", ["pack"], {
    cwd: pack,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  expect(printed).toBe("a-1.0.0.tgz\n");
});
