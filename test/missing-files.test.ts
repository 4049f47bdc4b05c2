import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fixtureLines } from "./support/fixture-lines.js";
import { ROOT } from "./support/fixtures.js";

let folder = "";
let log = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-missing-"));
  for (const name of ["package.json", "bin", "schemas", "invariants", "dist/bundle", "dist/scanner.wasm"])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  log = join(folder, "log.ndjson");
  writeFileSync(log, `${fixtureLines().join("\n")}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(["worker.cjs", "load.cjs"])("a run whose threads miss %s names that file, not the log", (name) => {
  const file = join(folder, "dist/bundle", name);
  // With schemas of their own, threads take the first block; this thread has loaded its code before.
  const code = `
    const { load } = require(${JSON.stringify(join(folder, "dist/bundle/load.cjs"))});
    const { main } = load("cli.cjs");
    require("node:fs").rmSync(${JSON.stringify(file)});
    main(${JSON.stringify([log, "--schemas", join(ROOT, "schemas")])}).then((code) => { process.exitCode = code; });`;
  const { status, stderr, stdout } = spawnSync(process.execPath, ["-e", code], {
    encoding: "utf8",
    input: `${fixtureLines().join("\n")}\n`,
  });
  cpSync(join(ROOT, "dist/bundle", name), file);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(file);
  expect(stderr).toContain("a file of mplp-check itself");
  expect(stderr).not.toContain("log.ndjson: no such");
});
