import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CheckOptions, FORMATS, loadConfig, loadPolicy, StateError } from "../src/index.js";
import { STATE_VERSION } from "../src/state/run-state.js";
import { ROOT } from "./support/fixtures.js";
import { runs } from "./support/runs.js";
import {
  at,
  BROKEN,
  fileWith,
  folder,
  good,
  inAFolder,
  judged,
  lines,
  sealed,
  stateOf,
} from "./support/state-files.js";

inAFolder();

describe("a state that is not whole", () => {
  it("is refused wherever it is cut off", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), async (length) => {
        await expect(judged(fileWith(good.slice(0, length)))).rejects.toThrow(StateError);
      }),
      { numRuns: runs(40) },
    );
  });

  it("is refused where a single byte is another one", async () => {
    const bytes = Buffer.from(good);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const other = Buffer.from(bytes);
        other[place] = (other[place] ?? 0) ^ change;
        await expect(judged(fileWith(other))).rejects.toThrow(StateError);
      }),
      { numRuns: runs(60) },
    );
  });

  it("is refused where lines are missing, come twice, or follow the end", async () => {
    const all = good.trimEnd().split("\n");
    const without = (index: number) => all.toSpliced(index, 1);
    const twice = (index: number) => all.toSpliced(index, 0, all[index] ?? "");
    for (const index of [0, 1, 5, all.length - 1]) {
      for (const changed of [without(index), twice(index)])
        await expect(judged(fileWith(`${changed.join("\n")}\n`))).rejects.toThrow(StateError);
    }
    await expect(judged(fileWith(good + good))).rejects.toThrow("there is more after the end");
  });

  it("is refused where its compression is broken or ends too early", async () => {
    const compressed = gzipSync(good);
    await expect(judged(fileWith(compressed.subarray(0, 200)))).rejects.toThrow("ends too early");
    compressed[100] = (compressed[100] ?? 0) ^ 255;
    await expect(judged(fileWith(compressed))).rejects.toThrow(StateError);
  });

  it.each(["", "\n", "{}\n", "[]\n", "null\n", "ÿ\n", '{"event_family":"intent"}\n'])(
    "%j is none at all",
    async (text) => {
      await expect(judged(fileWith(Buffer.from(text, "latin1")))).rejects.toThrow(/^.*\.state:1: /);
    },
  );
});

