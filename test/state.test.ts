import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type CheckOptions,
  check,
  exitCodeOf,
  FORMATS,
  loadConfig,
  loadPolicy,
  type Report,
  StateError,
} from "../src/index.js";
import { STATE_VERSION } from "../src/state/run-state.js";
import { mplpCheck, mplpProcess } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { runs } from "./support/runs.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-state-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const fixture = (name: string): string => join(ROOT, "fixtures", name);
const CLEAN = fixture("quickstart/events.ndjson");
const BROKEN = fixture("quickstart/broken.ndjson");
const MAPPING = fixture("audit/conforming/mapping.yaml");

async function stateOf(paths: readonly string[], options: CheckOptions = {}): Promise<string> {
  let text = "";
  await check(paths, {
    ...options,
    onState: async (lines) => {
      text = [...lines].join("");
    },
  });
  return text;
}

let count = 0;
function fileWith(text: string | Uint8Array): string {
  const path = at(`${count++}.state`);
  writeFileSync(path, text);
  return path;
}

const judged = (file: string, options: CheckOptions = {}) => check([], { ...options, stateIn: [file] });

/** The lines of a state with its end made anew, so that nothing but the lines themselves is wrong. */
async function sealed(lines: readonly unknown[]): Promise<string> {
  const { createHash } = await import("node:crypto");
  const text = lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
  const sha256 = createHash("sha256").update(text).digest("hex");
  return `${text}${JSON.stringify({ end: { lines: lines.length, sha256 } })}\n`;
}

let good = "";
let lines: readonly string[] = [];
beforeAll(async () => {
  good = await stateOf([BROKEN, MAPPING]);
  lines = good.trimEnd().split("\n").slice(0, -1);
});

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

describe("a rule that gave up", () => {
  const GAVE_UP = {
    rule: "event-id-unique",
    message: "rule event-id-unique gave up: what it compares takes",
  };

  it("has given up in whatever the state is added to", async () => {
    const state = fileWith(await stateOf([CLEAN], { maxState: 100_000 }));
    const report = await check([BROKEN], { stateIn: [state] });
    expect(report.errors).toContainEqual({
      path: CLEAN,
      message: `${GAVE_UP.message} more than 100000 bytes (--max-state)`,
    });
    expect(exitCodeOf(report, "must")).toBe(2);
    expect(report.clauses.find(({ id }) => id === "PS-4.1-3")?.status).not.toBe("satisfied");
  });

  it("gives up where states together are too much", async () => {
    const state = fileWith(await stateOf([CLEAN]));
    const { errors } = await judged(state, { maxState: 100_000 });
    expect(errors.map(({ message }) => message).join()).toContain(GAVE_UP.message);
  });

  it("is not asked where nobody claims what it is for", async () => {
    const line = { shortage: { rule: "drift-events", limit: "1 bytes", input: 0 } };
    const state = fileWith(await sealed([...lines, line]));
    expect((await judged(state)).errors).toEqual([]);
    const [error] = (await judged(state, { claims: ["runtime"] })).errors;
    expect(error?.message).toContain("rule drift-events gave up");
  });
});

describe("an interrupted run", () => {
  it("writes no state", async () => {
    let isWritten = false;
    const report = await check([CLEAN], {
      signal: AbortSignal.abort(),
      onState: async () => {
        isWritten = true;
      },
    });
    expect([report.interrupted, isWritten]).toEqual([true, false]);
  });

  it("judges no part of a state", async () => {
    const options = { stateIn: [fileWith(good)], signal: AbortSignal.abort() };
    await expect(check([], options)).rejects.toThrow("interrupted, nothing was judged");
  });
});

describe("an input without a record", () => {
  it("is refused or allowed as by the run that named it", async () => {
    const empty = fileWith("");
    for (const allowEmpty of [false, true]) {
      const state = fileWith(await stateOf([CLEAN, empty], { allowEmpty }));
      const whole = await check([CLEAN, empty], { allowEmpty });
      expect(whole.inputs[1]?.empty).toBe(allowEmpty ? "allowed" : "refused");
      expect([...FORMATS.json(await judged(state))]).toEqual([...FORMATS.json(whole)]);
    }
  });
});

