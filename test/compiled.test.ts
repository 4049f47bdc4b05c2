import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "./support/fixtures.js";

const BUNDLE = "dist/bundle";
const LOG = join(ROOT, "fixtures/quickstart/events.ndjson");
const COMPILED = /\.compiled$/;

let folder = "";
let expected = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-compiled-"));
  for (const name of ["bin", "package.json", BUNDLE, "dist/scanner.wasm"])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  expected = checked(ROOT);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a check of a small log as a process of its own, by the package in a folder; gives the report. */
function checked(where: string): string {
  const args = [join(where, "bin/mplp-check.js"), LOG, "--no-config", "-f", "json"];
  return execFileSync(process.execPath, args, { encoding: "utf8", stdio: "pipe" });
}

/** The files that a run of ours would read. */
const compiled = (): readonly string[] =>
  readdirSync(join(ROOT, BUNDLE)).filter((name) => COMPILED.test(name));

/** The files that a check loads, each with what V8 says of its compiled form: null if it was not asked. */
function rejections(): Readonly<Record<string, boolean | null>> {
  const program = `const { load, sources } = require("./${BUNDLE}/load.cjs");
    load("cli.cjs");
    const rejected = [...sources()].map(([name, { script }]) => [name, script.cachedDataRejected ?? null]);
    console.log(JSON.stringify(Object.fromEntries(rejected)));`;
  const printed = execFileSync(process.execPath, ["-e", program], { cwd: folder, encoding: "utf8" });
  return JSON.parse(printed) as Record<string, boolean | null>;
}

function withOtherByte(whole: Buffer, at: number): Uint8Array {
  const changed = Uint8Array.from(whole);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

describe("what the build has compiled", () => {
  it("is taken over by the Node.js that built it, all of it", () => {
    const files = compiled().filter((name) => name.includes(`.${process.version}-`));
    expect(files).not.toEqual([]);
    expect(rejections()).toEqual(Object.fromEntries(files.map((name) => [name, false])));
  });

  it("is not needed: without it, as with another Node.js, the report is the same", () => {
    for (const name of compiled()) rmSync(join(folder, BUNDLE, name));
    expect(new Set(Object.values(rejections()))).toEqual(new Set([null]));
    expect(checked(folder)).toBe(expected);
  });

  const damages: [string, (whole: Buffer) => Uint8Array][] = [
    ["empty", () => new Uint8Array()],
    ["cut in its head", (whole) => whole.subarray(0, 10)],
    ["cut in the middle", (whole) => whole.subarray(0, whole.length >> 1)],
    ["without its last byte", (whole) => whole.subarray(0, -1)],
    ["something else", (whole) => Buffer.alloc(whole.length, "text ")],
    ["changed in one byte", (whole) => withOtherByte(whole, whole.length >> 1)],
    ["changed in its checksum", (whole) => withOtherByte(whole, 0)],
  ];
  it.each(damages)("does no harm if a file is %s", (_, damaged) => {
    for (const name of compiled())
      writeFileSync(join(folder, BUNDLE, name), damaged(readFileSync(join(ROOT, BUNDLE, name))));
    expect(new Set(Object.values(rejections()))).toEqual(new Set([null]));
    expect(checked(folder)).toBe(expected);
  });

  const changes: [string, (code: string) => string][] = [
    ["of the same length", (code) => code.replace("mplp-check", "MPLP-CHECK")],
    ["one line longer", (code) => `${code}\n`],
  ];
  it.each(changes)("is not used where the code beside it is another, %s", (_, changed) => {
    for (const name of compiled()) cpSync(join(ROOT, BUNDLE, name), join(folder, BUNDLE, name));
    const main = join(folder, BUNDLE, "main.cjs");
    const code = readFileSync(main, "utf8");
    expect(changed(code)).not.toBe(code);
    writeFileSync(main, changed(code));
    for (const [name, rejected] of Object.entries(rejections()))
      expect([name, rejected]).toEqual([name, name.startsWith("main.") ? null : false]);
    expect(checked(folder)).toBe(expected);
    writeFileSync(main, code);
  });

  it("is written by the build alone", () => {
    expect(readdirSync(join(folder, BUNDLE))).toEqual(readdirSync(join(ROOT, BUNDLE)));
  });
});

describe("the trace of an internal error", () => {
  it("names the file, and the line in it", () => {
    const program = `const { load } = require(${JSON.stringify(join(ROOT, BUNDLE, "load.cjs"))});
      load("cli.cjs").main(null).catch(({ stack }) => console.log(stack));`;
    const printed = execFileSync(process.execPath, ["-e", program], { encoding: "utf8" });
    const [, file = "", line = ""] = /\((.+\/dist\/bundle\/\w+\.cjs):(\d+):\d+\)/.exec(printed) ?? [];
    expect(file).toBe(join(ROOT, BUNDLE, "main.cjs"));
    expect(readFileSync(file, "utf8").split("\n")[Number(line) - 1]).toContain("args[0]");
  });
});