describe("a state that someone has made", () => {
  const header = () => JSON.parse(lines[0] ?? "") as { header: Record<string, unknown> };
  const input = () => JSON.parse(lines[2] ?? "") as { input: Record<string, unknown> };
  const kept = (rule: string, ...rows: unknown[]) => ({ kept: { rule, rows } });

  it("is read where nothing is wrong with it", async () => {
    const report = await judged(fileWith(await sealed(lines)));
    expect(report.findings.length).toBeGreaterThan(4);
  });

  it.each<[string, (() => unknown)[]]>([
    ["an unknown member", [() => ({ anything: 1 })]],
    ["a name of all objects", [() => '{"__proto__":{"kept":1}}']],
    ["another one", [() => '{"constructor":{}}']],
    ["no header", []],
    ["two headers", [header]],
    ["two kinds in a line", [() => ({ ...input(), ...header() })]],
    ["a path that is no text", [() => ({ input: { ...input().input, path: 7 } })]],
    ["absurd bytes", [() => ({ input: { ...input().input, bytes: 1e300 } })]],
    ["negative bytes", [() => ({ input: { ...input().input, bytes: -1 } })]],
    ["an input twice", [input, input]],
    ["a document of no input", [() => ({ document: { input: 0, text: "modules: {}" } })]],
    ["an unknown clause", [() => ({ tally: { clause: "XX-1", checked: 1, violations: 0, waived: 0 } })]],
    ["half a check", [() => ({ tally: { clause: "IN-1", checked: 0.5, violations: 0, waived: 0 } })]],
    ["an unknown rule", [input, () => kept("no-such-rule", ["a", 0, 0, 1])]],
    ["a rule called constructor", [input, () => kept("constructor", ["a", 0, 0, 1])]],
    ["a rule that looks at single events", [input, () => kept("event-id-v4", ["a", 0, 0, 1])]],
    ["a first record that follows another", [input, () => ({ shared: { input: 0, runs: [[0, 1]] } })]],
    [
      "records that share a line, out of order",
      [
        input,
        () => ({
          shared: {
            input: 0,
            runs: [
              [5, 2],
              [6, 1],
            ],
          },
        }),
      ],
    ],
    ["records that share a line of no input", [() => ({ shared: { input: 0, runs: [[1, 1]] } })]],
    ["a row of no input", [() => kept("event-id-unique", ["a", 0, 0, 1])]],
    ["a row of a later input", [input, () => kept("event-id-unique", ["a", 1, 0, 1])]],
    ["a row without a key", [input, () => kept("event-id-unique", [null, 0, 0, 1])]],
    ["a row without a value", [input, () => kept("event-id-unique", ["a", 0, 0])]],
    ["a value below zero", [input, () => kept("event-id-unique", ["a", 0, 0, -1])]],
    [
      "a value above all numbers",
      [input, () => '{"kept":{"rule":"event-id-unique","rows":[["a",0,0,1e999]]}}'],
    ],
    ["a list for a number", [input, () => kept("stage-transitions", ["a", 0, 0, [1]])]],
    ["three numbers for four", [input, () => kept("graph-ledger", ["a", 0, 0, [1, 2, 3]])]],
    ["a number for an object", [input, () => kept("ci-runs-covered", ["a", 0, 0, 1])]],
    [
      "an object with more in it",
      [input, () => kept("ci-runs-covered", ["a", 0, 0, { start: true, end: true, base: "", x: 1 }])],
    ],
    ["events of a kind that there is not", [input, () => kept("event-times", ["none", 0, 0, [1, -10]])]],
    ["a bin longer than all time", [input, () => kept("event-times", ["graph_update", 0, 0, [1, 41]])]],
    ["a pointer that is none", [input, () => kept("personal-data", ["names", 0, 0, "x"])]],
    ["none that were summed up", [input, () => kept("personal-data", ["names", 0, 0, "", null, null, 0])]],
    ["half of one that was", [input, () => kept("personal-data", ["names", 0, 0, "", null, null, 1.5])]],
    ["a line above 32 bits", [input, () => kept("event-id-unique", ["a", 0, 2 ** 32, 1])]],
    [
      "a fraction of a second that is longer than a leap second",
      [input, () => kept("stage-transitions", ["a", 0, 0, 1, 5, 2])],
    ],
    [
      "an attachment where there is none",
      [input, () => kept("stage-transitions", ["a", 0, 0, 1, 5, 0, 1, {}])],
    ],
    ["a stage that is none", [input, () => kept("stage-stability", ["p", 0, 0, "build"])]],
    ["a shortage of no rule", [input, () => ({ shortage: { rule: "x", limit: "y", input: 0 } })]],
    [
      "a finding of nothing",
      [
        input,
        () => ({
          group: {
            rule: "event-id-v4",
            clauses: ["PS-4.1-2"],
            level: "MUST",
            message: "",
            shape: "",
            count: 0,
            locations: [],
          },
        }),
      ],
    ],
  ])("%s: is refused with its place", async (what, more) => {
    const all = [...(what === "no header" ? [] : [header()]), ...more.map((make) => make())];
    await expect(judged(fileWith(await sealed(all)))).rejects.toThrow(/\.state:\d+: |cannot be judged/);
    await expect(judged(fileWith(await sealed(all)))).rejects.toThrow(StateError);
  });

  it("may hold any JSON: that never ends in anything else than a report or a refusal", async () => {
    const places = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(places.length - 1),
        fc.nat(),
        fc.oneof(fc.jsonValue(), fc.constantFrom(1e308, -1, 2 ** 53, "/", "__proto__", null)),
        async (index, path, value) => {
          const changed = places.map((place) => structuredClone(place));
          replaceSomewhere(changed[index] ?? {}, path, value);
          const result = await judged(fileWith(await sealed(changed))).catch((error: unknown) => error);
          if (result instanceof Error) expect(result).toBeInstanceOf(StateError);
          else for (const render of Object.values(FORMATS)) [...render(result as never, { color: false })];
        },
      ),
      { numRuns: runs(150), interruptAfterTimeLimit: 20_000 },
    );
  });

  it("has no line that is too long to be held", async () => {
    const long = `{"problem":{"path":"","message":"${"x".repeat((1 << 26) + 10)}"}}`;
    const path = fileWith(gzipSync(`${lines[0]}\n${long}\n`));
    await expect(judged(path)).rejects.toThrow("the next line is longer than 67108864 bytes");
  });
});

