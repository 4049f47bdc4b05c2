import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { check, FORMATS, fillExcerpts, parseReport, type Report } from "../src/index.js";
import { indented } from "../src/report/html/indented.js";
import { mplpCheck, mplpProcess } from "./support/cli.js";
import { defectLog } from "./support/partitions.js";
import { BROKEN, rendered } from "./support/reports.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-context-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const json = (report: Report): string => [...FORMATS.json(report)].join("");
const linesOf = ({ context }: Report): number[][] =>
  (context?.stretches ?? []).map(({ records }) => records.map(({ line }) => line));

/** An event that breaks nothing, and one whose id is of another version. */
const event = (id: string, more = {}): string =>
  JSON.stringify({
    event_id: id,
    event_type: "a",
    event_family: "intent",
    timestamp: "2025-12-08T09:30:00.000Z",
    ...more,
  });
const sound = (number: number, more = {}): string =>
  event(`5564cd4b-5e3a-4f80-bc2e-${String(number).padStart(12, "0")}`, more);
const flawed = (number: number, more = {}): string =>
  event(`5564cd4b-5e3a-1f80-bc2e-${String(number).padStart(12, "0")}`, more);
const log = (flaws: readonly number[], length: number): string[] =>
  Array.from({ length }, (_, index) => (flaws.includes(index + 1) ? flawed(index) : sound(index)));

