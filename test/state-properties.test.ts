import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { boundedKey } from "../src/engine/memory/bounded-key.js";
import {
  baselineText,
  type CheckOptions,
  check,
  FORMATS,
  loadConfig,
  loadPolicy,
  type Report,
} from "../src/index.js";
import { type Fixture, ROOT, ruleFixtures } from "./support/fixtures.js";
import { some } from "./support/long.js";
import { judgings, partedLogs, slices, writtenParts } from "./support/parts.js";
import { runs } from "./support/runs.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-states-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fixtures = ruleFixtures();

const json = (report: Report): string => [...FORMATS.json(report)].join("");

/** What only those who judge need to be told. */
type Judging = Pick<CheckOptions, "claims" | "complete">;

/** Files of states, each with a name of its own; compressed or not. */
let written = 0;
async function stateOf(
  paths: readonly string[],
  options: CheckOptions,
  isCompressed = false,
): Promise<string> {
  const file = join(folder, `${written++}.state`);
  await check(paths, {
    ...options,
    onState: async (lines) => {
      const bytes = Buffer.from([...lines].join(""));
      writeFileSync(file, isCompressed ? gzipSync(bytes) : bytes);
    },
  });
  return file;
}

/** States with the number of runs that have written them; more of them were merged before, or read by the run itself. */
function accounted(stateIn: readonly string[], more = 0): CheckOptions {
  return stateIn.length < 2 ? { stateIn } : { stateIn, expect: stateIn.length + more };
}

/** Expects the report of one run from runs that read one part of a log each, however their states come together. */
async function expectTheSame(
  parts: readonly (readonly string[])[],
  mapping: CheckOptions,
  judging: Judging,
  isCompressed = false,
): Promise<void> {
  const whole = json(await check(parts.flat(), { ...mapping, ...judging }));
  const stateIn: string[] = [];
  for (const part of parts) stateIn.push(await stateOf(part, mapping, isCompressed));
  expect(json(await check([], { ...mapping, ...judging, ...accounted(stateIn) }))).toBe(whole);

  // Day by day: each has the state of all days before it.
  let chain: string[] = [];
  for (const part of parts) chain = [await stateOf(part, { ...mapping, stateIn: chain }, isCompressed)];
  expect(json(await check([], { ...mapping, ...judging, stateIn: chain }))).toBe(whole);

  const last = parts.at(-1) ?? [];
  const own = last.length > 0 ? 1 : 0;
  const before = accounted(stateIn.slice(0, -1), own);
  expect(json(await check(last, { ...mapping, ...judging, ...before }))).toBe(whole);

  // A tree: the state of two states.
  const [first = "", ...others] = stateIn;
  const tree = await stateOf([], { ...mapping, ...accounted(others) });
  const runs = Math.max(1, others.length) - 1;
  expect(json(await check([], { ...mapping, ...judging, ...accounted([first, tree], runs) }))).toBe(whole);
}

/** So many rules share a log: most of what a run costs does not depend on what it is of. */
const RULES_A_LOG = 6;

/** All fixtures: those of some rules together, as far as their runs are told the same. */
function severalRules(): readonly (readonly [string, readonly Fixture[], Judging])[] {
  const byOptions = new Map<string, Set<string>>();
  for (const { rule, options } of fixtures) {
    const told = JSON.stringify(options);
    byOptions.set(told, (byOptions.get(told) ?? new Set()).add(rule));
  }
  return [...byOptions].flatMap(([told, rules]) => {
    return slices([...rules], RULES_A_LOG).map((set) => {
      const own = fixtures.filter(
        ({ rule, options }) => set.includes(rule) && JSON.stringify(options) === told,
      );
      return [`${set.join(", ")} ${told}`, own, JSON.parse(told) as Judging] as const;
    });
  });
}