describe("an input that comes again", () => {
  it("counts once where it is a file, and is refused in two states", async () => {
    const state = fileWith(good);
    const once = FORMATS.json(await judged(state));
    expect([...FORMATS.json(await check([BROKEN, MAPPING], { stateIn: [state] }))]).toEqual([...once]);
    await expect(check([], { stateIn: [state, fileWith(good)] })).rejects.toThrow("is an input twice");
  });

  describe("under another spelling", () => {
    const own = mkdtempSync(join(tmpdir(), "mplp-check-spelled-"));
    afterAll(() => rmSync(own, { recursive: true, force: true }));
    const [sub, elsewhere] = [join(own, "spelled"), join(own, "elsewhere")];
    const log = join(sub, "ok.ndjson");
    const states = [join(own, "0.state"), join(own, "1.state")] as const;
    const spellings = [
      ["its name", "ok.ndjson"],
      ["its name in this folder", "./ok.ndjson"],
      ["an absolute path", log],
      ["a path around", "../spelled/ok.ndjson"],
      ["a link", "link.ndjson"],
      ["its folder", "."],
    ];

    beforeAll(async () => {
      for (const path of [sub, elsewhere]) mkdirSync(path);
      cpSync(CLEAN, log);
      symlinkSync("ok.ndjson", join(sub, "link.ndjson"));
      for (const [index, path] of ["ok.ndjson", log].entries())
        await mplpCheck([path, "--state-out", states[index] ?? ""], { cwd: sub });
    });

    const ranIn = async (cwd: string, args: readonly string[]) => {
      const { stdout, status } = await mplpCheck([...args, "-f", "json"], { cwd });
      const { errors, summary } = JSON.parse(stdout) as Report;
      return { events: summary.events, messages: errors.map(({ message }) => message), status };
    };

    it.each(spellings)("is read once: %s", async (_what, path = "") => {
      for (const state of states)
        expect(await ranIn(sub, [path, "--state-in", state])).toEqual({
          events: 14,
          messages: [],
          status: 0,
        });
    });

    it("is refused in two states", async () => {
      const args = ["merge", ...states];
      const { stderr, status } = await mplpCheck(args, { cwd: sub });
      expect(stderr).toContain(`${log} is an input twice`);
      expect(status).toBe(2);
    });

    it("is said to count twice from a folder where its name in the state leads nowhere", async () => {
      expect(await ranIn(elsewhere, ["../spelled/ok.ndjson", "--state-in", states[0]])).toEqual({
        events: 28,
        messages: ["a state holds this very input already, as ok.ndjson: it counts twice"],
        status: 2,
      });
      expect(await ranIn(elsewhere, [log, "--state-in", states[1]])).toMatchObject({
        events: 14,
      });
    });

    it("is said to count twice where it has grown since", async () => {
      const [first = "", ...others] = readFileSync(log, "utf8").split("\n");
      const [grown, state] = [join(own, "grown.ndjson"), join(own, "grown.state")];
      writeFileSync(grown, `${first}\n`);
      await ranIn(own, [grown, "--state-out", state]);
      writeFileSync(grown, [first, ...others].join("\n"));
      expect(await ranIn(own, [grown, "--state-in", state])).toEqual({
        events: 15,
        messages: [expect.stringContaining("a state holds the beginning of this input already")],
        status: 2,
      });
      writeFileSync(grown, others.join("\n"));
      expect(await ranIn(own, [grown, "--state-in", state])).toMatchObject({ events: 14, messages: [] });
    });

    it("is a copy, as in one run, where the other file is there too", async () => {
      const copy = join(own, "copy.ndjson");
      cpSync(log, copy);
      const whole = await ranIn(sub, [log, copy]);
      expect(whole).toMatchObject({ events: 28, messages: [] });
      expect(await ranIn(sub, [copy, "--state-in", states[0]])).toEqual(whole);
    });

    it("is said of a mapping as well, and of no file without a record", async () => {
      const before = { mapping: join(sub, "old.yaml"), empty: join(sub, "old.json") };
      const after = { mapping: join(elsewhere, "new.yaml"), empty: join(elsewhere, "new.json") };
      cpSync(MAPPING, before.mapping);
      writeFileSync(before.empty, "[]\n");
      const state = fileWith(await stateOf(Object.values(before)));
      renameSync(before.mapping, after.mapping);
      renameSync(before.empty, after.empty);
      const { errors } = await check(Object.values(after), { stateIn: [state] });
      expect(errors.map(({ path }) => path)).toEqual([after.mapping]);
    });
  });

  it("is read again where it has changed", async () => {
    const log = at("app.ndjson");
    const [first = "", second = ""] = readFileSync(CLEAN, "utf8").split("\n");
    writeFileSync(log, `${first}\n`);
    const state = fileWith(await stateOf([log]));
    writeFileSync(log, `${second}\n`);
    const report = await check([log], { stateIn: [state] });
    expect(report.inputs.map(({ path, records }) => [path, records])).toEqual([
      [log, 1],
      [log, 1],
    ]);
  });
});

