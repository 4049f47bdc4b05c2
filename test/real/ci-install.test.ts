import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runAction } from "../support/composite-action.js";
import { ROOT } from "../support/fixtures.js";
import { CLEAN } from "../support/workspace.js";

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

// Takes half a minute: the packages of the package come from the registry.
it("the action installs the published package of its version, once a job", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], {
    cwd: ROOT,
    stdio: "ignore",
  });
  const npm = execFileSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).trim();
  // The registry has the package once it is published; until then, the packed one stands for it.
  const published = `echo "$@" > called
name="mplp-check@${version}"
set -- "$@" last; while [ "$1" != last ]; do
  if [ "$1" = "$name" ]; then set -- "$@" "${folder}/mplp-check-${version}.tgz"; else set -- "$@" "$1"; fi; shift
done; shift
exec "${npm}" "$@"`;
  const run = (script: string) =>
    runAction(
      { paths: "a.ndjson" },
      { workspace, actionPath: checkout, env: { npm_config_prefer_offline: "true", ...withNpm(script) } },
    );
  expect(run(published)).toMatchObject({ status: 0, outputs: { "exit-code": "0" } });
  expect(readFileSync(join(checkout, "called"), "utf8")).toBe(
    `install --prefix .published --ignore-scripts --no-audit --no-fund mplp-check@${version}\n`,
  );
  expect(existsSync(join(checkout, "dist"))).toBe(false);
  expect(run("exit 1")).toMatchObject({ status: 0 });
}, 300_000);

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