describe("the parts of a log, mapped apart and judged together", () => {
  const mappings = fc.record({
    maxFindings: fc.constantFrom(1, 3, 20),
    maxRecordBytes: fc.constantFrom(1e6, 1e6, 1e6, 250),
    redact: fc.boolean(),
  });

  it("give the report of one run over all of them", async () => {
    await fc.assert(
      fc.asyncProperty(
        partedLogs,
        mappings,
        judgings,
        fc.boolean(),
        async (parts, mapping, judging, isCompressed) => {
          await expectTheSame(writtenParts(parts, folder), mapping, judging, isCompressed);
        },
      ),
      { numRuns: runs(25), interruptAfterTimeLimit: 20_000 },
    );
  });

  it.each(some("rule fixtures in parts of a log", severalRules()))(
    "for the fixtures of %s",
    async (_rules, own, options) => {
      // What belongs together stands in several parts, and each part has several inputs.
      const parts = [0, 1].map((turn) => own.filter((_, at) => at % 2 === turn).map(({ path }) => path));
      await expectTheSame(parts, { maxFindings: 2 }, options);
    },
  );

  it("for an audit, with its mapping, snapshots and samples apart", async () => {
    const audit = (name: string): string => join(ROOT, "fixtures/audit/conforming", name);
    const parts = [
      [audit("snapshot-before.json"), audit("mapping.yaml")],
      [audit("events.ndjson"), audit("samples.ndjson")],
      [audit("snapshot-after.json"), join(ROOT, "fixtures/quickstart/broken.ndjson")],
    ];
    await expectTheSame(parts, {}, { claims: ["runtime"], complete: true });
  });

  it("under waivers, a baseline and levels of one's own, by path", async () => {
    const config = join(folder, "mplp-check.yaml");
    const baseline = join(folder, "baseline.json");
    const broken = [
      join(ROOT, "fixtures/quickstart/broken.ndjson"),
      ...fixtures
        .filter(({ rule, validity }) => rule === "safe-path" && validity === "invalid")
        .map(({ path }) => path),
    ];
    writeFileSync(
      config,
      `rules: {safe-path: note}
overrides: [{paths: b.ndjson, rules: {safe-path: off, integration-wrapped: note}}]
waivers: [{rule: event-id-v4, reason: known since May, owner: us, expires: "2999-12-31"}]
`,
    );
    const [a = "", b = ""] = ["a", "b"].map((name) => {
      const path = join(folder, `${name}.ndjson`);
      writeFileSync(path, Buffer.concat(broken.map((file) => readFileSync(file))));
      return path;
    });
    // Of what one part alone has, there is more in both: each part keeps within its quota, and the whole does not.
    for (const known of [[a, b], [a]]) {
      const { findings } = await check(known);
      const own = findings.filter(({ rule }) => rule === "stage-status-known");
      writeFileSync(baseline, baselineText(own));
      const policy = await loadPolicy(await loadConfig(config, folder), baseline, "2026-12-01");
      const report = await check([a, b], { policy });
      const decided = report.findings.map(({ waiver, ownLevel }) => waiver?.source ?? ownLevel);
      expect([...new Set(decided)].filter((each) => each !== undefined).sort()).toEqual([
        "SHOULD",
        ...(known.length > 1 ? ["baseline"] : []),
        "configuration",
        "waiver",
      ]);
      await expectTheSame([[a], [b]], { policy }, { complete: true });
    }
  });

  it("where findings, keys and groups are larger than a line of a state", async () => {
    const long = (index: number): string => `${"x".repeat(1000)}${index % 9}`;
    // Long ids, what they are shortened to where they are kept, and others.
    const idOf = (index: number): string => {
      if (index % 6 === 0) return long(index);
      return index % 6 === 3 ? boundedKey(long(index)) : `${index}`.padStart(40, "0");
    };
    const update = (index: number): string =>
      JSON.stringify({
        event_id: idOf(index),
        event_type: "t",
        event_family: "graph_update",
        timestamp: `2026-01-05T08:00:${String(index % 60).padStart(2, "0")}Z`,
        graph_id: "one graph",
        update_kind: "node_add",
        node_delta: 1 - (index % 3),
        edge_delta: 0,
      });
    const paths = [0, 1].map((part) => {
      const path = join(folder, `large-${part}.ndjson`);
      writeFileSync(path, Array.from({ length: 700 }, (_, at) => `${update(part * 700 + at)}\n`).join(""));
      return [path];
    });
    await expectTheSame(paths, { maxFindings: 5000 }, {});
    const lines = readFileSync(await stateOf(paths.flat(), { maxFindings: 5000 }), "utf8").split("\n");
    for (const part of [
      '"rule":"event-id-v4"',
      '{"kept":{"rule":"graph-ledger"',
      '{"kept":{"rule":"event-id-unique"',
    ])
      expect(lines.filter((line) => line.includes(part)).length).toBeGreaterThan(1);
  });

  it("and each part leaves the same state, however many threads have mapped it", async () => {
    const lines = fixtures
      .filter(({ path }) => path.endsWith(".ndjson"))
      .flatMap(({ path }) => readFileSync(path, "utf8").split("\n"))
      .filter((line) => line.length < 5000);
    const log = join(folder, "many.ndjson");
    writeFileSync(log, `${lines.join("\n")}\n`);
    const states = [{ jobs: 1 }, { jobs: 2, inlineBytes: 0, blockBytes: 20_000 }].map((options) =>
      stateOf([log], options),
    );
    const [one, several] = (await Promise.all(states)).map((path) => readFileSync(path, "utf8"));
    expect(several === one).toBe(true);
    for (const claimed of ["drift-events", "samples-collected"])
      expect(one).toContain(`{"kept":{"rule":"${claimed}"`);
  });

  it("with what could not be read, and with evidence folders", async () => {
    const pack = join(folder, "pack");
    mkdirSync(join(pack, "timeline"), { recursive: true });
    mkdirSync(join(pack, "integrity"));
    writeFileSync(join(pack, "manifest.json"), "{}");
    writeFileSync(join(pack, "integrity/sha256sums.txt"), `${"0".repeat(64)}  manifest.json\nnonsense\n`);
    writeFileSync(join(pack, "timeline/a.ndjson"), '{"event_family":"intent"}\n');
    const broken = join(folder, "broken.ndjson.gz");
    writeFileSync(broken, gzipSync("{}\n".repeat(1000)).subarray(0, 30));
    const parts = [
      ["nowhere.ndjson", pack],
      [broken, "no/such/*.ndjson"],
      [join(ROOT, "fixtures/quickstart")],
    ];
    await expectTheSame(parts, { maxRecordBytes: 300 }, {});
  });
});
