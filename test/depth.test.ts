import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exitCodeOf } from "../src/index.js";
import { MAX_DEPTH, parsedJson, tooDeepAt } from "../src/model/parsed-json.js";
import { check } from "../src/run/check.js";

const EVENT =
  '{"event_id":"550e8400-e29b-41d4-a716-446655440000","event_type":"t","event_family":"intent","timestamp":"2025-11-30T17:27:20Z"}';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-depth-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const arrays = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
const objects = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
/** An event that nests so many levels. */
const event = (levels: number): string => EVENT.replace("}", `,"x":${arrays(levels - 1)}}`);
const pretty = (levels: number): string => `${'{\n"a":'.repeat(levels)}1${"\n}".repeat(levels)}`;

describe("a record that nests too deep", () => {
  const MESSAGE = "the record nests more than 512 levels deep and was not checked";
  const DEEP = MAX_DEPTH + 1;

  it.each<[string, string, number]>([
    ["event.ndjson", `${EVENT}\n${event(DEEP)}\n${EVENT}\n`, 2],
    ["arrays.ndjson", `${EVENT}\n${arrays(DEEP)}\n`, 2],
    ["objects.ndjson", `${EVENT}\n${objects(DEEP)}\n`, 2],
    ["unclosed.ndjson", `${EVENT}\n${"[".repeat(DEEP)}\n`, 2],
    ["closed-first.ndjson", `${EVENT}\n}${objects(DEEP)}\n`, 2],
    ["glued.ndjson", `${EVENT}\n{"a":1}} ${objects(DEEP)}\n`, 2],
    ["array.json", `[\n${EVENT},\n${event(DEEP)}\n]\n`, 3],
    ["pretty.ndjson", `${EVENT}\n${pretty(DEEP)}\n`, 2],
    ["sequence.json", `${pretty(DEEP)}\n`, 1],
    ["document.json", objects(DEEP), 1],
  ])("is left out, and told: %s", async (name, text, line) => {
    const path = file(name, text);
    const report = await check([path], { kinds: { [path]: "event-log" } });
    expect(report.errors).toEqual([{ path, line, message: MESSAGE }]);
    expect(report.findings.find(({ message }) => message.includes("at most 512 levels"))).toMatchObject({
      rule: "json-object-per-record",
      level: "NOTE",
      count: 1,
    });
    expect(exitCodeOf(report, "must")).toBe(2);
  });

  it("is read where it only just does not", async () => {
    const path = file(
      "just.ndjson",
      `${event(MAX_DEPTH)}\n${EVENT.replace("}", `,"x":"${"[".repeat(9999)}"}`)}\n`,
    );
    const report = await check([path]);
    expect(report.errors).toEqual([]);
    expect(report.inputs[0]?.recognised.event).toBe(2);
  });

  it("does not lose what stands around it", async () => {
    const path = file("around.ndjson", `${EVENT}\n${event(DEEP)}\n${EVENT.replace("55", "66")}\n`);
    expect((await check([path])).inputs[0]?.recognised.event).toBe(2);
  });
});

it("looks at brackets outside of strings only", () => {
  expect(tooDeepAt(`"${"[".repeat(9999)}\\"${"[".repeat(9999)}"`)).toBe(-1);
  expect(tooDeepAt(`"\\\\"${"[".repeat(513)}`)).toBe(4 + 512);
  expect(tooDeepAt(Buffer.from(arrays(513)))).toBe(512);
  expect(tooDeepAt(`${"]".repeat(9999)}${"[".repeat(513)}`)).toBe(9999 + 512);
  expect(parsedJson(arrays(513))).toBeUndefined();
  expect(parsedJson(arrays(512))).toEqual(JSON.parse(arrays(512)));
});