/** Puts a value in the place of one of those inside another value. */
function replaceSomewhere(holder: object, path: number, value: unknown): void {
  const members = Object.keys(holder);
  const name = members[path % Math.max(1, members.length)] ?? "x";
  const member: unknown = Reflect.get(holder, name);
  const deeper = Math.floor(path / Math.max(1, members.length));
  if (typeof member === "object" && member !== null && deeper % 3 !== 0)
    replaceSomewhere(member, deeper, value);
  else Reflect.set(holder, name, value);
}

describe("a state that does not fit", () => {
  it.each<[string, CheckOptions]>([
    ["--max-findings 20, and this run has 3", { maxFindings: 3 }],
    ["--max-record-bytes 16777216, and this run has 99", { maxRecordBytes: 99 }],
    ["--redact false, and this run has true", { redact: true }],
    ["other clauses, schemas or invariants", { extraInvariants: [join(ROOT, "invariants")] }],
  ])("is refused: %s", async (message, options) => {
    await expect(judged(fileWith(good), options)).rejects.toThrow(message);
  });

  it("is refused under other waivers, but not for one that has ended", async () => {
    const file = at("mplp-check.yaml");
    const waiver = (reason: string) =>
      `waivers:\n  - {rule: event-id-v4, reason: "${reason}", owner: us, expires: "2027-01-31"}\n`;
    const policy = async (text: string, today: string) => {
      writeFileSync(file, text);
      return loadPolicy(await loadConfig(file, folder), undefined, today);
    };
    const waived = fileWith(
      await stateOf([BROKEN], { policy: await policy(waiver("known since May"), "2026-12-01") }),
    );
    const same = await judged(waived, { policy: await policy(waiver("known since May"), "2027-01-31") });
    expect(same.summary.waived).toBe(1);
    for (const other of [{}, { policy: await policy(waiver("known since May"), "2027-02-01") }])
      await expect(judged(waived, other)).rejects.toThrow("other waivers, baseline or levels");
    await expect(
      judged(fileWith(good), { policy: await policy(waiver("new"), "2026-12-01") }),
    ).rejects.toThrow("other waivers");
    const ended = await policy(waiver("known since May"), "2027-02-01");
    const again = await judged(fileWith(good), { policy: ended });
    expect(again.errors[0]?.message).toContain("the waiver ended on 2027-01-31");
  });

  it("is refused where another version wrote it", async () => {
    const [first = "", ...rest] = lines;
    const older = await sealed([first.replace('"tool":"1.0.0"', '"tool":"0.9.0"'), ...rest]);
    await expect(judged(fileWith(older))).rejects.toThrow(
      "written with mplp-check 0.9.0, and this run has 1.0.0",
    );
    const later = fileWith('{"header":{"version":99,"more":{}}}\n');
    await expect(judged(later)).rejects.toThrow(
      `the state is of version 99, and only version ${STATE_VERSION} is read`,
    );
    const guide = readFileSync(join(ROOT, "docs/scale.md"), "utf8");
    expect(guide).toContain(`The format has a version, ${STATE_VERSION}, in the header`);
  });
});
