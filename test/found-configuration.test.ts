import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FORMAT_NAMES } from "../src/index.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { some } from "./support/long.js";

let top = "";
let folder = "";
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "mplp-check-found-"));
  folder = join(top, "audit");
  mkdirSync(folder);
  cpSync(join(ROOT, "fixtures/quickstart/broken.ndjson"), join(folder, "broken.ndjson"));
  cpSync(join(ROOT, "fixtures/quickstart/events.ndjson"), join(folder, "events.ndjson"));
  writeFileSync(join(top, "victim.txt"), "precious\n");
  writeFileSync(join(folder, "notes.txt"), "precious\n");
  symlinkSync("../victim.txt", join(folder, "link.txt"));
  symlinkSync("../nowhere.txt", join(folder, "nowhere.txt"));
  symlinkSync("..", join(folder, "up"));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

const config = (text: string): void => writeFileSync(join(folder, "mplp-check.yaml"), text);
const run = (...args: string[]) => mplpCheck(args, { cwd: folder });
const read = (file: string): string => readFileSync(join(folder, file), "utf8");

describe("a configuration that was found", () => {
  it.each([
    "output: [{format: text, file: ../victim.txt}]",
    "output: [{format: text, file: link.txt}]",
    "output: [{format: text, file: nowhere.txt}]",
    "findings: nowhere.txt",
    "output: [{format: text, file: up/victim.txt}]",
    "output: [{format: text, file: up/new/victim.txt}]",
    "output: [{format: text, file: /tmp/mplp-check-victim.txt}]",
    "findings: ../victim.txt",
    "findings: link.txt",
    "baseline: ../victim.txt",
    "schemas: ../audit/../schemas",
    "invariants: [../victim.txt]",
    "extra-invariants: link.txt",
    "mapping: /etc/hostname",
    "paths: [events.ndjson, ../victim.txt]",
    "paths: link.txt",
    'paths: "*/../../*.txt"',
    'paths: "{..,.}/*.txt"',
    'paths: "up/*.txt"',
  ])("names nothing outside its folder: %s", async (text) => {
    config(`${text}\n`);
    const { status, stdout, stderr } = await run("events.ndjson");
    expect(stderr).toMatch(/^mplp-check: mplp-check\.yaml:1:\d+: [^ /]+ leads out of the folder/);
    expect(stderr).not.toContain("precious");
    expect({ status, stdout, victim: read("../victim.txt") }).toEqual({
      status: 2,
      stdout: "",
      victim: "precious\n",
    });
  });

  it.each([
    "output: [{format: markdown, file: notes.txt}]",
    "output: [{format: text, file: notes.txt}]",
    "findings: notes.txt",
  ])("replaces nothing but earlier reports: %s", async (text) => {
    config(`${text}\n`);
    const { status, stderr } = await run("events.ndjson");
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/mplp-check\.yaml:1:\d+: notes\.txt exists and is no earlier report/),
    ]);
    expect(read("notes.txt")).toBe("precious\n");
    // What it does not come to is no matter.
    if (!text.startsWith("findings")) expect((await run("events.ndjson", "-f", "text")).status).toBe(0);
  });

  it.each(some("formats over an earlier report", FORMAT_NAMES))(
    "replaces an earlier report: %s",
    async (format) => {
      config(`output: [{format: ${format}, file: report.out}]\nfindings: findings.ndjson\n`);
      for (const log of ["broken.ndjson", "events.ndjson", "broken.ndjson"]) {
        const { stderr } = await run(log);
        expect([log, stderr]).toEqual([log, expect.not.stringContaining("is there")]);
      }
      expect(read("report.out")).not.toBe("");
    },
  );

  it("may say as much as it likes once it is named", async () => {
    config("output: [{format: text, file: ../victim.txt}]\npaths: ../audit/events.ndjson\n");
    expect((await run("--config", "mplp-check.yaml")).status).toBe(0);
    expect(read("../victim.txt")).toContain("no-violations-found");
  });
});

describe("a pattern of paths", () => {
  it("takes no time that grows with its stars", async () => {
    writeFileSync(join(folder, "a".repeat(128)), "");
    config('paths: ["*a*a*a*a*a*a*a*a*a*a*a*ac", "events.ndjson"]\n');
    const { status, stdout } = await run();
    expect([status, stdout]).toEqual([2, expect.stringContaining("the pattern matches no file")]);
  }, 60_000);

  it("has only so many alternatives", async () => {
    const { status, stdout } = await run("{a,b}".repeat(22), "events.ndjson");
    expect([status, stdout]).toEqual([2, expect.stringContaining("the pattern has too many alternatives")]);
  }, 60_000);

  it("may have braces, ranges and folders", async () => {
    mkdirSync(join(folder, "x/y"), { recursive: true });
    for (const name of ["x/e-1.ndjson", "x/y/e-02.ndjson"])
      cpSync(join(folder, "events.ndjson"), join(folder, name));
    const inputs = async (pattern: string) =>
      (JSON.parse((await run(pattern, "-f", "json")).stdout) as { inputs: { path: string }[] }).inputs.map(
        ({ path }) => path,
      );
    expect(await inputs("x/**/e-*.ndjson")).toEqual(["x/e-1.ndjson", "x/y/e-02.ndjson"]);
    expect(await inputs("x/e-{1..3}.ndjson")).toEqual(["x/e-1.ndjson"]);
    expect(await inputs("{x,x/y}/e-{01..02}.ndjson")).toEqual(["x/y/e-02.ndjson"]);
    expect(await inputs(`${folder}/x/*.ndjson`)).toEqual([`${folder}/x/e-1.ndjson`]);
  });
});
