import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type CheckOptions, check, exitCodeOf, type Occurrence, type Report } from "../src/index.js";
import { RULES } from "../src/rules/index.js";
import { ROOT } from "./support/fixtures.js";
import { blockSizes, bytesOf, logs, uuidOf } from "./support/logs.js";
import { some } from "./support/long.js";
import { runs } from "./support/runs.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-state-"));
const path = join(folder, "log.ndjson");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function reportOf(log: string, options: CheckOptions): Promise<Report> {
  writeFileSync(path, log);
  return check([path], options);
}

interface Run {
  readonly report: Report;
  readonly occurrences: readonly string[];
}

async function run(log: Uint8Array, options: CheckOptions): Promise<Run> {
  writeFileSync(path, log);
  const occurrences: string[] = [];
  const onOccurrences = async (all: AsyncIterable<Occurrence>): Promise<void> => {
    for await (const occurrence of all) occurrences.push(JSON.stringify(occurrence));
  };
  return { report: await check([path], { ...options, onOccurrences }), occurrences };
}

describe("a log whose state is above --max-state", () => {
  it("is not called clean: a rule that gave up has not checked it", async () => {
    const one = { event_id: uuidOf("a", 1), event_family: "intent" };
    const log = [one, { ...one, event_type: "other" }].map((event) => `${JSON.stringify(event)}\n`).join("");
    const report = await reportOf(log, { maxState: 1 });
    expect(report.errors.map(({ message }) => message).join()).toContain("event-id-unique gave up");
    expect(exitCodeOf(report, "none")).toBe(2);
  });

  it.each([-1, 0, Number.NaN])("ends whatever limit a library asks for: %d", async (maxState) => {
    const report = await reportOf('{"event_id":"a","event_family":"intent"}\n', { maxState });
    expect(report.errors.length).toBeGreaterThan(0);
  });

  it("is none where nothing was kept", async () => {
    expect((await reportOf("", { maxState: 1 })).errors).toEqual([]);
  });

  /** What a list holds more often than another. */
  function beyond(list: readonly string[], other: readonly string[]): string[] {
    const left = new Map<string, number>();
    for (const text of other) left.set(text, (left.get(text) ?? 0) + 1);
    return list.filter((text) => {
      const count = left.get(text) ?? 0;
      left.set(text, count - 1);
      return count <= 0;
    });
  }

  /** The clauses of rules that have given up. */
  function clausesLostIn({ errors }: Report): ReadonlySet<string> {
    const isLost = ({ id }: (typeof RULES)[number]): boolean =>
      errors.some(({ message }) => message.startsWith(`rule ${id} gave up`));
    return new Set<string>(RULES.filter(isLost).flatMap(({ clauses }) => clauses));
  }

  function reasonFor(rules: readonly string[]): RegExp {
    return new RegExp(`^rule (${rules.join("|")}) gave up: .* \\(--max-state\\)$`);
  }

  it("is named as the reason where the inputs hold no event", async () => {
    const snapshot = {
      snapshot_id: "s",
      captured_at: "2026-01-05T08:00:00Z",
      graph_id: uuidOf("a", 1),
      node_count: 0,
      edge_count: 0,
    };
    const report = await reportOf(JSON.stringify(snapshot), { maxState: 1 });
    const clause = report.clauses.find(({ id }) => id === "IS-7.1-3");
    expect(clause?.reason).toMatch(reasonFor(["personal-data"]));
  });

  it("ends with a report whatever the limit, and says no more than without one", async () => {
    const settings = fc.record({
      complete: fc.boolean(),
      claims: fc.constantFrom([], ["runtime"] as const),
      maxFindings: fc.constant(1000),
    });
    const limits = fc.oneof(fc.nat(100_000), fc.nat(20_000_000));
    await fc.assert(
      fc.asyncProperty(logs, blockSizes, settings, limits, async (lines, blockBytes, options, maxState) => {
        const full = await run(bytesOf(lines), options);
        const short = await run(bytesOf(lines), { ...options, maxState, blockBytes });
        expect(beyond(short.occurrences, full.occurrences)).toEqual([]);
        const lost = clausesLostIn(short.report);
        for (const [index, { id, status, reason }] of short.report.clauses.entries()) {
          const before = full.report.clauses[index]!;
          if (reason?.includes("--max-state") === true) expect(status).toBe("inconclusive");
          // Of several reasons why a clause is open one is given.
          else if (lost.has(id)) expect([before.status, "inconclusive"]).toContain(status);
          else expect(status).toBe(before.status);
        }
        if (short.report.graphs.length > 0) expect(short.report.graphs).toEqual(full.report.graphs);
      }),
      { numRuns: runs(50), interruptAfterTimeLimit: 40_000 },
    );
  });
});