describe("the evidence of findings that only the whole log shows", () => {
  const id = '"event_id":"1b671a64-40d5-491e-99b0-da01ff1f3341"';
  const line = (type: string) =>
    `{${id},"event_type":"${type}","event_family":"intent","timestamp":"2026-01-05T08:00:00Z"}\n`;

  async function repeatedIn(change: (log: string) => void) {
    const log = at("evidence.ndjson");
    writeFileSync(log, line("a") + line("b"));
    const state = fileWith(await stateOf([log]));
    change(log);
    const { findings } = await judged(state);
    return findings.find(({ rule }) => rule === "event-id-unique")?.locations[0];
  }

  it("comes from the input itself, and only while that is what it was", async () => {
    const whole = await repeatedIn(() => undefined);
    expect(whole?.excerpt?.text).toContain("1b671a64");
    const gone = await repeatedIn((log) => rmSync(log));
    const { column: _column, excerpt: _excerpt, family: _family, time: _time, ...rest } = whole ?? {};
    expect(gone).toEqual(rest);
    const sameLength = (text: string) => text.replaceAll("intent", "secret");
    expect(await repeatedIn((log) => writeFileSync(log, sameLength(line("a") + line("b"))))).toEqual(rest);
    const folderInstead = (log: string): void => {
      rmSync(log);
      mkdirSync(log);
    };
    expect(await repeatedIn(folderInstead)).toEqual(rest);
    rmSync(at("evidence.ndjson"), { recursive: true });
  });

  it("of a mapping is in the state", async () => {
    const mapping = at("mapping.yaml");
    const log = fixture("audit/conforming/events.ndjson");
    writeFileSync(mapping, readFileSync(MAPPING, "utf8").replace(/READ-WRITE|WRITE/g, "READ"));
    const options = { claims: ["runtime"], complete: true } as const;
    const whole = [...FORMATS.json(await check([mapping, log], options))];
    const state = fileWith(await stateOf([mapping]));
    rmSync(mapping);
    expect([...FORMATS.json(await check([log], { ...options, stateIn: [state] }))]).toEqual(whole);
    expect(whole.join("")).toContain("a module that the mapping gives READ");
  });
});