describe("whole records around findings", () => {
  it.each([
    [0, [[3], [5], [20]]],
    [
      1,
      [
        [2, 3, 4, 5, 6],
        [19, 20],
      ],
    ],
    [
      2,
      [
        [1, 2, 3, 4, 5, 6, 7],
        [18, 19, 20],
      ],
    ],
    [10, [Array.from({ length: 20 }, (_, index) => index + 1)]],
  ])("are those of the places, with %i before and after", async (context, lines) => {
    const path = written("lines.ndjson", `${log([3, 5, 20], 20).join("\n")}\n`);
    const report = await check([path], { context });
    expect(linesOf(report)).toEqual(lines);
    const { stretches = [] } = report.context ?? {};
    const own = readFileSync(path, "utf8").split("\n");
    for (const { records } of stretches)
      for (const { line, text } of records) expect(text).toBe(own[line - 1]);
    expect(await parseReport(json(report))).toEqual(report);
    expect(await parseReport(`\ufeff${json(report)}`)).toEqual(report);
  });

  it("are left out unless somebody asks for them", async () => {
    expect((await check([BROKEN])).context).toBeUndefined();
  });

  it("are found across blank lines, in lists, on shared lines, in gzip", async () => {
    const records = log([4], 8);
    const shapes = {
      "blank.ndjson": records.join("\n\n\n"),
      "list.json": `[\n${records.map((each) => JSON.stringify(JSON.parse(each), undefined, 2)).join(",\n")}\n]`,
      "shared.json": `[${records.slice(0, 5).join(", ")},\n${records.slice(5).join(",")}]`,
      "packed.ndjson.gz": gzipSync(records.join("\n")),
    };
    for (const [name, content] of Object.entries(shapes)) {
      const report = await check([written(name, content)], { context: 1 });
      const [stretch, ...others] = report.context?.stretches ?? [];
      expect([name, others]).toEqual([name, []]);
      const found = stretch?.records.map(({ text }) => JSON.parse(text) as unknown);
      expect(found).toEqual(records.slice(2, 5).map((each) => JSON.parse(each) as unknown));
    }
  });

  it.each([{}, { redact: true }])("are masked like excerpts: %j", async (options) => {
    const secret = "ghp_0123456789abcdefABCDEF0123456789abcd";
    const path = written(
      "secret.ndjson",
      [sound(1, { note: secret }), flawed(2), sound(3, { own_word: "private words" })].join("\n"),
    );
    const report = await check([path], { context: 1, ...options });
    expect(linesOf(report)).toEqual([[1, 2, 3]]);
    for (const format of ["json", "html"] as const) {
      const text = rendered(report, format);
      expect(text).not.toContain(secret);
      for (const own of ["private words", "own_word", "5564cd4b"])
        expect(text.includes(own)).toBe(!("redact" in options));
    }
  });

  it("are put into the report of merged states, also where the logs are elsewhere", async () => {
    const parts = [1, 2].map((seed) =>
      written(`part-${seed}.ndjson`, defectLog({ events: 1000, defects: 30, seed })),
    );
    const stateIn: string[] = [];
    for (const [index, path] of parts.entries()) {
      const state = join(folder, `${index}.state`);
      stateIn.push(state);
      const onState = async (lines: Iterable<string>): Promise<void> =>
        writeFileSync(state, [...lines].join(""));
      await check([path], { part: { number: index + 1, of: 2 }, onState });
    }
    const whole = json(await check(parts, { context: 1 }));
    expect(json(await check([], { stateIn, context: 1 }))).toBe(whole);
    const away = parts.map((path, index) => {
      const copy = join(folder, `away-${index}`);
      copyFileSync(path, copy);
      rmSync(path);
      return copy;
    });
    const merged = await check([], { stateIn });
    expect(json((await fillExcerpts(merged, away, 1)).report)).toBe(whole);
  });

  it("stay few and short: 300 places, 8,192 characters each", async () => {
    const long = "x".repeat(20_000);
    const names = Array.from({ length: 400 }, (_, number) => `word_${number}`);
    const lines = names.map((name, number) =>
      flawed(number, { timestamp: "today", [name]: number === 0 ? long : 1 }),
    );
    const paths = Array.from({ length: 120 }, (_, part) =>
      written(`few-${part}.ndjson`, lines.slice(0, 4).join("\n")),
    );
    const schemas = await check([written("few.ndjson", lines.join("\n")), ...paths], {
      context: 0,
      maxFindings: 400,
    });
    const { stretches = [] } = schemas.context ?? {};
    const records = stretches.flatMap(({ records: each }) => each);
    expect(records.length).toBeLessThanOrEqual(300);
    const [first] = records;
    expect(first?.text.length).toBe(8192);
    expect(first?.rest).toBe((lines[0]?.length ?? 0) - 8192);
  });

  it("are none of standard input, which cannot be read again", async () => {
    const input = log([2], 3).join("\n");
    const { stdout } = await mplpProcess(["-", "--context", "1", "-f", "json"], { input });
    expect(JSON.parse(stdout).context.stretches).toEqual([]);
  });

  it("need a number from 0 to 10", async () => {
    for (const number of ["11", "-1", "one", "1.5"]) {
      const { status, stderr } = await mplpCheck([BROKEN, "--context", number]);
      expect([status, stderr]).toEqual([
        2,
        expect.stringContaining("It must be a whole number from 0 to 10."),
      ]);
    }
    await expect(check([BROKEN], { context: 1e9 })).rejects.toThrow(
      "context must be a whole number from 0 to 10",
    );
  });
});

describe("indented JSON", () => {
  it.each([
    [
      '{"a":1,"b":[true,{}],"c":{"d":"x,{y}"}}',
      '{\n  "a": 1,\n  "b": [\n    true,\n    {}\n  ],\n  "c": {\n    "d": "x,{y}"\n  }\n}',
    ],
    ['{"a":[secret, 12 characters],"b":[number]}', '{\n  "a": [secret, 12 characters],\n  "b": [number]\n}'],
    ['{"a":1e400,"a":12345678901234567890}', '{\n  "a": 1e400,\n  "a": 12345678901234567890\n}'],
    ['{"cut":"in the mid', '{\n  "cut": "in the mid'],
    ["no JSON", "noJSON"],
    ["a\nb", "a\nb"],
  ])("of %s", (text, lines) => {
    expect(indented(text)).toBe(lines);
  });

  it("takes deep and long texts in good time", () => {
    for (const text of ["[".repeat(8192), '"'.repeat(8192), `"${"\\".repeat(8191)}`, "[a".repeat(4096)])
      expect(indented(text).replaceAll(/\s/g, "")).toBe(text);
  });
});