/** Prints how the bytes that a store counts compare with those that the process takes for it. */
const MEASURE = `
  import { collectorFor } from "${ROOT}dist/engine/keep/open-collector.js";
  import { storeFor } from "${ROOT}dist/engine/keep/open-store.js";
  import { digestsOf } from "${ROOT}dist/input/scan/digests.js";
  import { RULES } from "${ROOT}dist/rules/index.js";
  import { recognise } from "${ROOT}dist/recognise/recognise.js";
  const used = () => {
    for (let round = 0; round < 4; round++) globalThis.gc();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const hex = (number) => (Math.imul(number + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0");
  const uuid = (number) => hex(number) + "-0000-4000-8000-0000" + hex(number + 7);
  const stage = (pipeline, stage) => ({
    event_family: "pipeline_stage", pipeline_id: uuid(pipeline), stage_id: "stage-" + stage,
    stage_status: "running", stage_name: "Stage " + stage, stage_order: stage,
  });
  const graph = (project, graph) => ({
    event_family: "graph_update", project_id: uuid(project), graph_id: uuid(graph), node_delta: 1, edge_delta: 1,
  });
  const run = (number) => ({ ci_provider: "jenkins", pipeline_id: "main", run_id: String(number), status: "running" });
  const intent = (id) => ({ event_family: "intent", event_id: id });
  const COUNT = 30_000;
  const cases = [
    ["event-id-unique", "ids", (n) => intent(uuid(n))],
    ["event-id-unique", "ids that come twice", (n) => intent(uuid(n >> 1))],
    ["event-id-unique", "ids that are no UUIDs", (n) => intent("evt-" + n)],
    ["stage-transitions", "stages", (n) => stage(n, 1)],
    ["stage-transitions", "events of few stages", (n) => stage(n % 10, 1)],
    ["graph-ledger", "updates of one graph", (n) => graph(1, 1)],
    ["repeated-invocation", "bare events", (n) => run(n)],
    ["stage-stability", "pipelines", (n) => stage(n, 1)],
    ["stage-stability", "stages of one pipeline", (n) => stage(1, n)],
    ["single-graph-per-project", "graphs of one project", (n) => graph(1, n)],
    ["ci-runs-covered", "runs", (n) => run(n)],
    ["ci-runs-covered", "runs of two events", (n) => run(n >> 1)],
  ];
  const stores = [];
  const ratios = cases.filter((_, index) => WANTED.includes(index)).map(([id, what, eventOf]) => {
    const rule = RULES.find((one) => one.id === id);
    const store = storeFor(rule.source);
    stores.push(store);
    const before = used();
    for (let line = 0; line < COUNT; line++) {
      const text = JSON.stringify({ event_type: "any", timestamp: "2026-01-05T08:00:00.25Z", ...eventOf(line) });
      const value = JSON.parse(text);
      const subject = recognise(value);
      const record = { text, line, column: 1, value, signs: -1, digests: digestsOf(value) };
      const collector = collectorFor(id, rule.source);
      collector.add(rule.source.observe({ record, subject, event: value, integration: subject.integration }), line);
      store.take(collector.batch(), 0, 0);
    }
    return [id, what, store.bytes / (used() - before)];
  });
  console.log(JSON.stringify(ratios));
`;

describe("the bytes that a store counts", () => {
  const wanted = some(
    "bytes that stores take",
    Array.from({ length: 12 }, (_, index) => index),
  );
  const args = ["--expose-gc", "--input-type=module", "--eval", `const WANTED = [${wanted}]; ${MEASURE}`];
  const ratios = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as [
    rule: string,
    what: string,
    ratio: number,
  ][];

  it.each(ratios)("are about those that it takes: %s, %s", (_rule, _what, ratio) => {
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});