describe("the command line", () => {
  const options = ["-f", "json"];

  it("merges, goes on day by day, and takes parts from standard input", async () => {
    const parts = [CLEAN, BROKEN, fixture("audit/conforming/events.ndjson")];
    const whole = await mplpCheck([...parts, ...options]);
    const states = [at("a.state"), at("b.state.gz"), at("c.state")];
    for (const [index, part] of parts.entries())
      await mplpCheck([part, "--observations-out", states[index] ?? "", ...options]);
    expect(gunzipSync(readFileSync(at("b.state.gz"))).toString()).toContain('{"header":');
    const merged = await mplpCheck(["merge", ...states, "--expect", "3", ...options]);
    expect([merged.stdout, merged.status]).toEqual([whole.stdout, whole.status]);
    const day = at("day.state");
    await mplpCheck([parts[0] ?? "", "--state-out", day]);
    await mplpCheck([parts[1] ?? "", "--state-in", day, "--state-out", day]);
    const last = await mplpCheck([parts[2] ?? "", "--state-in", day, ...options]);
    expect(last.stdout).toBe(whole.stdout);
    const piped = await mplpProcess(
      ["-", "--stdin-name", "part 2", ...options, "--state-in", at("a.state")],
      {
        input: readFileSync(BROKEN),
      },
    );
    const paths = (JSON.parse(piped.stdout) as { inputs: { path: string }[] }).inputs.map(({ path }) => path);
    expect(paths).toEqual([CLEAN, "part 2"]);
    expect(piped.stdout).toContain('"path": "part 2",');
    const twice = await mplpProcess(["-", "--stdin-name", CLEAN, "--state-in", at("a.state")], {
      input: readFileSync(CLEAN),
    });
    expect(twice.stdout.replace(/\s+/g, " ")).toContain(
      "a state holds this very input already: it counts twice",
    );
    expect(twice.status).toBe(2);
  });

  it.each<[string[], string]>([
    [["merge"], "missing required argument"],
    [["merge", "nowhere.state"], "nowhere.state: no such file or folder"],
    [["merge", BROKEN], "broken.ndjson:1: this is no state of mplp-check"],
    [["merge", "x", "--findings", "y"], "unknown option '--findings'"],
    [["--state-in", "x", "--findings", "y"], "--findings does not go with --state-in"],
    [
      [CLEAN, "--state-out", "-", "-f", "json"],
      "--state-out - and a report cannot both go to standard output",
    ],
    [[CLEAN, "--state-out", "-", "--partitions", "2"], "--partitions needs a folder"],
    [[CLEAN, "--partitions", "2"], "--partitions needs a --state-out"],
    [[CLEAN, "--partitions", "2000", "--state-out", "x"], "There are no more than 1024 partitions"],
    [[CLEAN, "--state-out", ""], "an output file has no name"],
    [[CLEAN, "--state-out", CLEAN], "is an input of this run"],
    [[CLEAN, "--state-out", "x", "--observations-out", "y"], "give one of them"],
    [["-", "--stdin-name", ""], "--stdin-name is empty"],
    [["merge", "one", "-o", "one"], "one is an input of this run"],
  ])("refuses %j: %s", async (args, message) => {
    const { stdout, stderr, status } = await mplpCheck(args, { cwd: ROOT });
    expect(stderr).toContain(message);
    expect([stdout, status]).toEqual(["", 2]);
  });

  it("escapes on standard output what a terminal or a CI service would act on", async () => {
    const sign = "\u202e##vso[task.complete] ##[error] \u2028";
    const text = readFileSync(CLEAN, "utf8").replaceAll("Plan the change", sign);
    writeFileSync(at("hostile.ndjson"), text);
    const file = at("hostile.state");
    const plain = [at("hostile.ndjson"), "--fail-on", "none"];
    await mplpCheck([...plain, "--state-out", file]);
    expect(readFileSync(file, "utf8")).toContain("##vso[");
    const { stdout } = await mplpCheck([...plain, "--state-out", "-"]);
    expect(stdout).not.toMatch(/[\u202e\u2028]|##/);
    writeFileSync(at("printed.state"), stdout);
    const [merged, printed] = [
      await mplpCheck(["merge", file, ...options]),
      await mplpCheck(["merge", at("printed.state"), ...options]),
    ];
    expect(printed).toEqual(merged);
    expect(printed.status).not.toBe(2);
  });

  it("writes a state whole or not at all", async () => {
    const before = readdirSync(folder).sort();
    const state = join(CLEAN, "at-all.state");
    const { status, stderr } = await mplpCheck([CLEAN, "--state-out", state]);
    expect([status, stderr]).toEqual([2, expect.stringContaining("is no folder")]);
    expect(readdirSync(folder).sort()).toEqual(before);
  });
});
