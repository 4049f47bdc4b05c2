import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  baselineText,
  type CheckOptions,
  check,
  FORMATS,
  loadConfig,
  loadPolicy,
  type Report,
} from "../src/index.js";
import { partitionOf } from "../src/state/partition-of.js";
import { mplpCheck, type Outcome } from "./support/cli.js";
import { ROOT, ruleFixtures } from "./support/fixtures.js";
import { some } from "./support/long.js";
import { defectLog, expectTheSame, PARTITIONS } from "./support/partitions.js";
import { judgings, partedLogs, writtenParts } from "./support/parts.js";
import { runs } from "./support/runs.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-partitions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const _json = (report: Report): string => [...FORMATS.json(report)].join("");
const at = (name: string): string => join(folder, name);

describe("the partitions of a log, judged apart", () => {
  const readings = fc.record({ maxFindings: fc.constantFrom(1, 3, 20), redact: fc.boolean() });

  it("give the report of one run", async () => {
    await fc.assert(
      fc.asyncProperty(
        partedLogs,
        fc.constantFrom(...PARTITIONS),
        readings,
        judgings,
        async (parts, partitions, reading, judging) => {
          await expectTheSame(writtenParts(parts, folder), { reading, judging }, folder, [partitions]);
        },
      ),
      { numRuns: runs(60), interruptAfterTimeLimit: 20_000 },
    );
  });

  const fixtures = ruleFixtures();
  const told = [...new Set(fixtures.map(({ options }) => JSON.stringify(options)))];
  it.each(told)("for all fixtures that are checked with %s", async (options) => {
    const all = fixtures.filter((fixture) => JSON.stringify(fixture.options) === options);
    const own = some("rule fixtures together", all);
    const parts = [0, 1].map((turn) => own.filter((_, index) => index % 2 === turn).map(({ path }) => path));
    await expectTheSame(
      parts,
      { reading: { maxFindings: 2 }, judging: JSON.parse(options) as CheckOptions },
      folder,
      some("numbers of partitions", [2, 7]),
    );
  });

  it("for an audit, with its mapping, snapshots and samples apart", async () => {
    const audit = (name: string): string => join(ROOT, "fixtures/audit/conforming", name);
    const parts = [
      [audit("snapshot-before.json"), audit("mapping.yaml")],
      [audit("events.ndjson"), audit("samples.ndjson")],
      [audit("snapshot-after.json"), join(ROOT, "fixtures/quickstart/broken.ndjson")],
    ];
    const { clauses } = await expectTheSame(
      parts,
      { judging: { claims: ["runtime"], complete: true } },
      folder,
    );
    expect(clauses.some(({ status }) => status === "attested")).toBe(true);
  });

  it("for modules that a mapping contradicts, some waived by path", async () => {
    const config = at("modules.yaml");
    const update = (module: string, index: number): string =>
      `${JSON.stringify({
        event_id: `1b671a64-40d5-491e-99b0-${String(index).padStart(12, "0")}`,
        event_type: "graph",
        event_family: "graph_update",
        timestamp: "2026-01-05T08:00:00Z",
        graph_id: "589c4617-e6ae-4037-8acd-43c61f70898f",
        update_kind: "node_add",
        node_delta: 1,
        edge_delta: 0,
        source_module: module,
      })}\n`;
    const modules = ["network", "context", "plan", "own", "other", "third"];
    const parts = ["a", "b", "c"].map((name, turn) => {
      const lines = Array.from({ length: 40 }, (_, index) =>
        update(modules[(index * (turn + 3)) % modules.length] ?? "", 40 * turn + index),
      );
      writeFileSync(at(`${name}.ndjson`), lines.join(""));
      return [at(`${name}.ndjson`)];
    });
    const mapping = at("mapping.yaml");
    copyFileSync(join(ROOT, "fixtures/audit/conforming/mapping.yaml"), mapping);
    writeFileSync(
      config,
      `waivers: [{rule: log-matches-mapping, path: c.ndjson, reason: known since May, owner: us, expires: "2999-12-31"}]
`,
    );
    const policy = await loadPolicy(await loadConfig(config, folder), undefined, "2026-12-01");
    const whole = await expectTheSame([...parts, [mapping]], { reading: { policy, maxFindings: 3 } }, folder);
    const counts = whole.findings
      .filter(({ rule }) => rule === "log-matches-mapping")
      .map((one) => one.count);
    expect(Math.max(...counts)).toBeGreaterThan(3);
  });

  it("under a baseline whose quota is exceeded by all parts together", async () => {
    const broken = readFileSync(join(ROOT, "fixtures/quickstart/broken.ndjson"));
    const [a, b] = [at("first.ndjson"), at("second.ndjson")];
    for (const path of [a, b]) writeFileSync(path, broken);
    const { findings } = await check([a]);
    writeFileSync(at("baseline.json"), baselineText(findings));
    const policy = await loadPolicy(undefined, at("baseline.json"), "2026-12-01");
    await expectTheSame([[a], [b]], { reading: { policy }, judging: { complete: true } }, folder);
  });

  it("are about equally many keys, in the same place on every machine", () => {
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let key = 0; key < 7000; key++) {
      const number = partitionOf("event-id-unique", `1b671a64-40d5-491e-99b0-${key}`, counts.length);
      counts[number] = (counts[number] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(900);
    expect([1, 2, 3].map((key) => partitionOf("event-id-unique", `key ${key}`, 1000))).toEqual([
      222, 581, 128,
    ]);
  });
});

describe("mplp-check merge --partition", () => {
  const run = (...args: readonly string[]): Promise<Outcome> => mplpCheck(args, { cwd: folder });
  const part = (number: number): readonly string[] => [`log-${number}.ndjson`, "--part", `${number}/3`];
  const quiet = ["--fail-on", "none", "-f", "json", "-o", "ignored.json"];

  const judge = (number: number, states: readonly string[], ...more: readonly string[]): Promise<Outcome> =>
    run("merge", "--partition", `${number}`, ...states, "--state-out", `judged-${number}.state`, ...more);
  const SHARDS = ["shard-3", "shard-1", "shard-2"];

  beforeAll(async () => {
    for (const number of [1, 2, 3]) {
      writeFileSync(at(`log-${number}.ndjson`), defectLog({ events: 800, defects: 9, seed: number }));
      await run(...part(number), "--partitions", "2", "--state-out", `shard-${number}`, ...quiet);
    }
    // What is refused later leaves these as they are.
    for (const number of [1, 2]) await judge(number, SHARDS, "--complete");
  });

  it("leads to the report of one run, in every order", async () => {
    const whole = await run("log-1.ndjson", "log-2.ndjson", "log-3.ndjson", "--complete", "-f", "json");
    expect(whole.status).toBe(1);
    for (const number of [1, 2]) {
      const { status, stdout, stderr } = await judge(number, SHARDS, "--complete");
      expect([status, stdout]).toEqual([0, ""]);
      expect(stderr).toContain(`partition ${number} is judged; merge all of them for the report`);
    }
    const merged = await run("merge", "judged-2.state", "judged-1.state", "--complete", "-f", "json");
    expect(merged.stdout).toBe(whole.stdout);
    expect(merged.status).toBe(1);
  });

  it.each<[string, (judged: readonly string[]) => Promise<Outcome>, string]>([
    [
      "a judged partition is missing",
      () => run("merge", "judged-1.state", "--complete"),
      "partition 2 of 2 is missing",
    ],
    [
      "the first judged partition is missing",
      () => run("merge", "judged-2.state", "--complete"),
      "judged-2.state:3: this is partition 2 of 2, and 1 is next",
    ],
    [
      "a judged partition comes twice",
      () => run("merge", "judged-1.state", "judged-1.state", "judged-2.state", "--complete"),
      "judged-1.state:3: partition 1 of 2 comes twice",
    ],
    [
      "the last judged partition comes twice",
      () => run("merge", "judged-1.state", "judged-2.state", "judged-2.state", "--complete"),
      "judged-2.state:3: partition 2 of 2 comes twice",
    ],
    [
      "partitions were judged otherwise",
      () => run("merge", "judged-1.state", "judged-2.state"),
      "judged-1.state:3: the partition was judged with other --complete than this run has",
    ],
    ["a part of the log is missing", () => judge(1, ["shard-1", "shard-3"]), "part 2 of 3 is missing"],
    [
      "there are fewer partitions",
      () => judge(3, SHARDS),
      "shard-1/base.state.gz: the state has 2 partitions, and 3 is wanted",
    ],
    [
      "a dealt state is merged as it is",
      () => run("merge", "shard-1/base.state.gz"),
      "shard-1/base.state.gz:3: the state was dealt into partitions: merge --partition judges them",
    ],
    [
      "the folder of a dealt state is merged as it is",
      () => run("merge", "shard-1"),
      "shard-1: is a folder: a state that was dealt into one is judged by merge --partition",
    ],
    [
      "a file is judged in place of a folder",
      () => judge(1, ["judged-1.state"]),
      "judged-1.state/base.state.gz: merge --partition takes folders, which --partitions writes",
    ],
    [
      "one partition is merged as it is",
      () => run("merge", "shard-1/1.state.gz"),
      "shard-1/1.state.gz:2: this is one partition of a state: merge --partition takes the folder that it is in",
    ],
    [
      "a state is wanted of judged partitions",
      () => run("merge", "judged-1.state", "judged-2.state", "--complete", "--state-out", "more.state"),
      "judged partitions give a report, not a state: leave out --state-out",
    ],
  ])("ends with 2 where %s", async (_, command, message) => {
    const { status, stdout, stderr } = await command([]);
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: `mplp-check: ${message}\n` });
  });

  it.each<[readonly string[], string]>([
    [["-f", "json"], "--partition writes no report: merge all judged partitions for one"],
    [
      ["--partitions", "2"],
      "--partition judges a partition, and --partitions deals a state: give one of them",
    ],
    [["--state-out", "-", "-f", "json"], "--partition writes no report: merge all judged partitions for one"],
  ])("does not understand %s", async (options, message) => {
    const { status, stdout, stderr } = await judge(1, SHARDS, ...options);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`mplp-check: ${message}\n`);
  });

  it("refuses a partition of another run", async () => {
    mkdirSync(at("mixed"));
    for (const name of ["base", "2"])
      copyFileSync(at(`shard-1/${name}.state.gz`), at(`mixed/${name}.state.gz`));
    copyFileSync(at("shard-2/1.state.gz"), at("mixed/1.state.gz"));
    const { status, stderr } = await judge(1, ["mixed", "shard-2", "shard-3"]);
    expect(status).toBe(2);
    expect(stderr).toContain("mixed/1.state.gz and mixed/base.state.gz were not written by the same run");
  });

  it("leaves the clauses of a rule open that one partition had no memory for", async () => {
    await judge(1, SHARDS, "--complete");
    await judge(2, SHARDS, "--complete", "--max-state", "1KB");
    const { status, stdout } = await run(
      "merge",
      "judged-1.state",
      "judged-2.state",
      "--complete",
      "-f",
      "json",
    );
    const report = JSON.parse(stdout) as Report;
    expect(status).toBe(2);
    expect(report.errors.map(({ message }) => message).join()).toContain(
      "rule event-id-unique ran out of memory",
    );
    expect(report.clauses.find(({ id }) => id === "PS-4.1-3")?.status).not.toBe("satisfied");
  });
});
