import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runAction } from "./support/composite-action.js";
import { ROOT } from "./support/fixtures.js";
import { isRun } from "./support/long.js";
import { CLEAN } from "./support/workspace.js";

const LEFT_OUT = new Set(["node_modules", "dist", ".git", ".cache", "coverage", "fixtures", "test"]);

let folder = "";
let checkout = "";
let workspace = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-install-"));
  checkout = join(folder, "check out");
  workspace = join(folder, "workspace");
  mkdirSync(workspace);
  cpSync(ROOT, checkout, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
  cpSync(CLEAN, join(workspace, "a.ndjson"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("the action installs what stands in its checkout, once a job", () => {
  // Neither is what this is about, and both take most of a minute: what the action calls is there already.
  const build = `import { cpSync } from "node:fs"; cpSync("${ROOT}dist", "dist", { recursive: true });`;
  writeFileSync(join(checkout, "scripts/build.mjs"), build);
  const env = withNpm(`echo "$@" > called && ln -s '${ROOT}node_modules' node_modules`);
  expectInstalledOnce({ NODE_ENV: "production", ...env });
  expect(readFileSync(join(checkout, "called"), "utf8")).toBe(
    "ci --include=dev --omit=optional --ignore-scripts --no-audit --no-fund\n",
  );
});

// Takes most of a minute: packages come from the registry, and all is built.
it.runIf(isRun("the action with packages from the registry"))(
  "the action builds what stands in its checkout with the packages of its lock file",
  () => expectInstalledOnce({ NODE_ENV: "production", npm_config_prefer_offline: "true" }),
  300_000,
);

function expectInstalledOnce(env: Readonly<Record<string, string>>): void {
  expect(existsSync(join(checkout, "dist"))).toBe(false);
  const run = (own: typeof env) =>
    runAction({ paths: "a.ndjson" }, { workspace, actionPath: checkout, env: own });
  expect(run(env)).toMatchObject({ status: 0, outputs: { "exit-code": "0" } });
  expect(run(withNpm("exit 1"))).toMatchObject({ status: 0 });
}

/** An environment in which npm is a script. */
function withNpm(script: string): { PATH: string } {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "npm"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { PATH: `${bin}:${process.env.PATH}` };
}

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
